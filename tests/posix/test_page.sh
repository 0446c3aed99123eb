#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# docs/posix.md says of each function of PSE51 what the rows have shown, on the simulation and on both boards.
#
#	ROWS=out/check/tests/posix sh tests/posix/test_page.sh
#
# $ROWS: the folder with rows-host.rows, library-host.rows, and so on.
. tests/shell.sh
told=$ROWS

every_place_shows_the_same() {
	for each in host mps2-an385 mps2-an505; do
		for part in rows library; do [ -s "$told/$part-$each.rows" ]; cmp "$told/$part-$each.rows" "$told/$part-host.rows"; done
	done
}

the_page_says_what_was_shown() {
	cat "$told/rows-host.rows" "$told/library-host.rows" >"$here/rows"
	awk -f tests/posix/page.awk "$here/rows" tests/posix/errors.list tests/posix/profile.list >"$here/tables"
	{ sed '/^<!-- made by /q' docs/posix.md; cat "$here/tables"; } >"$here/page"
	if [ -n "${UPDATE:-}" ]; then cp "$here/page" docs/posix.md; fi
	diff docs/posix.md "$here/page"
}

run every_place_shows_the_same the_page_says_what_was_shown
