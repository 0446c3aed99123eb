# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2164 # $top and $here are tests/shell.sh's; a test ends where a command fails
# Sourced after tests/shell.sh and tests/e2e/sdk.sh by tests of examples.

# example NAME: a copy in $here, as somebody who begins with it has it.
example() {
	cp -R "$top/examples/$1" "$here/$1"
	if grep -rqsF ../../services "$here/$1"; then cp -R "$top/services" "$scratch"; fi
	find "$here/$1" "$scratch/services" -name out -prune -exec rm -rf {} + 2>/dev/null || :
	cd "$here/$1"
}

# in_order FILE TEXT...: each text is in a line of the file, behind the line of the one before.
in_order() {
	file=$1 line=0
	shift
	for text in "$@"; do
		next=$(awk -v text="$text" -v after="$line" 'NR > after && index($0, text) { print NR; exit }' "$file")
		[ -n "$next" ] || { cat "$file"; echo "not said, or not there: $text"; return 1; }
		line=$next
	done
}

# line_of FILE TEXT: FILE:LINE of the only line that holds the text.
line_of() {
	same "$(grep -cF -- "$2" "$1")" 1
	echo "$1:$(grep -nF -- "$2" "$1" | cut -d: -f1)"
}

# packs FOLDER: it makes a package that is good.
packs() {
	ms -C "$1" package >"$here/packed"
	ms verify "$1"/out/*.msp >"$here/verified"
	says "$here/verified" ": good: "
}
