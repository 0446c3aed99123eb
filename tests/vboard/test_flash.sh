# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # a board as it is has no options
# ms flash, through an unmodified OpenOCD, to a virtual board; what that holds is booted.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/vboard/vboard.sh

# flash WHAT...: it to the board of this test.
flash() {
	timeout 250 ms flash --board netduinoplus2 --probe "remote:$here/probe" "$@"
}

# sample SIZE [KEY]: so many bytes that are the same each time, and no pattern, in $here/sample.bin.
sample() {
	openssl enc -aes-128-ctr -nosalt -K "${2:-00}" -iv 00 -in /dev/zero 2>/dev/null | head -c "$1" >"$here/sample.bin"
}

# holds: the board has the sample, and nothing else.
holds() {
	size=$(wc -c <"$here/sample.bin")
	cmp -n "$size" "$here/flash" "$here/sample.bin"
	tail -c +$((size + 1)) "$here/flash" | tr -d '\377' | cmp - /dev/null
}

blank() {
	tr -d '\377' <"$here/flash" | cmp - /dev/null
}

what_is_flashed_boots() {
	hello "$here/hello"
	plug
	flash "$here/hello" >"$here/out"
	says "$here/out" 'netduinoplus2 flashed and verified: 5 of 6 sectors written'
	unplug
	timeout 60 qemu-system-arm -M netduinoplus2 -nodefaults -nic none -display none -monitor none -serial stdio -icount shift=5,sleep=off \
		-device "loader,file=$here/flash,addr=0x08000000,force-raw=on" >"$here/console" 2>"$here/err" </dev/null &
	qemu=$!
	soon grep -q 'hello info: Hello' "$here/console"
	kill "$qemu"
}

only_what_changed_is_written() {
	sample 70000
	plug
	flash --dry-run "$here/sample.bin" >"$here/out"
	says "$here/out" '5 of 5 sectors would be written'
	blank
	flash "$here/sample.bin" >"$here/out"
	says "$here/out" '5 of 5 sectors written, 131072 bytes'
	holds
	flash "$here/sample.bin" >"$here/out"
	says "$here/out" 'has it already: 5 sectors'
	printf 'x' | dd of="$here/sample.bin" bs=1 seek=40000 conv=notrunc 2>/dev/null
	flash --json "$here/sample.bin" >"$here/out"
	says "$here/out" '{"v":1,"type":"sector","address":"0x08008000","size":16384,"is":"written"}'
	says "$here/out" '"sectors":5,"changed":1,"written":1,"written_size":16384'
	holds
}

all_is_erased_if_asked_for() {
	sample 100
	plug
	printf 'old' | dd of="$here/flash" bs=1 seek=900000 conv=notrunc 2>/dev/null
	flash "$here/sample.bin" >"$here/out"
	fails 1 holds
	flash --erase "$here/sample.bin" >"$here/out"
	holds
}

nothing_is_erased_on_a_wrong_chip() {
	sample 100
	plug --chip-id 10036411
	fails 8 flash "$here/sample.bin"
	says "$here/out" "the chip says that it is 0x411, and that of the board 'netduinoplus2' is 0x413 [MS2505]"
	plug --flash-kb 64
	sample 70000
	fails 8 flash "$here/sample.bin"
	says "$here/out" 'the chip says that its flash has 64 KiB [MS2507]'
	plug --tap-id 1ba00477
	fails 6 flash "$here/sample.bin"
	says "$here/out" 'the debug port behind the probe is not that of the board'
	blank
}

a_read_protected_chip_is_never_unlocked_without_a_word() {
	sample 3000 01
	cp "$here/sample.bin" "$here/flash"
	truncate -s 1048576 "$here/flash"
	cp "$here/flash" "$here/before"
	sample 3000 02
	plug --protect-read-forever
	fails 6 flash --recover "$here/sample.bin"
	says "$here/out" 'the chip is protected against debuggers for ever [MS2506]'
	plug --protect-read
	fails 6 flash "$here/sample.bin"
	says "$here/out" 'the chip is read-protected [MS2506]'
	says "$here/out" 'ms flash --recover'
	fails 6 flash --erase "$here/sample.bin"
	cmp "$here/flash" "$here/before"
	flash --recover "$here/sample.bin" >"$here/out"
	holds
}

# Wherever the cable is pulled: the message says what the board holds, and the same command completes it.
an_unplugged_probe_leaves_a_state_that_is_told() {
	sample 40000
	broken=0
	for bytes in 3000 200000 500000 700000; do
		rm -f "$here/flash"
		plug --vanish "$bytes"
		got=0
		flash "$here/sample.bin" >"$here/out" 2>&1 || got=$?
		[ "$got" -ne 0 ] || continue
		same "$got" 6
		if grep -q 'nothing was changed' "$here/out"; then
			blank
		else
			says "$here/out" 'flashing broke off after '
			says "$here/out" ' is not whole (the probe is gone) [MS2508]'
			broken=$((broken + 1))
		fi
	done
	[ "$broken" -ge 1 ]
	plug
	flash "$here/sample.bin" >"$here/out"
	holds
}

power_that_fails_and_sectors_that_fail_are_told() {
	sample 40000
	plug --cut 5000
	fails 6 flash "$here/sample.bin"
	says "$here/out" '[MS2508]'
	plug
	flash "$here/sample.bin" >"$here/out"
	holds
	sample 40000 01
	plug --protect 1
	fails 6 flash "$here/sample.bin"
	says "$here/out" 'the sector at 0x08004000 is not whole'
	fails 1 cmp "$here/flash" "$here/sample.bin"
}

noise_is_no_answer() {
	sample 40000
	plug --garbage 1
	fails 6 flash "$here/sample.bin"
	says "$here/out" 'nothing was changed'
	blank
}

what_cannot_be_meant_is_refused_at_once() {
	plug
	truncate -s 1048577 "$here/big.bin"
	fails 8 flash "$here/big.bin"
	says "$here/out" "the device image has 1048577 bytes, and the flash of 'netduinoplus2' 1048576 [MS2507]"
	true >"$here/empty.bin"
	fails 8 flash "$here/empty.bin"
	sample 100
	fails 2 ms flash "$here/sample.bin" --probe "remote:$here/probe"
	fails 8 ms flash "$here/sample.bin" --board mps2-an386 --probe "remote:$here/probe"
	says "$here/out" 'no probe reaches it [MS2501]'
	for name in usb stlink:a/b remote: 'remote:host:0' 'remote::1' 'stlink:a b'; do
		fails 2 ms flash "$here/sample.bin" --board netduinoplus2 --probe "$name"
		says "$here/out" '[MS2503]'
	done
	fails 6 ms flash "$here/sample.bin" --board netduinoplus2 --probe "remote:$here/nobody"
	says "$here/out" 'nothing was changed'
	blank
}

# Golden: what is told about each board; written anew with UPDATE=1.
openocd_is_told_what_the_board_s_facts_say() {
	for config in tests/golden/openocd/*.cfg; do
		board=$(basename "$config" .cfg)
		for probe in stlink:066DFF495056 cmsis-dap jlink remote:localhost:9999; do
			ms flash --board "$board" --probe "$probe" --show-config
			echo
		done >"$here/config"
		[ -z "${UPDATE:-}" ] || cp "$here/config" "tests/golden/openocd/$board.cfg"
		diff -u "tests/golden/openocd/$board.cfg" "$here/config"
	done
}

run openocd_is_told_what_the_board_s_facts_say what_cannot_be_meant_is_refused_at_once what_is_flashed_boots only_what_changed_is_written \
	all_is_erased_if_asked_for nothing_is_erased_on_a_wrong_chip a_read_protected_chip_is_never_unlocked_without_a_word \
	an_unplugged_probe_leaves_a_state_that_is_told power_that_fails_and_sectors_that_fail_are_told noise_is_no_answer
