# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# The store's pages as text: what no page may have, and what each must.
#
#	PAGE=out/check/tests/store/page tests/store/test_pages.sh
set -eu
PAGE=$PWD/$PAGE
. tests/shell.sh
. tests/store/pages.sh

no_page_has_a_script_or_a_style_of_its_own() {
	pages "$here"
	! grep -inE '<script|<iframe|<object| style=| on[a-z]+=|javascript:' "$here"/*.html || exit 1
}

what_others_wrote_is_text_and_not_html() {
	pages "$here"
	grep -q '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;' "$here/services_none.html"
	grep -q '&lt;b&gt;not&lt;/b&gt; to be used &amp; &#39;never&#39; &quot;was&quot;' "$here/service_yanked.html"
}

each_page_has_one_title_one_main_and_ids_that_are_its_own() {
	pages "$here"
	for page in "$here"/*.html; do
		for what in '<h1' '<title>' '<main ' '<html lang="en">' 'class="skip"'; do
			same "$(grep -c "$what" "$page")" 1
		done
		same "$(grep -o ' id="[^"]*"' "$page" | sort | uniq -d)" ""
	done
}

each_page_leads_to_its_twin() {
	pages "$here"
	for page in "$here"/*.html; do
		case $page in */problem.html) continue ;; esac	# which has no address of its own
		grep -q '<link rel="alternate" type="application/json" href="/.*\.json">' "$page"
	done
}

a_page_and_its_style_are_within_50_kib() {
	pages "$here"
	for page in "$here"/*.html; do
		[ "$(cat "$page" "$here/style.css" "$here/icon.svg" | wc -c)" -le 51200 ]
	done
}

# A twin that lost any one of its keys is noticed, not shown with a gap.
a_page_wants_all_that_its_twin_says() {
	for key in page store services total pager facets query; do
		sed "s/^\t\"$key\": /\t\"other\": /" "$samples/services.json" >"$here/cut.json"
		! "$PAGE" services "$here/cut.json" >"$here/page" 2>"$here/said" || exit 1
		grep -q "the page's data has no '$key" "$here/said"
	done
}

run no_page_has_a_script_or_a_style_of_its_own what_others_wrote_is_text_and_not_html \
	each_page_has_one_title_one_main_and_ids_that_are_its_own each_page_leads_to_its_twin \
	a_page_and_its_style_are_within_50_kib a_page_wants_all_that_its_twin_says
