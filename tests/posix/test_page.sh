#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# docs/posix.md says of each function of PSE51 what the rows have shown, on the simulation and on both boards.
#
#	ROWS=out/check/tests/posix sh tests/posix/test_page.sh
#
# $ROWS: the folder with rows-host.rows, library-host.rows, and so on.
. tests/shell.sh
told=$ROWS

# tables ROWS...: what the page has of them; $lists is where the three lists lie.
lists=tests/posix
tables() {
	cat "$@" >"$here/rows"
	awk -f tests/posix/page.awk "$here/rows" "$lists/errors.list" "$lists/claims.list" "$lists/profile.list"
}

every_place_shows_the_same() {
	for each in host mps2-an385 mps2-an505; do
		for part in rows library; do [ -s "$told/$part-$each.rows" ]; cmp "$told/$part-$each.rows" "$told/$part-host.rows"; done
	done
}

the_page_says_what_was_shown() {
	tables "$told/rows-host.rows" "$told/library-host.rows" >"$here/tables"
	{ sed '/^<!-- made by /q' docs/posix.md; cat "$here/tables"; } >"$here/page"
	if [ -n "${UPDATE:-}" ]; then cp "$here/page" docs/posix.md; fi
	diff docs/posix.md "$here/page"
}

# A function of the profile without its rows (every ninth is tried), a claim of what is not there, a name that was forgotten: each is noticed.
a_function_without_rows_is_missed() {
	awk '/^\t/ { for (i = 1; i <= NF; i++) if (n++ % 9 == 0) print $i }' tests/posix/profile.list >"$here/names"
	[ "$(wc -l <"$here/names")" -gt 30 ]
	cat "$told/rows-host.rows" "$told/library-host.rows" >"$here/all"
	while read -r name; do
		grep -q "^row $name " "$here/all" || continue
		grep -v "^row $name " "$here/all" >"$here/fewer"
		if tables "$here/fewer" >/dev/null 2>"$here/said"; then echo "nothing is said when $name has no rows"; return 1; fi
		says "$here/said" "no row shows $name"
	done <"$here/names"
}

a_list_that_lacks_a_name_is_noticed() {
	for change in "s/\\bsigwait\\b//" "s/^option _POSIX_TIMERS/option _POSIX_TIMER/" "s/ pthread_join/ pthread_jion/" "s/^without pthread_getcpu/without pthread_getcup/" "s/^beyond dup /beyond /" "s/^pthread_join:/pthread_jion:/"; do
		cp tests/posix/*.list "$here"
		sed -i "$change" "$here"/*.list
		if lists=$here tables "$told/rows-host.rows" "$told/library-host.rows" >/dev/null 2>&1; then echo "nothing is said of: $change"; return 1; fi
	done
}

run every_place_shows_the_same the_page_says_what_was_shown a_function_without_rows_is_missed a_list_that_lacks_a_name_is_noticed
