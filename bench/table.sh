#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measure what bench/figures.txt lists, and write the tables into bench/README.md between its two marks.
# From the top of a tree that was built: bench/table.sh
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
page=bench/README.md

sh bench/calls.sh >"$work/values"
sh bench/locks.sh >>"$work/values"
sh bench/thread-metric.sh >>"$work/values"

awk -F ' *[|] *' '
	function grouped(n,  s) {
		s = sprintf("%d", n)
		while (match(s, /[0-9][0-9][0-9][0-9](,|$)/))
			s = substr(s, 1, RSTART) "," substr(s, RSTART + 1)
		return s
	}
	FILENAME == ARGV[1] { split($0, v, " "); mean[v[1]] = v[2]; most[v[1]] = v[3]; next }
	/^#/ || /^$/ { next }
	/^== / {
		sub(/^== /, "", $1)
		printf "\n**%s** (%s; %s)\n\n| | ours | to compare | goal |\n|---|---|---|---|\n", $1, $2, $3
		next
	}
	!($1 in mean) { print "bench/table.sh: nothing measured \"" $1 "\"" >"/dev/stderr"; failed = 1; next }
	{
		ours = grouped(mean[$1])
		if (most[$1] != "" && most[$1] != mean[$1]) ours = ours ", at most " grouped(most[$1])
		printf "| %s | %s | %s | %s |\n", $2, ours, $3, $4 == "" ? "" : $4
	}
	END { exit failed }' "$work/values" bench/figures.txt >"$work/tables"

awk -v tables="$work/tables" '
	/^<!-- end of what bench\/table.sh writes -->/ { inside = 0 }
	!inside { print }
	/^<!-- what bench\/table.sh writes -->/ { inside = 1; while ((getline line <tables) > 0) print line; print "" }
	' "$page" >"$work/page"
cp "$work/page" "$page"
cat "$work/tables"
