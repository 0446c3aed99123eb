# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# What a web page can do to a store by the browser of who opens it, and what somebody who publishes can do to who looks at pages: nothing.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

here=$scratch
ms key new developer >/dev/null 2>&1
ours=$MS_HOME/config/keys/developer.pem
browser='Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8'

entries() {
	told 200 '' /v1/store
	field entries
}

# Each with what it would need to be done: a token, a claim that is fresh and good.
a_web_page_changes_nothing() {
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	id=$(field id)
	before=$(entries)
	for page in 'Origin: http://evil.example' 'Origin: null' "Origin: $url" 'Sec-Fetch-Site: cross-site' 'Sec-Fetch-Site: same-origin'; do
		for form in text/plain application/x-www-form-urlencoded 'multipart/form-data; boundary=x' application/json; do
			told 403 from-a-page /v1/tokens $(with "$token") -H "$page" -H "Content-Type: $form" -d '{"scopes":["owner"],"days":9,"label":"evil"}'
			told 403 from-a-page /v1/publish $(with "$token") -H "$page" -H "Content-Type: $form" -d x
			told 403 from-a-page '/v1/publish?dry-run=1&publisher=example.org' -H "$page" -H "Content-Type: $form" -d x
		done
		told 403 from-a-page /v1/challenges -X POST -H "$page"
		told 403 from-a-page "/v1/tokens/$id" -X DELETE $(with "$token") -H "$page"
		ask /v1/challenges -X POST >/dev/null
		"$top/out/check/ms-store" claim "$(cat "$here/shop/name")" "$url" evil.example "$(field nonce)" --key "$ours" >"$here/claim"
		told 403 from-a-page /v1/claims --data-binary "@$here/claim" -H "$page"
		told 404 no-such-publisher /v1/keys/evil.example
	done
	same "$(entries)" "$before"
	told 200 '' /v1/tokens $(with "$token")
	lacks "$here/body" evil
	# The same without a page is done, in whatever type it says that it comes.
	told 201 '' /v1/tokens $(with "$token") -H 'Content-Type: text/plain' -d '{"scopes":["owner"],"days":9,"label":"good"}'
}

a_token_counts_in_its_header_alone() {
	serve
	secret=$(cat "$here/shop/admin-token")
	told 401 not-authorised "/v1/tokens?token=$secret"
	told 401 not-authorised "/v1/tokens?access_token=$secret&authorization=Bearer%20$secret"
	for header in "Cookie: token=$secret" "Cookie: Authorization=Bearer $secret" "X-Api-Key: $secret" "Proxy-Authorization: Bearer $secret" "Authorization: $secret" "Authorization: Basic $(printf 'x:%s' "$secret" | base64 -w 0)" \
		"Authorization: Token $secret" "Authorization: Bearer  $secret" "Authorization: Bearer $secret,"; do
		told 401 not-authorised /v1/tokens -H "$header"
	done
	told 401 not-authorised /v1/tokens -d "token=$secret" -X GET || told 413 '' /v1/tokens -d "token=$secret" -X GET
	told 200 '' /v1/tokens $(with "$secret")
	lacks "$here/head" Set-Cookie
}

# A page of evil.example, whose name leads to this computer by now (DNS rebinding), and pages of others.
what_this_computer_alone_may_see_is_told_to_no_other_name() {
	serve --socket "$here/s"
	told 200 '' /metrics
	told 200 '' /metrics -H "Host: localhost:${url##*:}"
	for host in evil.example "evil.example:${url##*:}" localhost.evil.example 127.0.0.1.evil.example "$(tr / . <"$here/shop/name")"; do
		told 404 no-such-path /metrics -H "Host: $host"
		same "$(curl -s -o /dev/null -w '%{http_code}' -m 60 --unix-socket "$here/s" -H "Host: $host" http://localhost/metrics)" 404
	done
	told 404 no-such-path /metrics -H 'X-Forwarded-For: 127.0.0.1'
	told 404 no-such-path /metrics -H 'Forwarded: for=127.0.0.1'
	same "$(curl -s -o /dev/null -w '%{http_code}' -m 60 --unix-socket "$here/s" http://localhost/metrics)" 200
}

# guarded: what came last cannot be read, framed or run by pages of others.
guarded() {
	says "$here/head" 'X-Content-Type-Options: nosniff'
	grep -q "^Content-Security-Policy: default-src 'none';.* frame-ancestors 'none'" "$here/head"
	for word in Access-Control Set-Cookie unsafe-inline unsafe-eval; do
		lacks "$here/head" "$word"
	done
}

no_page_of_others_reads_an_answer() {
	serve
	same "$(claim example.org "$ours")" 201
	guarded
	for path in / /services /services.json /log /about /style.css /icon.svg /livez /readyz /metrics /v1/store /v1/keys/example.org /v1/tokens /v1/search /v1/services/none /v1/services/example.org /blobs/sha256/0 /log/checkpoint \
		/log/tile/0/000.p/3 /index/config.json /index/none /v2/ /v2/a/b/tags/list /nothing '/v1/search?limit=0'; do
		for wish in "$browser" 'Accept: application/json'; do
			ask "$path" -H "$wish" -H 'Origin: https://evil.example' -H 'Sec-Fetch-Site: cross-site' >/dev/null
			guarded || { echo "$path"; cat "$here/head"; return 1; }
		done
	done
	# What a browser asks before it sends what a page may not send by itself.
	told 405 no-such-method /v1/publish -X OPTIONS -H 'Origin: https://evil.example' -H 'Access-Control-Request-Method: POST' -H 'Access-Control-Request-Headers: authorization' || told 403 from-a-page /v1/publish -X OPTIONS -H 'Origin: https://evil.example'
	guarded
}

# inert: nothing in the page is more than text: no script, no event, no other base, no character that turns the text around.
inert() {
	sed 's/="[^"]*"/=""/g' "$here/body" >"$here/tags"	# what is in quotes is text as long as it has no quote
	if grep -inE "<(script|img|iframe|base|object|embed|meta http)|<[^>]* (on[a-z]+|style|srcdoc)=|<[^>]*'|<[^>]*=[^\"]" "$here/tags"; then return 1; fi
	if grep -inE '(href|src|action)="(javascript|data|//)' "$here/body"; then return 1; fi
	if LC_ALL=C grep -naP '[\x00-\x08\x0b\x0c\x0e-\x1f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$here/body"; then return 1; fi
}

what_is_asked_for_is_text_on_the_page_that_answers() {
	serve
	for typed in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "' onfocus='alert(1)" '{{store.name}}' '{{{q}}}' '{{>head}}' 'javascript:alert(1)' '&#60;script&#62;' "$(printf '\342\200\256gnp.exe')" "$(printf '\342\201\246x\342\201\251')" \
		"$(printf '\377<script>')" "$(printf 'a\001b')" "$(printf '\r\nSet-Cookie: x=y')"; do
		word=$(printf %s "$typed" | od -An -tx1 -v | tr -d '\n' | sed 's/ /%/g')
		for path in "/services?q=$word" "/services?license=$word" "/services?publisher=$word" "/services?target=$word" "/services?cursor=$word" "/log?from=$word" "/services/$word" "/services/example.org/$word" "/publishers/$word" "/$word" \
			"/v1/search?q=$word" "/v1/search?target=$word" "/v1/search?fits=$word" "/v1/services/$word" "/v1/keys/$word" "/v2/$word/x/tags/list"; do
			ask "$path" -H "$browser" >/dev/null
			case $(sed -n 's/^Content-Type: \([^;]*\).*\r/\1/p' "$here/head") in
			text/html) inert || { echo "$path"; return 1; } ;;
			application/json | application/problem+json) ;;
			*) echo "$path"; cat "$here/head"; return 1 ;;
			esac
			lacks "$here/head" Set-Cookie
		done
		ask /about -H "$browser" -H "X-Forwarded-Proto: $word" -H "Referer: $word" -H "User-Agent: $word" >/dev/null
		inert
	done
}

run a_web_page_changes_nothing a_token_counts_in_its_header_alone what_this_computer_alone_may_see_is_told_to_no_other_name no_page_of_others_reads_an_answer what_is_asked_for_is_text_on_the_page_that_answers
