# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2059,SC2119,SC2120 # a request is a format; options of serve may be left out
# Requests that are written to be read in two ways, or to cost more than they may: each is refused, with the line on which it came, and the store lives on.
# Bytes go by a Unix socket and the answer is read until the store closes: nothing waits for a time.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

rawtalk=$top/out/check/tests/fakes/rawtalk
next='GET /livez HTTP/1.1\r\nHost: s\r\n\r\n'

# talk REQUEST: what comes back, in $here/answer.
talk() {
	printf "$1" | "$rawtalk" "$here/s" >"$here/answer"
}

# answers STATUS: how many came with that status, or one that begins so.
answers() {
	grep -ao "HTTP/1\.1 $1" "$here/answer" | wc -l
}

# refused STATUS TITLE REQUEST: so, and what comes behind it on the line is not read as another request.
refused() {
	talk "$3$next"
	same "$(head -1 "$here/answer" | cut -d' ' -f2)" "$1" || { echo "$3"; return 1; }
	[ -z "$2" ] || says "$here/answer" "\"title\":\"$2\"" || { echo "$3"; return 1; }
	lacks "$here/answer" alive || { echo "$3"; return 1; }
}

# silent REQUEST: the line is closed, with an answer or without one, and what comes behind is not read.
silent() {
	talk "$1$next"
	lacks "$here/answer" alive || { echo "$1"; return 1; }
}

alive() {
	told 200 '' /livez
}

a_head_that_can_be_read_in_two_ways_is_not_read() {
	serve --socket "$here/s"
	ask='POST /v1/claims HTTP/1.1\r\nHost: s\r\n'
	for line in 'X-A: b\r\n c: d' 'Content-Length:\r\n 5' 'Content-Lengt: 5\r\n h' 'X: y\r\n\tTransfer-Encoding: chunked' 'Content-Length : 5' 'Content-Length\t: 5' 'Transfer-Encoding : chunked' ': x' 'X Y: z' 'X-A: a\001b' 'X-A: a\177b' 'X-A: a\rContent-Length: 5' \
		'X-A: a\000b' 'Content-Length: 5\000 0' 'X-A: b\nContent-Length: 5' 'Host: s' 'Host: t' 'host: evil.example'; do
		refused 400 garbled "$ask$line\r\n\r\nhello"
		refused 400 garbled "$ask$line\r\nX-Last: z\r\n\r\nhello"
	done
	for host in '' 's, t' 's t' 'a/b' 'a?b' 'user@s' "'" '"' '<s>' 's%%00' "$(printf '%0300d' 0)"; do
		refused 400 garbled "GET /livez HTTP/1.1\r\nHost: $host\r\n\r\n"
	done
	# What the library refuses by itself.
	for head in 'GET /livez HTTP/1.1\r\n\r\n' 'GET /livez HTTP/1.1\r\nHost: s\r\nNo colon\r\n\r\n' 'GET /livez HTTP/1.1\r\n Host: s\r\n\r\n' 'GET /livez HTTP/1.1\r\nHost: s\r\nX\000A: b\r\n\r\n' \
		'GET /livez\r\n\r\n' 'GET /livez HTTP/1.1 \r\nHost: s\r\n\r\n' 'GET /livez http/1.1\r\nHost: s\r\n\r\n' 'GET /livez HTTP/1.10\r\nHost: s\r\n\r\n'; do
		refused 400 '' "$head"
	done
	refused 400 garbled 'GET /livez HTTP/1.1\nHost: s\n\n'
	refused 400 garbled 'GET /livez HTTP/1.1\r\nHost: s\n\r\n'
	refused 400 garbled 'GET /livez HTTP/1.1\r\nHost: s\r\n\n'
	# Also where nothing is behind it: only then the end of the head is the end of what came.
	for head in 'GET /livez HTTP/1.1\nHost: s\n\n' 'GET /livez HTTP/1.1\nHost: s\r\n\r\n' 'GET /livez HTTP/1.1\r\nHost: s\n\r\n' 'GET /livez HTTP/1.1\r\nHost: s\r\n\n' 'GET /livez HTTP/1.0\n\n' 'GET /livez HTTP/1.0\n\r\n'; do
		talk "$head"
		says "$here/answer" '"title":"garbled"' || { echo "$head"; return 1; }
	done
	talk 'GET /livez HTTP/1.0\r\n\r\n'
	says "$here/answer" alive
	refused 505 '' 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
	# Written as it should be it is answered, and the line stays open; blanks around a value are none of it.
	for host in s s:8080 store.example.org 127.0.0.1:1 '[::1]:8080' my_store '  \t s'; do
		talk "GET /about.json HTTP/1.1\r\nHost:$host\r\nX-Empty:\r\nX-Long:    a  b\tc  \r\n\r\n$next"
		same "$(answers 200)" 2 || { cat "$here/answer"; return 1; }
	done
	alive
}

a_body_has_one_length_and_no_other_form() {
	serve --socket "$here/s"
	ask='POST /v1/claims HTTP/1.1\r\nHost: s\r\n'
	for coding in chunked CHUNKED identity gzip 'gzip, chunked' 'chunked, identity' 'chunked, chunked' xchunked '"chunked"' 'chunked;q=1' ',chunked' 'chunked ' '\tchunked' ''; do
		refused 411 no-size "${ask}Transfer-Encoding: $coding\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
	done
	for chunk in -5 +5 0x5 '5 ' '5;a=b' '5;' ' 5' 5,5 '' G ffffffffffffffffff 7fffffffffffffff; do
		refused 411 no-size "${ask}Transfer-Encoding: chunked\r\n\r\n$chunk\r\nhello\r\n0\r\n\r\n"
	done
	refused 411 no-size 'POST /v1/claims HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'
	refused 411 no-size 'GET /livez HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
	for sizes in 'Content-Length: 5\r\nContent-Length: 5' 'Content-Length: 0\r\nContent-Length: 5' 'Content-Length: 5\r\ncontent-length: 50' 'Content-Length: 5\r\nTransfer-Encoding: chunked' \
		'Transfer-Encoding: chunked\r\nContent-Length: 5' 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity'; do
		refused 400 two-sizes "$ask$sizes\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
	done
	for size in '5, 5' '5 5' 0x5 +5 -5 five; do
		refused 400 '' "${ask}Content-Length: $size\r\n\r\nhello"
	done
	# An extension of a megabyte, and bodies in single bytes: not one of them is waited for.
	{ printf "${ask}Transfer-Encoding: chunked\r\n\r\n5;"; head -c 1000000 /dev/zero | tr '\0' x; printf "\r\nhello\r\n0\r\n\r\n$next"; } | "$rawtalk" "$here/s" >"$here/answer"
	grep -q '^HTTP/1.1 411 ' "$here/answer"
	lacks "$here/answer" alive
	alive
}

# As who hopes that the server answers at once, leaves the body where it is, and takes it for what somebody else asks.
the_rest_of_a_refused_body_is_no_request() {
	serve --socket "$here/s"
	size=$(printf "$next" | wc -c)
	for ask in '404 no-such-path POST /nothing' '405 no-such-method POST /livez' '401 not-authorised POST /v1/publish' '401 not-authorised POST /v1/tokens' '413 too-large GET /livez' '400 not-understood POST /v1/claims' \
		'404 no-such-publisher POST /v1/publish?dry-run=1&publisher=nobody.example' '405 no-such-method TRACE /livez' '405 no-such-method PUT /v1/publish'; do
		# shellcheck disable=SC2086 # words
		set -- $ask
		talk "$3 $4 HTTP/1.1\r\nHost: s\r\nContent-Length: $size\r\n\r\n$next"
		same "$(head -1 "$here/answer" | cut -d' ' -f2)" "$1" || { echo "$ask"; return 1; }
		same "$(answers '[0-9]')" 1
		says "$here/answer" "\"title\":\"$2\""
		lacks "$here/answer" alive
	done
	# Who asks first whether a body is wanted sends none when it is not.
	talk "POST /v1/publish HTTP/1.1\r\nHost: s\r\nExpect: 100-continue\r\nContent-Length: $size\r\n\r\n$next"
	same "$(head -1 "$here/answer" | cut -d' ' -f2)" 401
	lacks "$here/answer" ' 100 '
	lacks "$here/answer" alive
	talk 'POST /v1/claims HTTP/1.1\r\nHost: s\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello'
	same "$(head -1 "$here/answer" | cut -d' ' -f2)" 100
	says "$here/answer" '"title":"not-understood"'
	alive
}

many_requests_on_one_line_are_answered_one_by_one() {
	serve --socket "$here/s"
	for i in $(seq 100); do
		printf "GET /v1/services/none.example/%s HTTP/1.1\r\nHost: s\r\n\r\n$next" "$i"
	done | "$rawtalk" "$here/s" >"$here/answer"
	same "$(answers 404)" 100
	same "$(grep -ac alive "$here/answer")" 100
	alive
}

no_address_is_two_things() {
	serve --socket "$here/s"
	for path in /livez%%00 /livez%%00x //livez /./livez /x/../livez /%%2e/livez '/livez;x' '/livez#x' livez http://s/livez http://evil.example/livez evil.example:80 '*' '/livez\\x' /livez%%zz /livez%% /livez%%0 /LIVEZ /livez/ '/livez%%20' \
		/log%%00/checkpoint '/log\\checkpoint' /index/%%2e%%2e/store.key /blobs/sha256/..%%2f..%%2fadmin-token /v2/a/../../store.key/manifests/x /v2/a/b/blobs/sha256:../../../admin-token /v2/a/b/manifests/..%%2f..%%2fname \
		/services/example.org/..%%2f..%%2fname /publishers/..; do
		talk "GET $path HTTP/1.1\r\nHost: s\r\n\r\n"
		case $(head -1 "$here/answer" | cut -d' ' -f2) in 400 | 404) ;; *) echo "$path"; cat "$here/answer"; return 1 ;; esac
		lacks "$here/answer" alive
		lacks "$here/answer" PRIVATE
		lacks "$here/answer" ms_
	done
	for publisher in .. ../.. /etc a/b 'a%%00b' ''; do
		talk "GET /v1/search?publisher=$publisher HTTP/1.1\r\nHost: s\r\n\r\n"
		says "$here/answer" '"services":[]'
	done
	alive
}

what_is_not_offered_is_refused_without_a_word_of_what_was_sent() {
	serve --socket "$here/s"
	for method in TRACE CONNECT OPTIONS PUT PATCH get FOO PROPFIND "$(printf '%01000d' 0)"; do
		refused 405 no-such-method "$method /livez HTTP/1.1\r\nHost: s\r\nX-Secret: 8a1f\r\nConnection: close\r\n\r\n"
		lacks "$here/answer" 8a1f
	done
	for header in X-HTTP-Method-Override X-HTTP-Method X-Method-Override; do
		refused 405 no-such-method "POST /livez HTTP/1.1\r\nHost: s\r\nContent-Length: 0\r\nConnection: close\r\n$header: GET\r\n\r\n"
		refused 405 no-such-method "GET /v1/tokens/x HTTP/1.1\r\nHost: s\r\nConnection: close\r\n$header: DELETE\r\n\r\n"
	done
	talk 'GET /livez HTTP/1.1\r\nHost: s\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c, websocket\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n'
	same "$(head -1 "$here/answer" | cut -d' ' -f2)" 200
	alive
}

# more TEXT COUNT: so often.
more() {
	yes "$1" | head -n "$2" | tr -d '\n'
}

what_is_made_to_be_costly_is_not() {
	serve --socket "$here/s"
	# A range of each byte is one answer, whole; so is a list of types without end.
	ranges=$(seq -s , 0 999 | sed 's/,/-,/g')
	told 200 '' /log/checkpoint -H "Range: bytes=$ranges-"
	cmp "$here/body" "$here/shop/log/checkpoint"
	for range in 5-4 -0 99999999-; do
		told 416 no-such-range /log/checkpoint -H "Range: bytes=$range"
	done
	told 200 '' /services -H "Accept: $(more 'text/x;q=0.1,' 2000)*/*"
	told 200 '' /services -H "If-None-Match: $(more '"0123456789abcdef",' 1500)\"\""
	told 200 '' "/v1/search?q=$(more 'ab%20' 2000)"
	# Heads without end: the line closes.
	silent "GET /livez HTTP/1.1\r\nHost: s\r\n$(more 'X: y\\r\\n' 20000)\r\n"
	silent "GET /$(more a 65536) HTTP/1.1\r\nHost: s\r\n\r\n"
	silent "GET /services?$(more 'a=b&' 20000) HTTP/1.1\r\nHost: s\r\n\r\n"
	silent "$(more M 65536) /livez HTTP/1.1\r\nHost: s\r\n\r\n"
	# JSON in JSON, and many names.
	more '[' 4096 >"$here/deep"
	told 401 '' /v1/tokens --data-binary "@$here/deep"
	more '{"a":' 40000 >"$here/deep"
	told 422 no-frame /v1/search --data-binary "@$here/deep"
	{ printf '{"services":['; more '{},' 80000; printf '{}]}'; } >"$here/wide"
	told 422 no-frame /v1/search --data-binary "@$here/wide"
	{ printf '{"a":['; more '[],' 85000; printf '[]]}'; } >"$here/wide"
	told 422 no-frame /v1/search --data-binary "@$here/wide"
	[ "$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$shop/status")" -lt 500000 ]
	alive
}

run a_head_that_can_be_read_in_two_ways_is_not_read a_body_has_one_length_and_no_other_form the_rest_of_a_refused_body_is_no_request many_requests_on_one_line_are_answered_one_by_one no_address_is_two_things \
	what_is_not_offered_is_refused_without_a_word_of_what_was_sent what_is_made_to_be_costly_is_not
