# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2016,SC2119 # $ is gdb's; a board as it is has no options
# ms debug by script: an emulated board, and a virtual one behind OpenOCD.
set -eu
. tests/shell.sh
. tests/e2e/sdk.sh
. tests/vboard/vboard.sh

# look LINES WHAT...: a session with these commands of gdb; what it says is in $here/said.
look() {
	printf '%s\n' "$1" >"$here/look.gdb"
	shift
	timeout 120 ms debug "$@" --board netduinoplus2 --commands "$here/look.gdb" >"$here/said" 2>&1 </dev/null || { cat "$here/said"; return 1; }
}

services_and_their_threads_are_known_on_an_emulated_board() {
	crasher "$here/crasher"
	counter "$here/counter"
	look 'break poke
continue
backtrace
print where
continue
ms-threads' "$here/crasher" "$here/counter"
	says "$here/said" '#0  poke (where=0x20000000)'
	says "$here/said" '#1'
	says "$here/said" 'in main () at src/main.c:11'
	says "$here/said" '$1 = (volatile int *) 0x20000000'
	grep -q '^\*  [0-9]*  crasher thread 0, THREAD_READY, at 0x[0-9a-f]* <poke' "$here/said"
	grep -q '^   [0-9]*  counter thread 0, THREAD_[A-Z]*, at 0x' "$here/said"
	says "$here/crasher/out/run/console.txt" 'crasher info: about to fall'
}

what_was_flashed_is_debugged_through_openocd() {
	hello "$here/hello"
	plug
	timeout 250 ms flash "$here/hello" --board netduinoplus2 --probe "remote:$here/probe" --hold >"$here/out"
	look 'info symbol $pc
stepi
break board_init
continue
backtrace
info address main' "$here/hello" --probe "remote:$here/probe"
	says "$here/said" 'reset in section .text'
	says "$here/said" '#0  board_init () at boards/netduinoplus2/board.c'
	says "$here/said" '#1  reset () at runtime/arch/armm/reset.c'
	says "$here/said" 'Symbol "main" is a function at address 0x802'
}

a_board_that_does_not_answer_is_said() {
	hello "$here/hello"
	true >"$here/none.gdb"
	fails 6 timeout 120 ms debug "$here/hello" --board netduinoplus2 --probe "remote:$here/nobody" --commands "$here/none.gdb"
	says "$here/out" 'no answer from a board'
	fails 8 ms debug "$here/hello" --probe "remote:$here/nobody"
	says "$here/out" "no probe reaches the board 'mps2-an386' [MS2501]"
}

run services_and_their_threads_are_known_on_an_emulated_board what_was_flashed_is_debugged_through_openocd a_board_that_does_not_answer_is_said
