# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119 # options of curl in words; options of serve may be left out
# The pages as a store gives them: each is its twin and no more, of what everybody may see, whatever was published.
#
#	PAGE=out/check/tests/store/page tests/store/test_store_pages.sh
set -eu
PAGE=$PWD/$PAGE
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

hello "$scratch/hello"
echo "summary: Says <b>hello</b> & no more" >>"$scratch/hello/ms.yaml"
echo "categories: [ data, examples ]" >>"$scratch/hello/ms.yaml"
here=$scratch
for version in 1.0.0 1.1.0 1.2.0 1.3.0; do
	package "$scratch/hello" "$version" >"$scratch/path"
	cp "$(cat "$scratch/path")" "$scratch/$version.msp"
	source_package "$scratch/hello" "$version" >"$scratch/path"
	cp "$(cat "$scratch/path")" "$scratch/$version-source.msp"
done
ours=$MS_HOME/config/keys/developer.pem
browser='Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8'

# filled: 1.0.0 is yanked, 1.1.0 live, 1.2.0 quarantined and 1.3.0 staged; of all but the first the source is there.
filled() {
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	for version in 1.0.0 1.1.0 1.2.0 1.3.0; do
		stage=
		[ "$version" != 1.3.0 ] || stage='?stage=1'
		same "$(ask "/v1/publish$stage" $(with "$token") --data-binary "@$scratch/$version.msp")" 201
	done
	for version in 1.1.0 1.2.0 1.3.0; do
		same "$(ask /v1/publish $(with "$token") --data-binary "@$scratch/$version-source.msp")" 201
	done
	cat >"$here/yank" <<-'END'
	{"state":"yanked","reason":"broken","words":"<script>alert(1)</script> \"it's\" & <img src=x onerror=alert(1)>","replacement":"9.9.9"}
	END
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") --data-binary "@$here/yank"
	told 200 '' /v1/services/example.org/hello/1.2.0/state $(with "$(cat "$here/shop/admin-token")") -d '{"state":"quarantined","reason":"malware"}'
}

addresses='/services /services/example.org/hello /services/example.org/hello/1.0.0 /services/example.org/hello/1.1.0 /services/example.org/hello/1.2.0 /publishers/example.org /log /about'

# template ADDRESS: the name of its template.
template() {
	case $1 in
	/services) echo services ;;
	/services/*) echo service ;;
	/publishers/*) echo publisher ;;
	*) echo "${1#/}" ;;
	esac
}

# page ADDRESS: as a browser gets it, in $here/body.
page() {
	told 200 '' "$1" -H "$browser"
	says "$here/head" 'Content-Type: text/html; charset=utf-8'
}

# ended FILE: where the page, or its twin, says that more of a search begins; nothing where it says that it is all.
ended() {
	grep -oE '(rel="next" href=|"next":)"[^"]*cursor=[0-9]+' "$1" | grep -oE '[0-9]+$' || true
}

# four ADDRESS: in $here/page what a browser gets, in $here/twin what is at the twin's address, in $here/wanted what who wants JSON gets, and in $here/unsaid what who does not say.
four() {
	page "$1"
	cp "$here/body" "$here/page"
	path=${1%%\?*}
	told 200 '' "$path.json${1#"$path"}"
	says "$here/head" 'Content-Type: application/json'
	cp "$here/body" "$here/twin"
	told 200 '' "$1" -H 'Accept: application/json'
	cp "$here/body" "$here/wanted"
	told 200 '' "$1"
	cp "$here/body" "$here/unsaid"
}

# four_alike ADDRESS: those of one look. A search of what fits ends where it has taken long enough, on a busy computer now here, now there, and says where: only
# what ended at the same place can be the same, and the rest is asked for again. Every other page is what it is at once.
four_alike() {
	for _ in $(seq 200); do
		four "$1"
		case $1 in *fits=*) ;; *) return 0 ;; esac
		[ "$(for each in page twin wanted unsaid; do echo "ended $(ended "$here/$each")"; done | sort -u | wc -l)" -ne 1 ] || return 0
	done
	echo "of $1 two looks never ended at the same place"
	return 1
}

each_page_is_its_twin_rendered() {
	filled
	for address in $addresses '/services?q=hel&target=v7em&license=Apache-2.0' '/services?q=nothing' '/services?category=data' '/services?fits=mps2-an386' '/services?fits=microbit&category=time&cursor=1' '/log?from=2' '/services/example.org/hello?from=4' '/publishers/example.org?cursor=7'; do
		four_alike "$address"
		"$PAGE" "$(template "${address%%\?*}")" "$here/twin" >"$here/rendered"
		cmp "$here/rendered" "$here/page"
		cmp "$here/wanted" "$here/twin"
		cmp "$here/unsaid" "$here/page"
	done
	page /
	cp "$here/body" "$here/page.html"
	page /services
	cmp "$here/body" "$here/page.html"
}

what_publishers_write_is_text() {
	filled
	for address in $addresses '/services?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=alert(1)' '/services?license=%22%3E%3Cscript%3E' '/services?q=%3Cb%3E&cursor=1'; do
		page "$address"
		if grep -inE '<script|<img|<b>|<[^>]* (on[a-z]+|style)=|href="javascript' "$here/body"; then return 1; fi
	done
	page /services/example.org/hello/1.0.0
	says "$here/body" '&lt;script&gt;alert(1)&lt;/script&gt; &quot;it&#39;s&quot; &amp; &lt;img src=x onerror=alert(1)&gt;'
	says "$here/body" 'Use 9.9.9 instead'
}

# By category: the chips of the first look lead to what is in it, and nothing else is.
services_are_found_by_category() {
	filled
	page /services
	says "$here/body" '<a href="/services?category=data">Data formats <span class="number">1</span></a>'
	page '/services?category=data'
	says "$here/body" '<h1>Data formats</h1>'
	says "$here/body" '/services/example.org/hello'
	says "$here/body" '<option value="data" selected>Data formats (1)</option>'
	page '/services?category=sensing'
	lacks "$here/body" '<article'
	page /services/example.org/hello
	says "$here/body" '<a href="/services?category=examples">Examples</a>'
	told 400 no-such-category '/services?category=cooking'
	says "$here/body" '"fix":"take one of these: connectivity, security, '
	told 200 '' '/v1/search?category=data&facets=1'
	says "$here/body" '"categories":["data","examples"]'
	says "$here/body" '{"value":"data","count":1}'
	told 200 '' '/v1/search?category=data&q=nothing'
	says "$here/body" '"services":[]'
	told 400 not-understood '/v1/search?category=cooking'
	page /services/example.org/hello/1.2.0		# quarantined: not a word of what it said
	lacks "$here/body" 'Data formats'
}

# The page says what the search says, and the same as a product's check would: where it fits, with how much, and where not.
what_fits_on_a_board_is_said() {
	filled
	told 200 '' '/v1/search?fits=mps2-an386'
	flash=$(field flash) ram=$(field ram)
	[ "$flash" -gt 0 ]
	page '/services?fits=mps2-an386'
	says "$here/body" 'on this page that would run on an empty <strong>mps2-an386</strong>'
	says "$here/body" '<option value="mps2-an386" selected>mps2-an386</option>'
	told 200 '' '/services.json?fits=mps2-an386'
	says "$here/body" "\"fit\":{\"target\":\"v7em\",\"flash\":$flash,\"ram\":$ram,\"needs\":null}"
	page '/services?fits=microbit'			# a Cortex-M0, and the package is for v7em
	says "$here/body" 'Nothing is found that fits on <strong>microbit</strong>'
	told 400 no-such-board '/services?fits=toaster'
	says "$here/body" 'take one of these: '
	says "$here/body" mps2-an386
	told 200 '' /services/example.org/hello.json
	says "$here/body" "\"board\":\"mps2-an386\",\"about\":"
	says "$here/body" "\"is_fit\":true,\"fit\":{\"target\":\"v7em\",\"flash\":$flash,\"ram\":$ram,\"needs\":null}"
	lacks "$here/body" '"board":"microbit"'
	page /services/example.org/hello
	says "$here/body" '<h2 id="boards">Boards</h2>'
}

# The page of the API has each route once, with an example for each family, and the examples work.
the_page_about_the_store_has_each_route_and_examples_that_work() {
	filled
	told 200 '' /about.json
	grep -o '"path":"[^"]*"' "$here/body" | sed '1d' | sort >"$here/paths"	# the first is the page's own
	sed -n 's/^ROUTE([A-Z]*, \("[^"]*"\).*/"path":\1/p' "$top/store/routes.def" | sort | diff - "$here/paths"
	grep -o "\"example\":\"[^\"]*\"" "$here/body" | sed "s/.*'http[^/]*:\/\/[^/]*\(\/[^']*\)'.*/\1/" >"$here/examples"
	[ "$(wc -l <"$here/examples")" -ge 7 ]
	while read -r example; do
		case $example in
		/v1/publish*) told 200 '' "$example" --data-binary "@$scratch/1.1.0.msp" ;;
		*) told 200 '' "$example" ;;
		esac
	done <"$here/examples"
}

# What a replacement leads to is a page of this store, or it is text.
a_replacement_leads_nowhere_else() {
	filled
	for other in 1.0.0 example.org/hello; do
		told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d "{\"state\":\"deprecated\",\"reason\":\"old\",\"replacement\":\"$other\"}"
		page /services/example.org/hello/1.1.0
		says "$here/body" "/$other\">$other</a>"
		told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d '{"state":"live"}'
	done
	# What is not there, or not shown yet, is a text; what would lead anywhere else is not taken.
	for other in 9.9.9 1.3.0 example.org/other; do
		told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d "{\"state\":\"deprecated\",\"reason\":\"old\",\"replacement\":\"$other\"}"
		told 200 '' /services/example.org/hello/1.1.0.json
		says "$here/body" '"replacement_url":null'
		told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d '{"state":"live"}'
	done
	for other in 1.1.0 example.org/other@1.0.0 //evil.example/x ../../v1/store 'a/b?c=d' 'x y/z' https://evil.example/ %2e%2e/x 'javascript:alert(1)'; do
		told 422 no-replacement /v1/services/example.org/hello/1.1.0/state $(with "$token") -d "{\"state\":\"deprecated\",\"reason\":\"old\",\"replacement\":\"$other\"}"
	done
}

what_others_do_not_see_is_on_no_page() {
	filled
	told 404 no-such-version /services/example.org/hello/1.3.0
	# A token changes nothing: pages are for everybody.
	told 404 no-such-version /services/example.org/hello/1.3.0 $(with "$token")
	staged=$(sha256sum <"$scratch/1.3.0.msp" | cut -d' ' -f1)
	for address in $addresses; do
		page "$address"
		lacks "$here/body" 1.3.0
		lacks "$here/body" "$staged"
		lacks "$here/body" "$(printf %.12s "$staged")"
	done
	# Of what is quarantined: that it is, and why, and nothing that the package said.
	page /services/example.org/hello/1.2.0
	says "$here/body" 'This version is quarantined: malware'
	for said in 'ms add' Apache-2.0 picolibc /blobs/ v7em Says -source.msp; do
		lacks "$here/body" "$said"
	done
	told 403 quarantined /v1/services/example.org/hello/1.2.0/sbom
	told 404 no-such-version /v1/services/example.org/hello/1.3.0/sbom
	told 200 '' /v1/services/example.org/hello/1.3.0/sbom $(with "$token")
}

a_service_says_what_it_is() {
	filled
	page /services/example.org/hello
	for said in 'hello <span class="version">1.1.0</span>' "ms add example.org/hello@1.1.0 --store $url" Cortex-M4 'Says &lt;b&gt;hello&lt;/b&gt; &amp; no more' picolibc "$(sha256sum <"$scratch/1.1.0.msp" | cut -d' ' -f1)" "$(sha256sum <"$scratch/1.1.0-source.msp" | cut -d' ' -f1)" 'ms verify hello-1.1.0.msp' 'SDK 0.1.0'; do
		says "$here/body" "$said"
	done
	page /services
	says "$here/body" '<p>Says &lt;b&gt;hello&lt;/b&gt; &amp; no more</p>'
	page /services/example.org/hello
	# What it leads to is there.
	grep -o ' href="[^"]*"' "$here/body" | sed 's/ href="\(.*\)"/\1/' | grep -v '^#' | sort -u >"$here/links"
	[ "$(wc -l <"$here/links")" -gt 10 ]
	while read -r link; do
		told 200 '' "$link"
	done <"$here/links"
	told 200 '' /v1/services/example.org/hello/1.1.0/sbom
	tar -xOf "$scratch/1.1.0.msp" META/sbom.cdx.json | cmp - "$here/body"
}

a_page_tells_a_browser_to_trust_nothing_else() {
	filled
	policy=$(sed -n 's/.*PAGES_POLICY "\(.*\)"/\1/p' "$top/store/pages.h")
	for address in $addresses /style.css /icon.svg /services/example.org/none; do
		ask "$address" -H "$browser" >/dev/null
		for line in "Content-Security-Policy: $policy" 'X-Content-Type-Options: nosniff' 'Referrer-Policy: no-referrer' 'Vary: Accept'; do
			says "$here/head" "$line"
		done
		lacks "$here/head" Set-Cookie
	done
}

what_has_not_changed_is_not_sent_again() {
	filled
	for address in $addresses /style.css /icon.svg; do
		ask "$address" -H "$browser" >/dev/null
		size=$(stat -c %s "$here/body")
		tag=$(sed -n 's/^ETag: \(.*\)\r/\1/p' "$here/head")
		told 304 '' "$address" -H "$browser" -H "If-None-Match: $tag"
		[ ! -s "$here/body" ]
		same "$(curl -s -m 60 -I -H "$browser" "$url$address" | sed -n 's/^Content-Length: \(.*\)\r/\1/p')" "$size"
	done
	# The twin is another thing under another tag.
	ask /log -H "$browser" >/dev/null
	tag=$(sed -n 's/^ETag: \(.*\)\r/\1/p' "$here/head")
	told 200 '' /log -H 'Accept: application/json' -H "If-None-Match: $tag"
	told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d '{"state":"deprecated","reason":"old"}'
	told 200 '' /log -H "$browser" -H "If-None-Match: $tag"
	says "$here/body" 'example.org/hello 1.1.0: deprecated, old'
}

a_browser_sees_a_problem_as_a_page() {
	filled
	for what in '404 /nothing' '404 /services/example.org/none' '404 /services/example.org/hello/9.9.9' '404 /publishers/none.example' '400 /log?from=x' '400 /services?cursor=-1' '400 /services?target=v9' \
		'404 /v1/services/none.example' '401 /v1/tokens' '404 /services/..%2f..%2fstore.key' '404 /services/example.org/%3Cscript%3E' '400 /v1/search?limit=0'; do
		same "$(ask "${what#* }" -H "$browser")" "${what% *}"
		says "$here/head" 'Content-Type: text/html; charset=utf-8'
		says "$here/body" '<h1>'
		says "$here/body" "Status ${what% *}"
		lacks "$here/body" '<script'
		same "$(ask "${what#* }")" "${what% *}"
		says "$here/head" 'Content-Type: application/problem+json'
	done
	same "$(ask "/services?q=$(printf '%0300d' 0)" -H "$browser")" 400
	same "$(ask /services -H "$browser" -X DELETE)" 405
	says "$here/body" 'That cannot be done here'
	# The address of a twin has no page.
	same "$(ask /services/example.org/none.json -H "$browser")" 404
}

odd_wishes_get_the_page_or_the_twin() {
	filled
	for accept in '' '*/*' 'text/*' 'text/html;q=0' ';;;,,,' 'image/png' 'application/xml' "$(printf '%02000d' 0)" 'text/html;q=abc' 'a/b,c/d;q=0.1;;' 'application/json;q=0'; do
		told 200 '' /services/example.org/hello -H "Accept: $accept"
		grep -q '^<!doctype html>' "$here/body" || grep -q '^{"store":' "$here/body"
	done
	told 200 '' /services -H 'Accept: text/html;q=0.5, application/json'
	says "$here/body" '{"store":'
	for host in 'x"><script>' 'a b' '%00' "$(printf '%0300d' 0)" "'"; do
		told 400 '' /about -H "Host: $host" -H "$browser"
		lacks "$here/body" '<script'
	done
	told 200 '' /about -H 'Host: store.example.org' -H 'X-Forwarded-Proto: https' -H "$browser"
	says "$here/body" 'https://store.example.org'
}

run each_page_is_its_twin_rendered the_page_about_the_store_has_each_route_and_examples_that_work services_are_found_by_category what_fits_on_a_board_is_said what_publishers_write_is_text a_replacement_leads_nowhere_else what_others_do_not_see_is_on_no_page a_service_says_what_it_is \
	a_page_tells_a_browser_to_trust_nothing_else what_has_not_changed_is_not_sent_again a_browser_sees_a_problem_as_a_page odd_wishes_get_the_page_or_the_twin
