#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Single disturbed instructions in the start of a device with something wrong: what is refused stays refused.  A runtime
# that decides once and seals nothing does not pass.
# $MS: the staged ms; $BOARD; $SKIP: the program; $RUNTIME: the runtime's ELF file; $WEAK: that other's.
# $CASES: of tests/faults/cases.c; $SAMPLE: every how manieth instruction; $MOST: how often each.
. tests/shell.sh
. tests/faults/device.sh

# disturb CASE HOW: two halves side by side.
disturb() {
	"$SKIP" "$dtb" "$device" "$key" "$here/symbols" "$1" "$2" "$MOST" "$SAMPLE" "$((SAMPLE * 2))" >"$here/half" 2>&1 &
	other=$!
	status=0
	"$SKIP" "$dtb" "$device" "$key" "$here/symbols" "$1" "$2" "$MOST" 0 "$((SAMPLE * 2))" 2>&1 || status=$?
	wait "$other" || status=$?
	cat "$here/half"
	return "$status"
}

no_disturbed_instruction_starts_what_is_refused() {
	make_device
	arm-none-eabi-nm "$RUNTIME" >"$here/symbols"
	for case in $CASES; do
		echo "$case:"
		disturb "$case" skip,turn,zero,one || return 1
	done
}

# What decides once is caught: the programs above can see.
a_runtime_that_decides_once_is_found_out() {
	make_device
	arm-none-eabi-objcopy -O binary "$WEAK" "$here/weak.bin"
	dd if="$here/weak.bin" of="$device" conv=notrunc status=none
	arm-none-eabi-nm "$WEAK" >"$here/symbols"
	status=0
	SAMPLE=1 MOST=1 disturb image turn >"$here/found" || status=$?
	cat "$here/found"
	[ "$status" -eq 1 ] && grep -q '^survived: turn' "$here/found"
}

run no_disturbed_instruction_starts_what_is_refused a_runtime_that_decides_once_is_found_out
