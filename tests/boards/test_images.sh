# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# Each board's runtime lies where its processor starts: emulators prove it for some, for the others this is all that can be.
set -eu
. tests/shell.sh
sdk=out/stage/lib/ms-sdk/boards

# fact BOARD NAME: a number of its board_facts.h.
fact() {
	echo $(($(sed -n "s/^#define BOARD_$2 //p" "out/boards/$1/board_facts.h")))
}

# word FILE OFFSET: four bytes.
word() {
	od -An -tu4 -j"$2" -N4 "$1" | tr -d ' '
}

# within NUMBER BASE SIZE
within() {
	[ "$1" -ge "$2" ] && [ "$1" -lt $(($2 + $3)) ]
}

# The stack's top is in the runtime's RAM, and not in services'; the first instruction is Thumb code in the runtime's partition, which the runtime fits into.
the_vector_table_is_where_the_processor_looks() {
	for elf in "$sdk"/*/runtime.elf; do
		board=$(basename "${elf%/runtime.elf}")
		arm-none-eabi-objcopy -O binary "$elf" "$here/image"
		[ "$(wc -c <"$here/image")" -le "$(fact "$board" RUNTIME_SIZE)" ]
		case $board in pico) at=256 ;; *) at=0 ;; esac
		sp=$(word "$here/image" $at) start=$(word "$here/image" $((at + 4)))
		echo "$board: stack $sp, start $start"
		within $((sp - 1)) "$(fact "$board" RAM_BASE)" "$(fact "$board" RAM_SIZE)"
		if within $((sp - 1)) "$(fact "$board" SERVICES_RAM_BASE)" "$(fact "$board" SERVICES_RAM_SIZE)"; then return 1; fi
		[ $((start & 1)) -eq 1 ]
		within "$start" "$(fact "$board" RUNTIME_BASE)" "$(fact "$board" RUNTIME_SIZE)"
	done
}

# checksum FILE SIZE: of so many bytes, CRC-32/MPEG-2, which the RP2040's ROM computes.
checksum() {
	crc=$((0xffffffff))
	for byte in $(od -An -v -tu1 -N"$2" "$1"); do
		crc=$((crc ^ byte << 24))
		for _ in 1 2 3 4 5 6 7 8; do
			if [ $((crc >> 31)) -eq 1 ]; then crc=$(((crc << 1 ^ 0x04c11db7) & 0xffffffff)); else crc=$((crc << 1)); fi
		done
	done
	echo "$crc"
}

# The value of "123456789" stands in each list of checksums.
the_rom_of_the_rp2040_believes_what_begins_its_flash() {
	printf '123456789' >"$here/known"
	same "$(checksum "$here/known" 9)" $((0x0376e6e7))
	arm-none-eabi-objcopy -O binary "$sdk/pico/runtime.elf" "$here/image"
	same "$(word "$here/image" 252)" "$(checksum "$here/image" 252)"
	printf 'x' | dd of="$here/image" bs=1 seek=100 conv=notrunc 2>/dev/null
	[ "$(word "$here/image" 252)" -ne "$(checksum "$here/image" 252)" ]
}

run the_vector_table_is_where_the_processor_looks the_rom_of_the_rp2040_believes_what_begins_its_flash
