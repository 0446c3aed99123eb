#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Single flipped bits in the signed parts of a device's flash, on the emulated board; drawn from a seed.
# $MS: the staged ms; $FLIPS: the program; $COUNT: how many (16), in two runs side by side.
. tests/shell.sh
ms=$PWD/$MS
export MS_HOME="$scratch/home"

# A device of two services that each log a line at once.
make_device() {
	mkdir "$here/product"
	for name in first second; do
		mkdir -p "$here/product/$name/src"
		printf '%s\n' "name: $name" 'vendor: attack.example' 'version: 1.0.0' 'license: Apache-2.0' \
			'targets: [ v7em ]' 'memory: { stack: 1 KiB, heap: 0 }' >"$here/product/$name/ms.yaml"
		printf '#include <SysCall.h>\nint main(void)\n{\n\tLOG_INFO("%s runs");\n\treturn 0;\n}\n' "$name" >"$here/product/$name/src/main.c"
	done
	printf '%s\n' 'name: flips' 'vendor: attack.example' 'services:' \
		'  - { path: first }' '  - { path: second }' >"$here/product/product.yaml"
	"$ms" -C "$here/product" run --fast --timeout 60 --until 'all services'
}

each_flipped_bit_keeps_what_it_belongs_to_from_starting_and_nothing_else() {
	make_device
	board=$(dirname "$MS")/../lib/ms-sdk/boards/mps2-an386/board.dtb
	cp "$here/product/out/run/mps2-an386.bin" "$here/2.bin"
	cp "$here/product/out/run/mps2-an386.bin" "$here/1.bin"
	"$FLIPS" "$board" "$here/1.bin" "$((${COUNT:-16} / 2))" 1 >"$here/1.log" &
	other=$!
	"$FLIPS" "$board" "$here/2.bin" "$((${COUNT:-16} / 2))" 2 >"$here/2.log" || { cat "$here/2.log"; wait "$other"; return 1; }
	wait "$other" || { cat "$here/1.log"; return 1; }
	cat "$here/1.log" "$here/2.log"
}

run each_flipped_bit_keeps_what_it_belongs_to_from_starting_and_nothing_else
