#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Single flipped bits in the signed parts of a device's flash, on the emulated board; drawn from a seed.
# $MS: the staged ms; $FLIPS: the program; $COUNT: how many (16), in two runs side by side.
BOARD=mps2-an386
. tests/shell.sh
. tests/faults/device.sh

each_flipped_bit_keeps_what_it_belongs_to_from_starting_and_nothing_else() {
	make_device
	cp "$device" "$here/2.bin"
	cp "$device" "$here/1.bin"
	"$FLIPS" "$dtb" "$here/1.bin" "$((${COUNT:-16} / 2))" 1 >"$here/1.log" &
	other=$!
	"$FLIPS" "$dtb" "$here/2.bin" "$((${COUNT:-16} / 2))" 2 >"$here/2.log" || { cat "$here/2.log"; wait "$other"; return 1; }
	wait "$other" || { cat "$here/1.log"; return 1; }
	cat "$here/1.log" "$here/2.log"
}

run each_flipped_bit_keeps_what_it_belongs_to_from_starting_and_nothing_else
