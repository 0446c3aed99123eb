# SPDX-License-Identifier: Apache-2.0
# Read by the scripts whose figures stand in a page.

# into_page PAGE SCRIPT FILE: what stands between the marks "what SCRIPT writes" and "end of what SCRIPT writes" becomes this file's content.
into_page() {
	awk -v from="<!-- what $2 writes -->" -v to="<!-- end of what $2 writes -->" -v tables="$3" '
		$0 == to { inside = 0; found = 1 }
		!inside { print }
		$0 == from { inside = 1; print ""; while ((getline line <tables) > 0) print line; print "" }
		END { exit !found }' "$1" >"$3.page" || { echo "$2: '$1' has no place for it" >&2; return 1; }
	cp "$3.page" "$1"
}
