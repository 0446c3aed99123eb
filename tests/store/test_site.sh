# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119 # options of curl in words; options of serve may be left out
# The pages of a mirror: the store's own as files, the same wherever they are made, and held against log and packages by an audit.
# Nothing here waits but for the store to be ready, and for the static server's first line.
#
#	PAGE=out/check/tests/store/page tests/store/test_site.sh
set -eu
PAGE=$PWD/$PAGE
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

hello "$scratch/hello"
echo "categories: [ data ]" >>"$scratch/hello/ms.yaml"
here=$scratch
for version in 1.0.0 1.1.0 1.2.0+7 1.3.0; do
	package "$scratch/hello" "$version" >"$scratch/path"
	cp "$(cat "$scratch/path")" "$scratch/$version.msp"
done
cp "$(source_package "$scratch/hello" 1.1.0)" "$scratch/source.msp"
ours=$MS_HOME/config/keys/developer.pem

# filled: 1.0.0 is yanked, 1.1.0 (with its source) and 1.2.0+7 live, 1.3.0 staged; $key is that of its log.
filled() {
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	for version in 1.0.0 1.1.0 1.2.0+7 1.3.0; do
		stage=
		[ "$version" != 1.3.0 ] || stage='?stage=1'
		same "$(ask "/v1/publish$stage" $(with "$token") --data-binary "@$scratch/$version.msp")" 201
	done
	same "$(ask /v1/publish $(with "$token") --data-binary "@$scratch/source.msp")" 201
	told 200 '' /v1/services/example.org/hello/1.0.0/state $(with "$token") -d '{"state":"yanked","reason":"broken","replacement":"1.1.0"}'
	key=$(sed 's/.*"key":"\([^"]*\)".*/\1/' "$here/shop/index/config.json")
}

# mirror FROM TO [OPTION...]
mirror() {
	ms store mirror "$@" --key "$key" >"$here/mirrored" 2>&1 || { cat "$here/mirrored"; return 1; }
}

# good MIRROR: its audit finds nothing, and looked at the pages.
good() {
	ms audit --key "$key" "$1" >"$here/audited" 2>&1 || { cat "$here/audited"; return 1; }
	grep -q '^pages: [1-9]' "$here/audited"
}

# refused MIRROR WORDS: it finds what is wrong, and says it.
refused() {
	fails 7 ms audit --key "$key" "$1"
	says "$here/out" "$2"
}

# links PAGE: the files that it leads to, from the mirror's folder.
links() {
	grep -oE ' (href|action)="[^"]*"' "$1" | sed 's/^ [a-z]*="//; s/"$//; s/#.*//' | sort -u | while read -r link; do
		[ -z "$link" ] || realpath -m --relative-to="$here/mirror" "$(dirname "$1")/$link"
	done
}

every_link_of_every_page_leads_to_a_file_of_the_mirror() {
	filled
	mirror "$url" "$here/mirror"
	find "$here/mirror" -name '*.html' >"$here/pages"
	[ "$(wc -l <"$here/pages")" -ge 10 ]
	while read -r page; do
		! grep -E ' (href|action|src)="(/|[a-z]+:)' "$page" || exit 1	# works below any address, and from a folder
		links "$page" >"$here/links"
		[ "$(wc -l <"$here/links")" -ge 6 ]
		while read -r link; do
			[ -f "$here/mirror/$link" ] || { echo "$page leads to $link"; exit 1; }
		done <"$here/links"
	done <"$here/pages"
	for page in services/example.org/hello/1.2.0+7.html publishers/example.org.html list/category/data.html log.html about.html index.html services/example.org/hello/1.1.0.cdx.json; do
		[ -f "$here/mirror/$page" ]
	done
	tar -xOf "$scratch/1.1.0.msp" META/sbom.cdx.json | cmp - "$here/mirror/services/example.org/hello/1.1.0.cdx.json"
	hash=$(sha256sum <"$scratch/source.msp" | cut -d' ' -f1)
	says "$here/mirror/services/example.org/hello/1.1.0.html" "blobs/sha256/$hash\">hello-1.1.0-source.msp</a>"
	cmp "$here/mirror/blobs/sha256/$hash" "$scratch/source.msp"
	! grep -rl '1\.3\.0' "$here/mirror" --include='*.html' --include='*.json' || exit 1	# staged: others do not see it
}

# template FILE: the name of its template.
template() {
	case $1 in
	index.html | services.html | list/category/* | list/all/*) echo services ;;
	services/* | list/versions/*) echo service ;;
	publishers/* | list/publishers/*) echo publisher ;;
	log.html | list/log/*) echo log ;;
	*) echo about ;;
	esac
}

each_page_of_a_mirror_is_its_twin_rendered() {
	filled
	mirror "$url" "$here/mirror"
	(cd "$here/mirror" && find . -name '*.html' | sed 's,^\./,,') >"$here/pages"
	while read -r page; do
		twin=${page%.html}.json
		[ "$page" != index.html ] || twin=services.json
		"$PAGE" "$(template "$page")" "$here/mirror/$twin" >"$here/rendered"
		cmp "$here/rendered" "$here/mirror/$page"
		[ "$(cat "$here/mirror/$page" "$here/mirror/style.css" "$here/mirror/icon.svg" | wc -c)" -le 51200 ]
		grep -q "<link rel=\"alternate\" type=\"application/json\" href=\"$(basename "$twin")\">" "$here/mirror/$page"
	done <"$here/pages"
}

two_mirrors_of_one_log_have_the_same_bytes() {
	filled
	mirror "$url" "$here/mirror"
	mirror "$here/mirror" "$here/second"
	diff -r "$here/mirror" "$here/second"
	good "$here/mirror"
	# One that was brought up step by step, and has seen what is gone by now.
	told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$(cat "$here/shop/admin-token")") -d '{"state":"quarantined","reason":"malware"}'
	mirror "$url" "$here/mirror"
	mirror "$url" "$here/third"
	for gone in 1.1.0 source; do
		rm "$here/mirror/blobs/sha256/$(sha256sum <"$scratch/$gone.msp" | cut -d' ' -f1)"	# which the other never got
	done
	diff -r -x '*.p' "$here/mirror" "$here/third"	# tiles that are not whole may be left of an older log
	[ ! -e "$here/mirror/services/example.org/hello/1.1.0.cdx.json" ]
	says "$here/mirror/services/example.org/hello/1.1.0.html" 'This version is quarantined: malware'
	good "$here/mirror"
}

an_audit_finds_each_page_that_does_not_follow() {
	filled
	mirror "$url" "$here/mirror"
	for page in index.html services.json services/example.org/hello.html services/example.org/hello/1.0.0.json services/example.org/hello/1.1.0.cdx.json publishers/example.org.html list/log/0.html log.json about.html style.css icon.svg pages.json; do
		cp "$here/mirror/$page" "$here/kept"
		printf ' ' >>"$here/mirror/$page"
		refused "$here/mirror" "'$page' does not follow from the log and the packages"
		rm "$here/mirror/$page"
		refused "$here/mirror" "'$page' is missing: it follows from the log and the packages"
		cp "$here/kept" "$here/mirror/$page"
	done
	cp "$here/mirror/services/example.org/hello.html" "$here/mirror/services/example.org/other.html"
	refused "$here/mirror" "'services/example.org/other.html' follows from nothing in the log"
	rm "$here/mirror/services/example.org/other.html"
	sed -i 's/"version":"[^"]*"/"version":"99.0.0"/' "$here/mirror/pages.json"
	refused "$here/mirror" 'its pages were made by ms 99.0.0'
	mirror "$url" "$here/mirror"
	good "$here/mirror"
}

# As where a mirror was ended between log and pages.
pages_that_are_behind_their_log_are_found_and_made_anew() {
	filled
	mirror "$url" "$here/mirror"
	told 200 '' /v1/services/example.org/hello/1.1.0/state $(with "$token") -d '{"state":"deprecated","reason":"old"}'
	mirror "$url" "$here/mirror" --no-pages
	refused "$here/mirror" 'its pages are of 9 entries, and the log has 10'
	mirror "$url" "$here/mirror"
	good "$here/mirror"
	says "$here/mirror/services/example.org/hello/1.1.0.html" deprecated
	mirror "$url" "$here/bare" --no-pages
	[ ! -e "$here/bare/index.html" ]
	ms audit --key "$key" "$here/bare" >"$here/audited"
	lacks "$here/audited" pages
}

end_static() {
	kill "$static" 2>/dev/null || true
	end_shop
}

# What knows nothing of stores serves it, and over that it is audited, too.
any_web_server_serves_it() {
	command -v python3 >"$here/which" || skip "there is no python3 here, whose web server this is about"
	filled
	mirror "$url" "$here/mirror"
	python3 -u -m http.server 0 --bind 127.0.0.1 --directory "$here/mirror" >"$here/static" 2>&1 &
	static=$!
	trap end_static EXIT
	until grep -q '^Serving HTTP' "$here/static"; do
		kill -0 "$static" && sleep 0.1
	done
	url=http://127.0.0.1:$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$here/static")
	for page in / /services.html /services/example.org/hello/1.2.0+7.html /list/category/data.html; do
		told 200 '' "$page"
		says "$here/head" 'Content-type: text/html'
		says "$here/body" '<!doctype html>'
	done
	told 200 '' /services/example.org/hello.json
	says "$here/head" 'Content-type: application/json'
	good "$url"
}

# Pages have names that others use, too, and those that are theirs no more are removed.
a_folder_that_is_no_mirror_is_left_as_it_was() {
	filled
	mkdir -p "$here/site/services"
	echo ours >"$here/site/services/index.html"
	echo ours >"$here/site/index.html"
	fails 1 ms store mirror "$url" "$here/site" --key "$key"
	says "$here/out" "is no mirror: it has 'index.html'"
	says "$here/out" 'one that is empty or not there yet'
	fails 1 ms store mirror "$url" "$here/shop" --key "$key"
	says "$here/out" "is no mirror: it has 'store.key'"
	same "$(cat "$here/site/services/index.html" "$here/site/index.html")" "$(printf 'ours\nours')"
	same "$(ls "$here/site")" "$(printf 'index.html\nservices')"
	# One that was begun and ended before it was shown goes on.
	mkdir -p "$here/mirror/blobs"
	mirror "$url" "$here/mirror"
	mirror "$url" "$here/mirror"
	good "$here/mirror"
}

run every_link_of_every_page_leads_to_a_file_of_the_mirror each_page_of_a_mirror_is_its_twin_rendered two_mirrors_of_one_log_have_the_same_bytes an_audit_finds_each_page_that_does_not_follow \
	pages_that_are_behind_their_log_are_found_and_made_anew a_folder_that_is_no_mirror_is_left_as_it_was any_web_server_serves_it
