# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2119 # a board as it is has no options
# Each board with a chip that the virtual board can be is flashed by ms flash, through an unmodified OpenOCD with its driver
# for the chip; what has a near machine in QEMU boots what the flash then holds.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/vboard/vboard.sh

# flashed BOARD CHIP: a service is flashed and verified, and nothing is left to do; the runtime and each other byte are in the flash.
flashed() {
	hello "$here/hello"
	plug --chip "$2"
	timeout 280 ms flash --board "$1" --probe "remote:$here/probe" "$here/hello" >"$here/out"
	says "$here/out" "$1 flashed and verified: "
	cmp -n "$(wc -c <"$here/hello/out/run/$1.bin")" "$here/flash" "$here/hello/out/run/$1.bin"
	timeout 280 ms flash --board "$1" --probe "remote:$here/probe" "$here/hello" >"$here/out"
	says "$here/out" "$1 has it already: "
}

# boots LINE: what the flash holds, in QEMU's nearest machine, where the console is that serial line.
boots() {
	unplug
	before=$(seq "$1" | sed 's/.*/-serial null/')
	# shellcheck disable=SC2086 # a list of words
	timeout 150 qemu-system-arm -M netduinoplus2 -nodefaults -nic none -display none -monitor none $before -serial stdio -icount shift=5,sleep=off \
		-device "loader,file=$here/flash,addr=0x08000000,force-raw=on" >"$here/console" 2>"$here/err" </dev/null &
	qemu=$!
	soon grep -q 'hello info: Hello' "$here/console"
	kill "$qemu"
}

# refused BOARD CHIP SENTENCE: it is another chip than the board's, and nothing is changed.
refused() {
	rm -f "$here/flash"
	head -c 100 /dev/zero >"$here/zero.bin"
	plug --chip "$2"
	fails "$4" timeout 280 ms flash --board "$1" --probe "remote:$here/probe" "$here/zero.bin"
	says "$here/out" "$3"
	tr -d '\377' <"$here/flash" | cmp - /dev/null
}

an_stm32f407_is_flashed_and_boots() {
	flashed stm32f4-discovery f407
	boots 1
}

an_stm32f446_is_flashed_and_boots() {
	flashed nucleo-f446re f446
	boots 1
}

# No machine of QEMU's has a chip of this kind: so it is only flashed.
an_stm32f746_is_flashed() {
	flashed stm32f7-discovery f746
}

an_stm32f767_is_flashed() {
	flashed nucleo-f767zi f767
}

a_chip_of_another_board_is_left_alone() {
	refused stm32f4-discovery f446 "the chip says that it is 0x421, and that of the board 'stm32f4-discovery' is 0x413 [MS2505]" 8
	refused stm32f7-discovery f767 "the chip says that it is 0x451, and that of the board 'stm32f7-discovery' is 0x449 [MS2505]" 8
	refused nucleo-f446re f407 "the chip says that it is 0x413, and that of the board 'nucleo-f446re' is 0x421 [MS2505]" 8
}

run an_stm32f407_is_flashed_and_boots an_stm32f446_is_flashed_and_boots an_stm32f746_is_flashed an_stm32f767_is_flashed \
	a_chip_of_another_board_is_left_alone
