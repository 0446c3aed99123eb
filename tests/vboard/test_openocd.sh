# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # a board as it is has no options
# The virtual board is a board to an unmodified OpenOCD with its unmodified scripts: probe, erase, write by the loader and
# without it, verify, reset, and what a chip does that is protected, or whose power fails.
set -eu
. tests/shell.sh
. tests/vboard/vboard.sh

# sample SIZE: so many bytes that are the same each time, and no pattern, in $here/sample.
sample() {
	openssl enc -aes-128-ctr -nosalt -K 00 -iv 00 -in /dev/zero 2>/dev/null | head -c "$1" >"$here/sample"
}

# holds OFFSET SIZE: the board has the sample there.
holds() {
	tail -c +$(($1 + 1)) "$here/flash" | head -c "$2" | cmp - "$here/sample"
}

blank() {
	tail -c +$(($1 + 1)) "$here/flash" | head -c "$2" | tr -d '\377' | cmp - /dev/null
}

it_is_recognised() {
	plug
	by_openocd init 'flash probe 0' 'flash info 0'
	says "$here/out" 'stm32f4x.cpu tap/device found: 0x4ba00477'
	says "$here/out" 'stm32f4x.bs tap/device found: 0x06413041'
	says "$here/out" 'Cortex-M4 r0p1 processor detected'
	says "$here/out" '6 breakpoints, 4 watchpoints'
	says "$here/out" 'flash size = 1024 KiB'
	says "$here/out" '# 11: 0x000e0000 (0x20000 128kB) not protected'
	says "$here/out" 'STM32F4xx'
}

a_file_is_written_verified_and_still_there_afterwards() {
	sample 20000
	plug
	by_openocd init 'halt' "flash write_image erase $here/sample 0x08004000" "verify_image $here/sample 0x08004000"
	says "$here/out" 'verified 20000 bytes'
	unplug
	holds 16384 20000
	blank 0 16384
	blank 49152 999424
}

it_is_written_without_a_loader_too() {
	sample 96
	plug
	by_openocd init halt 'stm32f4x.cpu configure -work-area-size 0' "flash write_image erase $here/sample 0x08000000" "verify_image $here/sample 0x08000000"
	says "$here/out" 'falling back to single memory accesses'
	holds 0 96
}

verifying_finds_one_wrong_bit() {
	sample 20000
	plug
	by_openocd init halt "flash write_image erase $here/sample 0x08000000"
	printf '\000' | dd of="$here/flash" bs=1 seek=12345 conv=notrunc 2>/dev/null
	fails 1 by_openocd init halt "verify_image $here/sample 0x08000000"
	says "$here/out" 'checksum mismatch'
}

memory_is_what_was_written_across_pages() {
	plug
	# shellcheck disable=SC2016 # it is OpenOCD that expands
	by_openocd init halt 'for {set i 0} {$i < 600} {incr i} { mww [expr 0x20000f00 + 4 * $i] [expr $i * 2654435761 & 0xffffffff] }' \
		"dump_image $here/dump 0x20000f00 2400" 'mwb 0x20000001 0xab' 'mwh 0x20000006 0x1234' 'mdb 0x20000001' 'mdw 0x20000004'
	same "$(od -An -tu4 -w4 -v "$here/dump" | awk '$1 != (NR - 1) * 2654435761 % 4294967296 { n++ } END { print NR, n + 0 }')" "600 0"
	says "$here/out" '0x20000001: ab'
	says "$here/out" '0x20000004: 12340000'
}

a_reset_begins_at_the_vector_table() {
	plug
	printf '\000\020\002\040\001\001\000\010\376\347' | cat - /dev/zero | head -c 1048576 >"$here/flash"
	unplug
	printf '\376\347' | dd of="$here/flash" bs=1 seek=256 conv=notrunc 2>/dev/null
	plug
	by_openocd init 'reset halt' 'reg pc' 'reg msp' 'reset run' 'sleep 50' halt 'reg pc' 'reg pc 0x08000100' 'step' 'reg pc'
	says "$here/out" 'pc (/32): 0x08000100'
	says "$here/out" 'msp: 0x20021000'
}

a_write_protected_sector_stays() {
	sample 1000
	plug --protect 1
	fails 1 by_openocd init halt "flash write_image erase $here/sample 0x08004000"
	blank 0 1048576
	by_openocd init halt 'flash probe 0' 'flash info 0'
	says "$here/out" '#  1: 0x00004000 (0x4000 16kB) protected'
}

a_read_protected_chip_shows_nothing_until_it_is_erased() {
	sample 1000
	cp "$here/sample" "$here/flash"
	truncate -s 1048576 "$here/flash"
	plug --protect-read
	fails 1 by_openocd init halt 'read_memory 0x08000000 32 1'
	by_openocd init halt 'stm32f2x unlock 0' 'reset halt' 'mdw 0x08000000'
	says "$here/out" '0x08000000: ffffffff'
	blank 0 1048576
}

the_highest_protection_is_for_ever() {
	sample 1000
	cp "$here/sample" "$here/flash"
	truncate -s 1048576 "$here/flash"
	plug --protect-read-forever
	by_openocd init halt 'catch { stm32f2x unlock 0 }'
	holds 0 1000
	fails 1 by_openocd init halt 'read_memory 0x08000000 32 1'
}

power_that_fails_leaves_half_an_operation() {
	sample 20000
	plug --cut 100
	fails 1 by_openocd init halt "flash write_image erase $here/sample 0x08000000"
	unplug
	cmp -n 194 "$here/flash" "$here/sample"
	blank 197 1048379
}

# refused COMMAND...: OpenOCD fails, however it does: one whose probe vanishes may abort.
refused() {
	if by_openocd "$@"; then
		echo "done, and should not be: $*"
		return 1
	fi
}

a_probe_that_is_unplugged_or_answers_noise_is_a_failure() {
	sample 20000
	plug --vanish 200000
	refused init halt "flash write_image erase $here/sample 0x08000000"
	plug --garbage 20000
	refused init halt "flash write_image erase $here/sample 0x08000000" "verify_image $here/sample 0x08000000"
	plug --tap-id 1ba00477
	by_openocd init || true
	says "$here/out" 'UNEXPECTED'
}

command -v openocd >/dev/null || { echo 'openocd is not here: apt-get install openocd'; exit 1; }
run it_is_recognised a_file_is_written_verified_and_still_there_afterwards it_is_written_without_a_loader_too \
	verifying_finds_one_wrong_bit memory_is_what_was_written_across_pages a_reset_begins_at_the_vector_table \
	a_write_protected_sector_stays a_read_protected_chip_shows_nothing_until_it_is_erased the_highest_protection_is_for_ever \
	power_that_fails_leaves_half_an_operation a_probe_that_is_unplugged_or_answers_noise_is_a_failure
