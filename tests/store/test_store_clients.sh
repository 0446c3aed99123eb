# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2059,SC2119,SC2120 # options of curl in words; a request is a format; options of serve may be left out
# Clients that are slow, that go away, that come in crowds: others are served meanwhile, and nothing of theirs is left behind.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

rawtalk=$top/out/check/tests/fakes/rawtalk
rawlines=$top/out/check/tests/fakes/rawlines
one_package

begun() {
	serve --socket "$here/s" "$@"
	same "$(claim example.org "$ours")" 201
	token=$(field token)
}

# nothing_left: of what was being sent.
nothing_left() {
	! find "$here/shop/incoming" -type f | grep -q .
}

# drip N: a byte ten times a second, N times; then $here/dripped is there.  Who reads them has gone before, if all is well.
drip() {
	for _ in $(seq "$1"); do
		printf x 2>/dev/null || exit 0
		sleep 0.1
	done
	: >"$here/dripped"
}

# The time that the store gives is 1 s; the client would take 60.  No other time counts.
a_header_that_does_not_end_is_not_waited_for() {
	serve --socket "$here/s" --idle 1
	{ printf 'GET /livez HTTP/1.1\r\nHost: s\r\nX-Slow: '; drip 600; } 2>/dev/null | "$rawtalk" "$here/s" >"$here/answer" || true
	[ ! -e "$here/dripped" ]
	told 200 '' /livez
}

a_body_that_does_not_end_is_refused_and_leaves_nothing() {
	begun --idle 1
	{ printf 'POST /v1/publish HTTP/1.1\r\nHost: s\r\nAuthorization: Bearer %s\r\nContent-Length: 100000\r\n\r\n' "$token"; drip 900; } 2>/dev/null |
		"$rawtalk" "$here/s" >"$here/answer" || true
	[ ! -e "$here/dripped" ]
	soon nothing_left
	told 200 '' /livez
}

# Of one address there are 256 lines at most; another is served all the while.
who_holds_all_lines_holds_out_nobody_else() {
	serve --idle 3
	"$rawlines" "${url##*:}" 300 >"$here/lines" 2>/dev/null &
	soon grep -q '^open ' "$here/lines" || soon grep -q '^closed' "$here/lines"
	told 200 '' /livez --interface 127.0.0.2
	held=$(sed -n 's/^open //p' "$here/lines" | head -1)
	[ "${held:-0}" -le 256 ]
	soon grep -q '^closed' "$here/lines"
	told 200 '' /livez
}

# request FILE TOKEN PACKAGE: a whole publish, as bytes.
request() {
	printf 'POST /v1/publish HTTP/1.1\r\nHost: s\r\nAuthorization: Bearer %s\r\nContent-Length: %s\r\n\r\n' "$2" "$(stat -c %s "$3")" >"$1"
	head=$(stat -c %s "$1")
	cat "$3" >>"$1"
}

a_publish_that_is_cut_at_any_byte_leaves_nothing() {
	begun
	request "$here/request" "$token" "$one"
	size=$(stat -c %s "$here/request")
	find "$here/shop/blobs" | sort >"$here/before"
	told 200 '' /v1/store
	entries=$(field entries)
	for at in 1 4 17 $((head / 2)) $((head - 2)) $((head - 1)) "$head" $((head + 1)) $((head + 511)) $((head + 512)) $((head + 4096)) $((head + 16384)) $(((head + size) / 2)) $((size - 4096)) $((size - 2)) $((size - 1)); do
		head -c "$at" "$here/request" | "$rawtalk" "$here/s" cut >"$here/answer" || true
	done
	# The store has heard of the end of each when it has forgotten what came.
	soon nothing_left
	told 404 '' /v1/services/example.org/hello/1.0.0
	find "$here/shop/blobs" | sort | diff "$here/before" -
	told 200 '' /v1/store
	same "$(field entries)" "$entries"
	same "$(ask /v1/publish $(with "$token") --data-binary "@$one")" 201
	told 200 '' /v1/services/example.org/hello/1.0.0
}

who_has_no_token_sends_no_body() {
	serve --socket "$here/s"
	# The answer comes though the body never does.
	printf 'POST /v1/publish HTTP/1.1\r\nHost: s\r\nContent-Length: 100000\r\n\r\n' | "$rawtalk" "$here/s" >"$here/answer"
	says "$here/answer" 'HTTP/1.1 401 '
	nothing_left
	# Packages to be looked at only: so many at once.
	: >"$here/codes"
	mkfifo "$here/never"
	sleep 600 >"$here/never" &
	waiting=$!
	trap 'kill "$waiting"; end_shop' EXIT
	for _ in 1 2 3 4 5 6 7 8; do
		{ printf 'POST /v1/publish?dry-run=1&publisher=a.example HTTP/1.1\r\nHost: s\r\nContent-Length: 1000\r\n\r\nx'; cat "$here/never"; } | "$rawtalk" "$here/s" >/dev/null &
	done
	soon sh -c "[ \$(find '$here/shop/incoming' -type f | wc -l) -eq 8 ]"
	told 503 busy '/v1/publish?dry-run=1&publisher=a.example' --data-binary "@$one"
	says "$here/head" 'Retry-After: 1'
	told 200 '' /livez
}

what_is_packed_is_not_unpacked() {
	begun
	gzip -c "$one" >"$here/packed"
	head -c 300000000 /dev/zero | gzip -1 >"$here/bomb"
	for file in "$here/packed" "$here/bomb"; do
		for coding in gzip deflate br zstd 'gzip, gzip'; do
			told 415 packed /v1/publish $(with "$token") -H "Content-Encoding: $coding" --data-binary "@$file"
		done
	done
	told 403 not-believed /v1/publish $(with "$token") --data-binary "@$here/bomb"
	soon nothing_left
	[ "$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$shop/status")" -lt 1000000 ]
}

# A body is half there when the store is asked to end: it is told so, or the version is there; and the store ends as always.
what_is_half_sent_when_the_store_ends_is_not_half_kept() {
	begun
	request "$here/request" "$token" "$one"
	mkfifo "$here/rest"
	{ head -c $((head + 5000)) "$here/request"; cat "$here/rest"; } | "$rawtalk" "$here/s" >"$here/answer" &
	talk=$!
	soon sh -c "[ \$(cat '$here/shop/incoming/'* | wc -c) -eq 5000 ]"
	kill -TERM "$shop"
	tail -c +$((head + 5001)) "$here/request" >"$here/rest" || true	# the store may have ended, and with it who reads
	got=0
	wait "$shop" || got=$?
	shop=
	same "$got" 0
	wait "$talk" || true
	serve
	case $(head -1 "$here/answer") in
	'HTTP/1.1 201 '*) told 200 '' /v1/services/example.org/hello/1.0.0 ;;
	*) told 404 '' /v1/services/example.org/hello/1.0.0 ;;
	esac
	nothing_left
}

who_asks_too_often_hears_when_to_come_again() {
	begun
	end_shop
	rate=1
	serve
	# On one line, one after the other: forty take less than thirty seconds on any computer.
	curl -s -m 60 -o "$here/body" -D "$here/heads" -w '%{http_code}\n' -X POST "$url/v1/challenges#[1-40]" >"$here/codes"
	same "$(wc -l <"$here/codes")" 40
	same "$(head -1 "$here/codes")" 201
	says "$here/codes" 429
	says "$here/heads" 'Retry-After: 1'
	# Another address, and who has a token, do not wait for it.
	told 201 '' /v1/challenges -X POST --interface 127.0.0.2
	told 400 not-understood /v1/tokens $(with "$token") -d '{}'
	told 200 '' /livez
}

run a_header_that_does_not_end_is_not_waited_for a_body_that_does_not_end_is_refused_and_leaves_nothing who_holds_all_lines_holds_out_nobody_else \
	a_publish_that_is_cut_at_any_byte_leaves_nothing who_has_no_token_sends_no_body what_is_packed_is_not_unpacked what_is_half_sent_when_the_store_ends_is_not_half_kept \
	who_asks_too_often_hears_when_to_come_again
