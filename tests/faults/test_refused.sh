#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Malformed tables, images and grants, signed by the key that the device believes: refused by ms verify and on the emulated board, by name.
# $MS: the staged ms; $BOARD; $REFUSED: the program.
. tests/shell.sh
. tests/faults/device.sh

each_mistake_is_refused_by_tool_and_board_and_named() {
	make_device
	"$REFUSED" "$dtb" "$device" "$key" "$ms"
}

run each_mistake_is_refused_by_tool_and_board_and_named
