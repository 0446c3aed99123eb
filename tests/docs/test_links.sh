#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Links between pages lead somewhere, and what pages name is there.
set -eu
. tests/shell.sh

pages() {
	git ls-files -co --exclude-standard -- '*.md'
}

# The anchor that a heading gets.
anchors() {
	sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed -e 's/[^a-z0-9 _-]//g' -e 's/ /-/g'
}

# FILE TARGET for each link that stays in the tree.
links() {
	pages | while read -r page; do
		grep -o '](\([^)]*\))' "$page" | sed -e 's/^](//' -e 's/)$//' | while read -r target; do
			case $target in http*) ;; *) echo "$page $target" ;; esac
		done
	done
}

every_link_leads_somewhere() {
	links >"$here/links"
	[ "$(wc -l <"$here/links")" -gt 20 ]
	while read -r page target; do
		file=${target%%#*} anchor=
		case $target in *#*) anchor=${target#*#} ;; esac
		if [ -n "$file" ]; then file=$(dirname "$page")/$file; else file=$page; fi
		[ -e "$file" ] || { echo "$page: there is no '$target'"; continue; }
		[ -z "$anchor" ] || anchors "$file" | grep -qx -- "$anchor" || echo "$page: '$file' has no heading '$anchor'"
	done <"$here/links" >"$here/broken"
	same "$(cat "$here/broken")" ""
}

# Files of this tree that pages name in code spans: `folder/file.c`.
every_file_that_is_named_is_there() {
	span=$(printf '\140[a-z0-9_./-]*\140')
	pages | while read -r page; do
		grep -o "$span" "$page" | tr -d '\140' | sort -u | while read -r name; do
			case $name in
			base/* | boards/* | cli/* | docs/* | examples/* | format/* | hostsim/* | ninja/* | product/* | runtime/* | scripts/* | \
				sdk/* | templates/* | third-party/* | tests/*/*)
				[ -e "$name" ] || [ -e "$(dirname "$page")/$name" ] || echo "$page: there is no '$name'" ;;
			esac
		done
	done >"$here/missing"
	same "$(cat "$here/missing")" ""
}

# A page that nobody finds: every one is linked from another.
every_page_is_linked() {
	links | while read -r page target; do
		[ -z "${target%%#*}" ] || realpath -m --relative-to=. "$(dirname "$page")/${target%%#*}"
	done | sort -u >"$here/linked"
	pages | grep -v -e '^README.md$' -e '^templates/' -e '^docs/README.md$' -e '^docs/decisions/' -e '^docs/changes/' | while read -r page; do
		grep -qx -e "$page" -e "$(dirname "$page")" "$here/linked" || echo "$page"
	done >"$here/alone"
	same "$(cat "$here/alone")" ""
}

run every_link_leads_somewhere every_file_that_is_named_is_there every_page_is_linked
