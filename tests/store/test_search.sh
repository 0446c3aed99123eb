# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2046,SC2119,SC2120 # options of curl in words; options of serve may be left out
# A search in a store that is served: facets, pages, and what fits, which is what 'ms product' says of the same packages.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/store/shop.sh

# made NAME [MEMORY]: the package of a project in $scratch/NAME whose ms.yaml got its rest from standard input.
made() {
	hello "$scratch/$1" "$1"
	[ -z "${2:-}" ] || sed -i "s/^memory: .*/$2/" "$scratch/$1/ms.yaml"
	cat >>"$scratch/$1/ms.yaml"
	if ! { ms -q -C "$scratch/$1" build && ms -q -C "$scratch/$1" package; } >"$scratch/built" 2>&1; then
		cat "$scratch/built" >&2
		return 1
	fi
	echo "$scratch/$1/out/$1-1.0.0.msp"
}

ours=
packages=
begin_all() {
	# Small; more RAM than the smallest board has; a device that one board has; what another service has to provide; for one target alone.
	packages="$(printf "targets: [ v6m, v7em, v8m ]\nsummary: Reads a hall's temperature\ncategories: [ sensing, data ]\n" | made small)"
	packages="$packages $(echo 'targets: [ v6m, v7em ]' | made large 'memory: { stack: 2 KiB, heap: 64 KiB }')"
	packages="$packages $(printf 'targets: [ v6m, v7em ]\nsummary: Reads the time for a small hall\ncategories: [ time ]\nrequests:\n  devices: [ dualtimer ]\n' | made clock)"
	packages="$packages $(printf 'targets: [ v6m, v7em ]\nrequests:\n  ipc: [ { name: adder, sid: 0x48000009, version: 1, connections: false } ]\n' | made caller)"
	packages="$packages $(echo 'targets: [ v8m ]' | made newer)"
	ours=$MS_HOME/config/keys/developer.pem
}

begun() {
	serve
	same "$(claim example.org "$ours")" 201
	token=$(field token)
	for file in $packages; do
		same "$(ask /v1/publish $(with "$token") --data-binary "@$file")" 201
	done
}

# names PATH: of the services that are found.
names() {
	told 200 '' "$1"
	grep -o '"publisher":"[^"]*","name":"[^"]*"' "$here/body" | sed 's/.*"name":"//; s/"//' | tr '\n' ' '
}

# fitting PATH [CURL OPTION...]: the names of all that fit; the pages are the lines of $here/pages. One ends where it is full or has taken long enough, which on a
# busy computer is sooner: so nothing is said of a page alone, and who wants all goes on at `next` until there is none. Each page looks at one service at least.
fitting() {
	where=$1 cursor=
	shift
	: >"$here/pages"
	while [ "$cursor" != null ]; do
		told 200 '' "$where${cursor:+&cursor=$cursor}" "$@" || return 1
		{ cat "$here/body"; echo; } >>"$here/pages"
		cursor=$(sed 's/.*"next":\("\([0-9]*\)"\|\(null\)\).*/\2\3/' "$here/body")
	done
	grep -o '"publisher":"[^"]*","name":"[^"]*"' "$here/pages" | sed 's/.*"name":"//; s/"//' | tr '\n' ' '
}

facets_narrow_a_search_and_are_counted() {
	begun
	same "$(names '/v1/search?target=v8m')" 'small newer '
	same "$(names '/v1/search?q=exam&license=Apache-2.0&state=live&limit=2')" 'small large '
	cursor=$(sed 's/.*"next":"\([0-9]*\)".*/\1/' "$here/body")
	same "$(names "/v1/search?q=exam&limit=9&cursor=$cursor")" 'clock caller newer '
	says "$here/body" '"next":null'
	names '/v1/search?facets=1&limit=1' >/dev/null
	says "$here/body" '"license":[{"value":"Apache-2.0","count":5}]'
	says "$here/body" '"target":[{"value":"v6m","count":4},{"value":"v7em","count":4},{"value":"v8m","count":2}]'
	told 200 '' /v1/services/example.org/small/1.0.0/state $(with "$token") -d '{"state":"deprecated","reason":"old"}'
	same "$(names '/v1/search?state=deprecated')" 'small '
	told 400 not-understood '/v1/search?state=yanked'
	told 400 no-such-board '/v1/search?fits=toaster'
	told 200 '' '/v1/search?q=clock&facts=1'
	says "$here/body" '"devices":[{"name":"dualtimer","interrupts":1}]'
}

# integrated BOARD FILE: an integrator puts it alone on the board, grants what can be had, denies what nobody there has; "fits" or nothing.
integrated() {
	name=$(basename "$2" -1.0.0.msp)
	rm -rf "$here/door"
	mkdir "$here/door"
	ms -q -C "$here/door" product init --board "$1" --vendor acme.example >"$here/out" 2>&1
	ms -q -C "$here/door" product add "$2" --trust "$here/developer.pem" >"$here/out" 2>&1 || { says "$here/out" 'holds nothing that runs'; return 0; }
	case $name in
	clock) ms -q -C "$here/door" product grant clock dualtimer >"$here/out" 2>&1 || return 0 ;;
	caller) ms -q -C "$here/door" product deny caller adder >"$here/out" 2>&1 ;;
	esac
	if ms -q -C "$here/door" product check >"$here/out" 2>&1; then echo "$name"; fi
}

what_fits_is_what_the_product_takes() {
	begun
	ms key export >"$here/developer.pem"
	for board in microbit mps2-an386 mps2-an505; do
		: >"$here/want"
		for file in $packages; do
			integrated "$board" "$file" >>"$here/want"
		done
		same "$(fitting "/v1/search?fits=$board")" "$(tr '\n' ' ' <"$here/want")"
	done
	# All of that was seen: somebody fits, and somebody does not.
	same "$(fitting '/v1/search?fits=mps2-an386')" 'small large clock caller '
	says "$here/pages" '"name":"adder","weak":false'
	same "$(fitting '/v1/search?fits=microbit')" 'small caller '
	same "$(fitting '/v1/search?fits=mps2-an386&limit=2')" 'small large clock caller '
	[ "$(wc -l <"$here/pages")" -ge 2 ]
	while read -r page; do
		[ "$(echo "$page" | grep -o '"publisher":"' | wc -l)" -le 2 ]
	done <"$here/pages"
}

# found OPTION...: what 'ms search' says, the same of the store that is served and of its folder, which is read without asking anybody.
found() {
	ms search --store "$url" "$@" >"$here/served-says" || echo failed
	ms search --store "$here/shop" "$@" >"$here/folder-says" || echo failed
	sort "$here/served-says" >"$here/one"
	sort "$here/folder-says" | diff "$here/one" - >&2 || echo differs
	sed -n 's,^example.org/\([a-z]*\) .*,\1,p' "$here/one" | tr '\n' ' '
}

words_of_a_summary_and_categories_are_found_in_a_store_and_in_its_folder() {
	begun
	same "$(found temp)" 'small '
	says "$here/served-says" "  Reads a hall's temperature"
	same "$(found READS hall)" 'clock small '
	same "$(found hall small)" 'clock small '
	same "$(found eads)" ''
	# Sixteen words are looked at.
	same "$(found $(printf 'reads %.0s' $(seq 15)) none)" ''
	same "$(found $(printf 'reads %.0s' $(seq 16)) none)" 'clock small '
	same "$(found --category sensing)" 'small '
	same "$(found --category data reads)" 'small '
	same "$(found --category storage)" ''
	same "$(found --category time --target v7em reads)" 'clock '
	ms search --store "$url" --category time --json >"$here/out"
	says "$here/out" '"summary":"Reads the time for a small hall","categories":["time"]'
	fails 2 ms search --store "$url" --category sensng
	says "$here/out" "did you mean 'sensing'"
	# A store that was asked before it knew of words of summaries looks them up in what it has: the log and the packages.
	end_shop
	"$top/out/check/ms-store" rebuild --dir "$here/shop" >"$here/out" 2>&1
	serve
	same "$(found hall)" 'clock small '
}

what_is_no_frame_is_refused() {
	begun
	told 400 not-understood '/v1/search?limit=0' -d '{}'
	told 422 no-frame /v1/search -d '{}'
	told 422 no-frame /v1/search -d 'no'
	told 422 no-frame /v1/search -d '{"board":"mps2-an386","services":[{"vendor":"example.org"}]}'
	told 422 no-frame /v1/search -d '{"board":"toaster","services":[]}'
	same "$(fitting '/v1/search?limit=9' -d '{"board":"mps2-an505","services":[]}')" 'small large clock caller newer '
}

begin_all
run facets_narrow_a_search_and_are_counted what_fits_is_what_the_product_takes words_of_a_summary_and_categories_are_found_in_a_store_and_in_its_folder what_is_no_frame_is_refused
