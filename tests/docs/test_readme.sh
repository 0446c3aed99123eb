#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What README.md shows of the demonstration is what the demonstration shows.
set -eu
. tests/shell.sh

# "…" stands for lines left out.
its_listing_is_the_demonstrations() {
	# shellcheck disable=SC2016 # backquotes are Markdown's
	sed -n '/^```console$/,/^```$/p' README.md | sed -e '/^```/d' | sed -E -f tests/e2e/demo.sed >"$here/shown"
	[ "$(wc -l <"$here/shown")" -gt 15 ]
	awk -v shown="$here/shown" '
		{ line[++count] = $0 }
		END {
			gap = 1
			while ((getline want < shown) > 0) {
				if (want == "…") { gap = 1; continue }
				for (at++; gap && at <= count && line[at] != want; at++);
				if (at > count || line[at] != want) { print "not there: " want; exit 1 }
				gap = 0
			}
		}' tests/e2e/demo.transcript
}

its_first_screen_fits() {
	same "$(awk '/^## / { exit } length > 140' README.md)" ""
	[ "$(awk '/^## / { exit } { n++ } END { print n }' README.md)" -le 48 ]
}

run its_listing_is_the_demonstrations its_first_screen_fits
