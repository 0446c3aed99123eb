#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The scoreboard in docs/evidence.md says what the judges' logs say.  With UPDATE=1 it is written anew.
#
#	tests/judges/evidence.sh BLOCK LOG...	the text between the page's two marks of that name
set -eu
. tests/shell.sh
block=$1
shift
page=docs/evidence.md

version() {
	awk -v name="$1" '$1 == name { print $2; exit }' third-party/sources.pins tests/judges/sources.pins
}

table() {
	echo "| tests of | where | passed | skipped | others, as expected |"
	echo "|---|---|---|---|---|"
	sed -n 's/^verdict //p' "$@" | awk '
		{ key = $1 " " $2; if (!(key in all)) order[++keys] = key; all[key]++; n[key, $4]++ }
		END { for (i = 1; i <= keys; i++) print order[i], all[order[i]], n[order[i], "passed"] + 0, n[order[i], "skipped"] + 0 }' |
		while read -r suite platform all passed skipped; do
			echo "| $suite $(version "$suite") | $platform | $passed of $all | $skipped | $((all - passed - skipped)) |"
		done
	echo
	suites=$(sed -n 's/^verdict \([a-z]*\) .*/\1/p' "$@" | sort -u)
	for suite in $suites; do
		awk -v suite="$suite" '$1 == suite {
			why = $6
			for (i = 7; i <= NF; i++) why = why " " $i
			key = ($3 == "all" ? "" : " on " $3) ": " $4 " (" $5 "), " why
			if (!(key in names)) order[++keys] = key
			names[key] = names[key] (key in names && names[key] != "" ? ", " : "") "`" $2 "`"
		}
		END { for (k = 1; k <= keys; k++) print "- " names[order[k]] order[k] }' tests/judges/expected.txt
	done
}

between() {
	awk -v begin="<!-- $block: from its logs -->" -v end="<!-- end of $block -->" '$0 == end { inside = 0 } inside; $0 == begin { inside = 1 }' "$page"
}

table "$@" >"$scratch/table"

the_page_says_what_the_logs_say() {
	if [ "${UPDATE:-}" ]; then
		awk -v begin="<!-- $block: from its logs -->" -v end="<!-- end of $block -->" -v table="$scratch/table" '
			$0 == end { inside = 0 }
			!inside { print }
			$0 == begin { inside = 1; while ((getline line <table) > 0) print line }' "$page" >"$here/page"
		cp "$here/page" "$page"
	fi
	between >"$here/there"
	[ -s "$here/there" ]
	diff -u "$here/there" "$scratch/table"
}

run the_page_says_what_the_logs_say
