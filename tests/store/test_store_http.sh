# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2059 # options of curl in words; a request is a format
# Requests as no client of ours sends them: each has its answer, the store lives on, and nobody gets what is not theirs.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

rawtalk=$top/out/check/tests/fakes/rawtalk

# asks STATUS TITLE REQUEST: what the store answers; \r\n are written so.
asks() {
	printf "$3" | "$rawtalk" "$here/s" >"$here/answer"
	grep -q "^HTTP/1.1 $1 " "$here/answer" || { echo "not $1: $3"; cat "$here/answer"; return 1; }
	[ -z "$2" ] || says "$here/answer" "\"title\":\"$2\""
}

alive() {
	told 200 '' /livez
}

no_path_leads_out_of_the_folder() {
	serve --socket "$here/s"
	for path in /log/../store.key /log/%%2e%%2e/store.key /log/tile/../../store.key /log/tile/%%2e%%2e/%%2e%%2e/store.key /log//../name /log/journal /log/lock /log/tile \
		/blobs/sha256/../../admin-token /blobs/sha256/%%2e%%2e%%2f%%2e%%2e%%2fname //etc/passwd /../etc/passwd /log/tile/..%%5c..%%5cname '/log/tile/x%%00/../../name'; do
		asks 404 '' "GET $path HTTP/1.1\r\nHost: s\r\n\r\n"
		lacks "$here/answer" PRIVATE
		lacks "$here/answer" ms_
	done
	asks 200 '' 'GET /log/checkpoint HTTP/1.1\r\nHost: s\r\n\r\n'
	alive
}

a_body_is_read_in_one_way() {
	serve --socket "$here/s"
	asks 400 two-sizes 'POST /v1/claims HTTP/1.1\r\nHost: s\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello'
	asks 400 '' 'POST /v1/claims HTTP/1.1\r\nHost: s\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: s\r\n\r\n'
	lacks "$here/answer" alive
	for size in -1 +5 0x5 5,5 '5 5' 99999999999999999999 ''; do
		printf "POST /v1/claims HTTP/1.1\r\nHost: s\r\nContent-Length: $size\r\n\r\nhelloGET /livez HTTP/1.1\r\nHost: s\r\n\r\n" | "$rawtalk" "$here/s" >"$here/answer"
		lacks "$here/answer" alive
	done
	asks 400 '' 'GET /livez HTTP/1.1\r\n\r\n'
	alive
}

what_cannot_be_done_is_refused_with_what_can() {
	serve
	told 405 no-such-method /livez -X DELETE
	says "$here/head" 'Allow: GET, HEAD'
	told 405 no-such-method /v1/tokens -X PUT
	says "$here/head" 'Allow: GET, HEAD, POST'
	told 405 no-such-method /v1/publish
	says "$here/head" 'Allow: POST'
	told 404 no-such-path /nothing -X OPTIONS
	lacks "$here/head" Allow
}

what_is_too_large_is_refused_before_it_is_kept() {
	serve --socket "$here/s"
	asks 413 too-large 'POST /v1/claims HTTP/1.1\r\nHost: s\r\nContent-Length: 50000\r\n\r\n'
	asks 413 too-large 'POST /v1/publish?dry-run=1 HTTP/1.1\r\nHost: s\r\nContent-Length: 16777217\r\n\r\n'
	asks 413 too-large 'POST /livez/../v1/claims HTTP/1.1\r\nHost: s\r\nContent-Length: 999999999\r\n\r\n' || asks 404 '' 'POST /livez/../v1/claims HTTP/1.1\r\nHost: s\r\nContent-Length: 999999999\r\n\r\n'
	{ printf 'GET /livez HTTP/1.1\r\nHost: s\r\n'; yes 'X-Long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' | head -c 100000; } | "$rawtalk" "$here/s" >"$here/answer" || true
	lacks "$here/answer" ' 200 '
	same "$(find "$here/shop/incoming" -type f | wc -l)" 0
	alive
}

noise_and_half_requests_end_nothing() {
	serve --socket "$here/s" --idle 1
	for _ in 1 2 3 4 5; do
		head -c 20000 /dev/urandom | "$rawtalk" "$here/s" >/dev/null || true
	done
	for size in 0 1 10 100; do
		{ printf 'POST /v1/publish?dry-run=1&publisher=a.example HTTP/1.1\r\nHost: s\r\nContent-Length: 1000\r\n\r\n'; head -c "$size" /dev/zero; } | "$rawtalk" "$here/s" >/dev/null || true
	done
	soon sh -c "! find '$here/shop/incoming' -type f | grep -q ."
	alive
}

typed_text_is_never_a_command() {
	serve
	for typed in "'" '"' "x'%20OR%201=1%20--" '%22%20OR%20%22' '*' 'NEAR(' ');DROP%20TABLE%20version;--' '%00' '%ff' '<script>'; do
		told 200 '' "/v1/search?q=$typed&publisher=$typed&license=$typed"
		lacks "$here/body" '<script>'
	done
	told 400 not-understood '/v1/search?target=%27'
	for page in limit=0 limit=101 limit=-1 limit=x cursor=-1 cursor=x 'cursor=1%20OR%201'; do
		told 400 not-understood "/v1/search?$page"
	done
	alive
}

a_token_that_is_none_opens_nothing() {
	serve
	for token in '' ms_ "ms_$(printf '%072d' 0)" "$(sed 's/.$/g/' "$here/shop/admin-token")" "msr_$(printf '%064d' 0)"; do
		told 401 not-authorised /v1/tokens -H "Authorization: Bearer $token"
	done
	told 401 not-authorised /v1/tokens
	told 401 not-authorised "/v1/tokens?token=$(cat "$here/shop/admin-token")"
	told 401 not-authorised /v1/publish --data-binary x
	told 200 '' /v1/tokens -H "Authorization: Bearer $(cat "$here/shop/admin-token")"
	# Nothing of it stands in what the store says, or in a file that others read.
	secret=$(cat "$here/shop/admin-token")
	lacks "$here/served" "$secret"
	end_shop
	same "$(grep -rlF "$secret" "$here/shop" | wc -l)" 1
}

run no_path_leads_out_of_the_folder a_body_is_read_in_one_way what_cannot_be_done_is_refused_with_what_can what_is_too_large_is_refused_before_it_is_kept noise_and_half_requests_end_nothing \
	typed_text_is_never_a_command a_token_that_is_none_opens_nothing
