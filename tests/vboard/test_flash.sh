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
	timeout 150 qemu-system-arm -M netduinoplus2 -nodefaults -nic none -display none -monitor none -serial stdio -icount shift=5,sleep=off \
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

# release NAME VERSION SEQUENCE: a product with another's service of that version, built into $here/NAME/out/product.
release() {
	hello "$here/$1/src"
	sed -i "s/^version: .*/version: $2/" "$here/$1/src/ms.yaml"
	MS_HOME=$here/developer ms -q package "$here/$1/src" -o "$here/$1/hello.msp"
	MS_HOME=$here/developer ms key export >"$here/developer.pem"
	ms -q -C "$here/$1" product init --board netduinoplus2 --name door --vendor acme.example
	sed -i "s/^board/sequence: $3\nboard/" "$here/$1/product.yaml"
	ms -q -C "$here/$1" product add hello.msp --trust "$here/developer.pem"
	ms -q -C "$here/$1" product build
}

# What was released is flashed in each of its forms, for the board that it says; what it replaces is told.
what_was_released_is_flashed_and_nothing_older_unasked() {
	release one 1.0.0 1
	release two 1.1.0 2
	plug
	timeout 250 ms flash "$here/one/out/product" --probe "remote:$here/probe" >"$here/out"
	says "$here/out" 'netduinoplus2 flashed and verified'
	cmp -n "$(wc -c <"$here/one/out/product/door.bin")" "$here/flash" "$here/one/out/product/door.bin"
	for form in hex elf bin; do
		flash --dry-run "$here/one/out/product/door.$form" >"$here/out"
		says "$here/out" '0 of '
	done
	timeout 250 ms flash "$here/two/out/product/door.hex" --probe "remote:$here/probe" >"$here/out"
	says "$here/out" "the board holds a table of 1 services, sequence 1; the image's has the sequence 2"
	says "$here/out" '  hello 1.0.0 -> 1.1.0'
	cp "$here/flash" "$here/before"
	fails 7 flash "$here/one/out/product"
	says "$here/out" "the board holds what is newer: its table has the sequence 2, and the image's has 1 [MS2511]"
	cmp "$here/flash" "$here/before"
	flash --downgrade --json "$here/one/out/product" >"$here/out"
	says "$here/out" '{"v":1,"type":"replacement","service":"hello","from":"1.1.0","to":"1.0.0"}'
	printf 'x' | dd of="$here/one/out/product/door.bin" bs=1 seek=40000 conv=notrunc 2>/dev/null
	fails 7 flash "$here/one/out/product"
	says "$here/out" 'is not the file of its evidence'
	fails 8 ms flash "$here/two/out/product/door.elf" --board mps2-an386 --probe "remote:$here/probe"
	says "$here/out" "is a device image for 'netduinoplus2', and not for 'mps2-an386' [MS2510]"
}

files_that_are_none_are_refused_with_their_place() {
	plug
	printf ':10000000' >"$here/cut.hex"
	fails 7 flash "$here/cut.hex"
	says "$here/out" 'cut.hex:1:1'
	printf ':020000042000DA\n:0100000000FF\n:00000001FF\n' >"$here/ram.hex"
	fails 7 flash "$here/ram.hex"
	says "$here/out" 'ram.hex:2:1'
	says "$here/out" 'an address outside of the flash'
	head -c 100 out/boards/netduinoplus2/runtime.elf >"$here/cut.elf"
	fails 7 flash "$here/cut.elf"
	fails 8 flash out/boards/mps2-an386/runtime.elf
	says "$here/out" 'has a segment outside the flash of netduinoplus2'
	blank
}

# Written as it is it would only take the place of what runs.
what_is_plainly_no_device_image_is_not_written() {
	hello "$here/hello"
	ms -q package "$here/hello" -o "$here/hello.msp" >"$here/out" 2>&1
	ms key export >"$here/key.pem"
	echo 'not yet' >"$here/later.hex"
	fails 2 flash "$here/hello.msp"
	says "$here/out" "hello.msp' is no device image: package [MS1010]"
	fails 2 flash "$here/key.pem"
	fails 7 flash "$here/later.hex"
	says "$here/out" "is no Intel HEX file, as its name says [MS1602]"
	fails 1 flash "$here/nowhere.bin"
	says "$here/out" "cannot open '$here/nowhere.bin'"
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

# After how long silence ends it: '--timeout SECONDS', or what ms flash does by itself.
limit=''

# broken WHERE OPTION...: what breaks off there is told, and the same command completes it.
broken() {
	where=$1
	shift
	rm -f "$here/flash"
	plug "$@"
	# shellcheck disable=SC2086 # an option and its value, or nothing
	fails 6 flash "$here/sample.bin" $limit
	says "$here/out" "$where"
	plug
	flash "$here/sample.bin" >"$here/out"
	says "$here/out" 'flashed and verified'
	holds
}

# 7,232 bytes in the third sector: an erasure and 3,616 halfwords; then its checksum, then the second sector.
an_unplugged_probe_leaves_a_state_that_is_told() {
	sample 40000
	plug --vanish 3000
	fails 6 flash "$here/sample.bin"
	says "$here/out" 'nothing was changed'
	blank
	third='flashing broke off after 0 of 3 sectors, and the sector at 0x08008000 is not whole (the probe is gone) [MS2508]'
	broken "$third" --after 1 --vanish 1
	broken "$third" --after 900 --vanish 100
	broken "$third" --after 3617 --vanish 3000
	broken 'after 1 of 3 sectors, and the sector at 0x08004000 is not whole (the probe is gone) [MS2508]' --after 3618 --vanish 1
}

noise_and_silence_in_the_middle_are_told() {
	sample 40000
	broken 'after 0 of 3 sectors, and the sector at 0x08008000 is not whole (' --after 900 --garbage 100
	limit='--timeout 20'
	broken 'the sector at 0x08008000 is not whole (nothing happened for 20 s) [MS2508]' --after 900 --hang 100
}

# Each sector is told as it is done, not at the end.
a_slow_probe_is_shown_to_get_on() {
	sample 70000
	plug --slow 1000
	flash --json "$here/sample.bin" >"$here/out" &
	flashing=$!
	soon grep -q '"is":"different"' "$here/out"
	soon grep -q '"is":"written"' "$here/out"
	lacks "$here/out" '"type":"result"'
	wait "$flashing"
	says "$here/out" '"written":5'
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
	says "$here/out" 'does not say which board it is for'
	fails 2 flash "$here/sample.bin" --timeout 0
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

# Golden: what is told about each board that a probe reaches, which OpenOCD understands; written anew with UPDATE=1.
openocd_is_told_what_the_board_s_facts_say() {
	ms board list | sed -n '/flashed/s/ .*//p' >"$here/boards"
	[ "$(wc -l <"$here/boards")" -ge 3 ]
	while read -r board; do
		probes='stlink:066DFF495056 cmsis-dap jlink remote:localhost:9999'
		case $(fdtget -d '' "$MS_SDK/boards/$board/board.dtb" /debug ms,openocd-transport) in
		swd) probes=${probes% *} unfit=remote:localhost:9999 ;;
		swd-multidrop) probes=cmsis-dap unfit='stlink jlink remote:localhost:9999' ;;
		*) unfit= ;;
		esac
		for probe in $unfit; do
			fails 2 ms flash --board "$board" --probe "$probe" --show-config
			says "$here/out" "'$probe' cannot reach the chip of '$board', which has only SWD"
		done
		for probe in $probes; do
			ms flash --board "$board" --probe "$probe" --show-config | tee "$here/one.cfg"
			timeout 60 openocd -f "$here/one.cfg" -c shutdown >"$here/said" 2>&1 </dev/null || { cat "$here/said" >&2; return 1; }
			echo
		done >"$here/config"
		[ -z "${UPDATE:-}" ] || cp "$here/config" "tests/golden/openocd/$board.cfg"
		diff -u "tests/golden/openocd/$board.cfg" "$here/config"
	done <"$here/boards"
}

run what_is_plainly_no_device_image_is_not_written openocd_is_told_what_the_board_s_facts_say what_cannot_be_meant_is_refused_at_once files_that_are_none_are_refused_with_their_place \
	what_is_flashed_boots what_was_released_is_flashed_and_nothing_older_unasked only_what_changed_is_written \
	all_is_erased_if_asked_for nothing_is_erased_on_a_wrong_chip a_read_protected_chip_is_never_unlocked_without_a_word \
	an_unplugged_probe_leaves_a_state_that_is_told noise_and_silence_in_the_middle_are_told a_slow_probe_is_shown_to_get_on \
	power_that_fails_and_sectors_that_fail_are_told noise_is_no_answer
