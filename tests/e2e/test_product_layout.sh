#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `ms product layout`: where everything lies, and what is said when there is no room.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/e2e/product.sh

# What it shows is what a build does.
a_layout_is_where_a_build_puts_things() {
	both
	ms product layout >"$here/layout"
	ms -q product build >"$here/out"
	tr -d '\n ' <out/product/evidence.json >"$here/evidence"
	for service in server client; do
		at=$(sed -n "s/^  \(0x[0-9a-f]*\) .* used  *$service image .*/\1/p" "$here/layout")
		says "$here/evidence" "\"placement\":{\"flash_address\":$((at)),"
		at=$(sed -n "s/^  \(0x[0-9a-f]*\) .* used  *$service RAM .*/\1/p" "$here/layout")
		says "$here/evidence" "\"ram_address\":$((at)),"
	done
	runtime=$(sed -n 's/^  0x00000000 *\([0-9]*\)  used  *runtime code$/\1/p' "$here/layout")
	head -c "$((runtime + 16))" out/product/door.bin | tail -c 16 | od -An -tx1 | grep -q 'ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff'
	table=$(sed -n 's/^  0x00018000 *\([0-9]*\)  used  *table bank a$/\1/p' "$here/layout")
	head -c $((0x18000 + table + 16)) out/product/door.bin | tail -c 16 | od -An -tx1 | grep -q '^\( ff\)*$'
}

# sums MEMORY: sizes of its pieces, added up by others' hands, and what the result says of it.
sums() {
	same "$(sed -n "s/.*\"type\":\"layout_piece\",\"memory\":\"$1\".*\"size\":\([0-9]*\).*/\1/p" "$here/json" | awk '{ sum += $1 } END { printf "%.0f\n", sum }')" "$2"
}

programs_get_the_same_pieces() {
	both
	ms product layout --json >"$here/json"
	sums flash $((4 << 20))
	sums RAM $((4 << 20))
	same "$(grep -c '"kind":"wasted"' "$here/json")" "$(ms product layout | grep -c '  wasted  ')"
}

# A picture for everybody: well-formed, nothing from elsewhere, no program, words for those who do not see it.
the_picture_stands_alone() {
	both
	sed -i 's/^version: .*/version: 1.0.0/' product.yaml
	ms -q product layout --svg "$here/l.svg" >"$here/out"
	ms -q product layout --svg - >"$here/again.svg"
	cmp "$here/l.svg" "$here/again.svg"
	! command -v xmllint >/dev/null || xmllint --noout "$here/l.svg"
	for what in '<script' 'href' 'url(http' '@import' '<image' 'onload'; do lacks "$here/l.svg" "$what"; done
	says "$here/l.svg" 'role="img" aria-labelledby="title what"'
	says "$here/l.svg" '<title id="title">door 1.0.0 on mps2-an386</title>'
	says "$here/l.svg" '<title>client image, used: '
	says "$here/l.svg" 'prefers-color-scheme:dark'
	same "$(grep -c '<rect class="[a-z0-9]*" x="24" y="[0-9]*" width="12"' "$here/l.svg")" "$(ms product layout | grep -c '^  0x')"
}

# A service with much heap, twice.
too_much_is_told_what_to_cut() {
	mkdir "$here/p"
	cd "$here/p"
	for name in big other; do
		hello "$name" "$name"
		sed -i 's/heap: 1 KiB/heap: 60 KiB/' "$name/ms.yaml"
		ms -q package "$name" -o "$name.msp"
	done
	ms key export >me.pem
	ms -q product init --name big --board netduinoplus2
	ms -q product add big.msp --trust me.pem >"$here/out"
	ms -q product add other.msp >"$here/out"
	fails 8 ms product layout
	says "$here/out" "netduinoplus2 has 114688 bytes of RAM for services, "
	says "$here/out" " too few; most take "
	says "$here/out" "rounding up costs '"
	says "$here/out" " bytes or less all fits"
	room=$(sed -n "s/.*with '[a-z]*' at \([0-9]*\) bytes or less.*/\1/p" "$here/out")
	sed -i "s/heap: 60 KiB/heap: $((room - 2 * 1024 - 512))/" other/ms.yaml
	ms -q package other -o small.msp
	ms -q product init again --board netduinoplus2
	cd again
	ms -q product add ../big.msp --trust ../me.pem >"$here/out"
	ms -q product add ../small.msp >"$here/out"
	ms -q product layout >"$here/out"
}

shelf
run a_layout_is_where_a_build_puts_things programs_get_the_same_pieces the_picture_stands_alone too_much_is_told_what_to_cut
