# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # tests/shell.sh sets top
# Sourced after tests/shell.sh: the store's pages from the samples in tests/store/pages, NAME.json or NAME_WHAT.json for the page NAME.

samples=$top/tests/store/pages

# pages FOLDER: all of them, and the files that they refer to.
pages() {
	for sample in "$samples"/*.json; do
		name=$(basename "$sample" .json)
		"$PAGE" "${name%%_*}" "$sample" >"$1/$name.html"
	done
	for file in style.css icon.svg; do
		"$PAGE" "$file" >"$1/$file"
	done
}
