# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # $top and $here are those of tests/shell.sh
# Sourced by the tests of servers: problems that one answers, as they are written in its C files, and the rows that say what to do about each.

# rows FILE: "TITLE|FIX" of each.
rows() {
	sed -n 's/^PROBLEM("\([^"]*\)", "\(.*\)")$/\1|\2/p' "$1"
}

# have_rows FOLDER LEAST OTHERS [TITLE...]: each title in the code has its row and each row a title, which are more than LEAST. OTHERS, as a|b: words there that are
# no titles; TITLE: one that is answered and stands nowhere as a word.
# Statement by statement, since a call may have several lines: what is written there as one word in small letters is a title.
have_rows() {
	folder=$top/$1 least=$2 others=$3
	shift 3
	for file in "$folder"/*.c "$top"/base/net/*.c; do tr '\n;' ' \n' <"$file"; done |
		grep -E '(call_problem|call_refuse|call_failed|order_refuse|send_found)\(|[^_a-z]refuse\(c, MHD_' | grep -oE '"[a-z]+(-[a-z]+)*"' | tr -d '"' | sort -u >"$here/titles"
	[ "$(wc -l <"$here/titles")" -gt "$least" ]
	{ grep -vxE "$others" "$here/titles"; [ $# -eq 0 ] || printf '%s\n' "$@"; } | sort -u >"$here/all"
	{ rows "$folder/problems.def"; rows "$top/base/net/call_problems.def"; } >"$here/rows"
	cut -d'|' -f1 "$here/rows" | sort -u | diff "$here/all" -
	same "$(rows "$folder/problems.def" | cut -d'|' -f1 | sort | uniq -d)" ''
	# Each says something, as the other fixes do: in small letters, and without a full stop.
	if grep -vE '^[a-z-]+\|[a-z'"'"'].{12,}[^.]$' "$here/rows"; then return 1; fi
}
