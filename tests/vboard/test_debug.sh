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
	says "$here/said" '#0  board_init () at boards/stm32/stm32.c'
	says "$here/said" '#1  reset () at runtime/arch/armm/reset.c'
	says "$here/said" 'Symbol "main" is a function at address 0x802'
}

# look_back FILE LINES: a session with the record in FILE.
look_back() {
	printf '%s\n' "$2" >"$here/look.gdb"
	timeout 120 ms debug --crash "$1" --board netduinoplus2 --commands "$here/look.gdb" >"$here/said" 2>&1 </dev/null || { cat "$here/said"; return 1; }
}

# A service that falls three calls deep.
deep() {
	project "$1" deep <<-'END'
	#include <SysCall.h>

	#define ALONE __attribute__((noinline, noclone))

	ALONE static int poke(volatile int *where)
	{
		return *where = 1;
	}

	ALONE static int middle(int *where)
	{
		return poke(where) + 1;
	}

	ALONE static int outer(int *where)
	{
		return middle(where) + 2;
	}

	int main(void)
	{
		LOG_INFO("about to fall");
		return outer((int *)0x20000000) + 3;
	}
	END
}

# Who called is on the stack; what a record does not hold is not made up.
a_record_is_looked_into_after_the_fact() {
	deep "$here/deep"
	cd "$here/deep"
	timeout 120 ms run --board netduinoplus2 --fast --timeout 20 --until restart >"$here/out" 2>&1
	look_back out/run/crashes.log 'backtrace
info registers
x/i $pc'
	grep -q '^#0  .*poke (where=' "$here/said"
	grep -q '^#1  .* in middle (where=' "$here/said"
	grep -q '^#2  .* in outer (where=' "$here/said"
	grep -q '^#3  .* in main () at src/main.c:23' "$here/said"
	grep -q '^r4  *<unavailable>' "$here/said"
	grep -q '^=> 0x802.* <poke.*>:.*str' "$here/said"
	says "$here/said" 'other registers, variables and other threads are not in it'
	echo 'x/xw $sp - 64' >"$here/look.gdb"
	fails 1 timeout 120 ms debug --crash out/run/crashes.log --board netduinoplus2 --commands "$here/look.gdb"
	says "$here/out" 'Cannot access memory at address'
	sed -i 's/about to fall/about to fail/' src/main.c
	ms build >/dev/null 2>&1
	mv out/run/crashes.log "$here/kept"
	rm -r out/run
	fails 8 ms debug --crash "$here/kept" --board netduinoplus2
	says "$here/out" 'the record is of another build than the one at hand [MS2513]'
	fails 7 ms debug --crash src/main.c
	says "$here/out" '[MS2512]'
	fails 2 ms debug --crash "$here/kept" --probe stlink
}

# Where there is no source, there is still which instruction of whose code it was.
a_package_without_source_is_looked_into_too() {
	deep "$here/deep"
	ms -q package "$here/deep" -o "$here/deep.msp"
	rm -r "$here/deep"
	mkdir "$here/p"
	cd "$here/p"
	timeout 120 ms run ../deep.msp --board netduinoplus2 --fast --timeout 20 --until restart >"$here/out" 2>&1
	look_back out/run/crashes.log 'info registers pc
x/i $pc'
	grep -q '^pc  *0x802' "$here/said"
	grep -q '^=> 0x802.*:.*str' "$here/said"
}

a_board_that_does_not_answer_is_said() {
	hello "$here/hello"
	true >"$here/none.gdb"
	fails 6 timeout 120 ms debug "$here/hello" --board netduinoplus2 --probe "remote:$here/nobody" --commands "$here/none.gdb"
	says "$here/out" 'no answer from a board'
	fails 8 ms debug "$here/hello" --probe "remote:$here/nobody"
	says "$here/out" "no probe reaches the board 'mps2-an386' [MS2501]"
}

# gdb would go on without them, and say that all was well.
commands_that_are_not_there_are_no_session() {
	hello "$here/hello"
	fails 1 ms debug "$here/hello" --commands "$here/nowhere.gdb"
	says "$here/out" "cannot open '$here/nowhere.gdb'"
}

run commands_that_are_not_there_are_no_session a_record_is_looked_into_after_the_fact a_package_without_source_is_looked_into_too services_and_their_threads_are_known_on_an_emulated_board what_was_flashed_is_debugged_through_openocd a_board_that_does_not_answer_is_said
