#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The kernel's own faults on an emulated board, and what is left of them after the reset.  Each test puts instructions
# in place of those of a function of the kernel: then a service calls it.
# $BOARD: the board; $SDK: another SDK than the staged one; $TESTS: only these.
. tests/shell.sh
. tests/e2e/sdk.sh
MS_SDK=${SDK:-$MS_SDK}

# The SDK once more, with a kernel of its own to be changed.
own_kernel() {
	cp -Rs "$MS_SDK" "$here/sdk"
	cp --remove-destination "$MS_SDK/boards/$BOARD/runtime.elf" "$here/sdk/boards/$BOARD/runtime.elf"
	MS_SDK=$here/sdk
}

# A service that yields for ever, in a folder with the kernel's own SDK.
yielder() {
	own_kernel
	project "$here/a" yielder <<-'END'
	#include <SysCall.h>

	int main(void)
	{
		LOG_INFO("yields");
		for (;;)
			ms_yield();
	}
	END
}

# kernel FUNCTION BYTES: the function begins with these bytes (as printf takes them).
kernel() {
	elf=$MS_SDK/boards/$BOARD/runtime.elf
	at=$(arm-none-eabi-nm "$elf" | awk -v name="$1" '$3 == name { print $1 }')
	load=$(arm-none-eabi-readelf -lW "$elf" | awk '$1 == "LOAD" && /E/ { print $2, $3; exit }')
	# shellcheck disable=SC2059 # the bytes are given as printf takes them
	printf "$2" | dd of="$elf" bs=1 conv=notrunc status=none seek=$((0x$at - ${load#* } + ${load% *}))
}

# The text must come; what came besides is in $here/out.
runs() {
	timeout 60 ms -C "$here/a" run --board "$BOARD" --fast --timeout 40 "$@" >"$here/out" 2>&1 || { cat "$here/out"; return 1; }
}

# A loop of resets ends where nothing is started any more.
loop_ends() {
	fails 5 timeout 100 ms -C "$here/a" run --board "$BOARD" --fast --timeout 80
	says "$here/out" "reset 8 in a row"
	says "$here/out" "reset too often: nothing runs"
	same "$(grep -c 'fault    ' "$here/out")" 8
}

# stack_of_record: the record's stack pointer lies in the kernel's stack, and not at its lowest, which is what is told when it is lost.
stack_of_record() {
	sp=$(sed -n 's/.* ! kernel .* sp \(0x[0-9a-f]*\).*/\1/p' "$here/a/out/run/crashes.log" | head -n 1)
	bounds=$(arm-none-eabi-nm "$MS_SDK/boards/$BOARD/runtime.elf" | awk '$3 == "kernel_stack_low" { low = $1 } $3 == "kernel_stack_top" { top = $1 } END { print "0x" low, "0x" top }')
	echo "sp $sp, stack $bounds"
	[ $((sp)) -gt $((${bounds% *} + 64)) ]
	[ $((sp)) -le $((${bounds#* })) ]
}

a_failed_assertion_is_recorded_and_resets() {
	yielder
	kernel sys_yield '\377\336'		# udf #255, as core_assert makes
	runs --until 'reset 2 in a row'
	says "$here/out" "kernel    fault    assertion of the kernel, before the reset"
	says "$here/out" "in sys_yield at runtime/core/"
	grep -q 'called from .* at runtime/core/syscall.c' "$here/out"
	grep ' ! kernel .* calls [0-9a-f]*+' "$here/a/out/run/crashes.log"
	stack_of_record
}

a_loop_of_resets_ends() {
	yielder
	kernel sys_yield '\377\336'
	loop_ends
}

# The stack pointer leads nowhere: movs r0, #0; msr msp, r0; push {r0}.
a_kernel_whose_stack_pointer_is_lost_is_recorded() {
	yielder
	kernel sys_yield '\000\040\200\363\010\210\001\264'
	runs --until ' earlier '
	grep -qE 'kernel +fault +(bus error|stack overflow).*before the reset' "$here/out"
	says "$here/a/out/run/crashes.log" " pc 0x00000000 "
	says "$here/a/out/run/crashes.log" " sp $(address kernel_stack_low) "
}

# movs r0, #9; lsls r0, #28; ldr r0, [r0]: the cause, and where the processor says it, the address.
a_kernel_that_reads_where_nothing_is_is_recorded() {
	yielder
	kernel sys_yield '\011\040\000\007\000\150'
	runs --until ' earlier '
	grep -qE "kernel +fault +bus error( at 0x90000000)?, before the reset" "$here/out"
	says "$here/out" "in sys_yield at runtime/core/"
	[ "$BOARD" = microbit ] || says "$here/out" "bus error at 0x90000000"
}

# In the first thread mode, before any service: the process stack is not in use yet.
a_fault_at_boot_is_the_kernels() {
	yielder
	kernel trap_begin '\377\336'
	loop_ends
	says "$here/out" "assertion of the kernel, before the reset"
}

# What runs when no thread does is the kernel's: behind its call, an undefined instruction.
a_fault_of_the_idle_loop_is_the_kernels() {
	counter "$here/a"
	own_kernel
	kernel trap_again '\000\337\001\336'
	runs --until ' earlier '
	grep -qE 'kernel +fault +(undefined instruction|bus error), before the reset' "$here/out"
	says "$here/out" "in trap_begin at "
}

# address NAME: of a symbol of the kernel.
address() {
	arm-none-eabi-nm "$MS_SDK/boards/$BOARD/runtime.elf" | awk -v name="$1" '$3 == name { print "0x" $1 }'
}

# kernel_does FUNCTION: instructions from standard input instead of the function's.
kernel_does() {
	{ printf '\t.syntax unified\n\t.thumb\n' && cat; } >"$here/instructions.s"
	arm-none-eabi-gcc -mcpu=cortex-m0 -c "$here/instructions.s" -o "$here/instructions.o"
	arm-none-eabi-objcopy -O binary "$here/instructions.o" "$here/instructions"
	kernel "$1" "$(od -An -v -t o1 "$here/instructions" | tr -d '\n' | sed 's/ /\\/g')"
}

# says_where BY: with a stack pointer so far beside eight bytes the record says it.
says_where() {
	yielder
	sp=$(($(address kernel_stack_top) - 128 + $1))
	kernel_does sys_yield <<-END
		ldr r0, =$sp
		msr msp, r0
		udf #255
	END
	runs --until ' earlier '
	says "$here/a/out/run/crashes.log" "sp $(printf 0x%08x "$sp") "
}

a_record_of_the_kernel_says_its_stack_pointer() {
	says_where 0
}

a_record_of_the_kernel_says_a_stack_pointer_beside_eight_bytes() {
	says_where 4
}

# Room for the frame is left, and for no record.
a_kernel_without_stack_left_is_recorded() {
	yielder
	kernel_does sys_yield <<-END
		ldr r0, =$(($(address kernel_stack_low) + 64))
		msr msp, r0
		udf #255
	END
	runs --until ' earlier '
	grep -qE 'kernel +fault +assertion of the kernel, before the reset' "$here/out"
	says "$here/out" "in sys_yield at runtime/core/"
}

# believes_none ADDRESS: a frame stored below this address is not believed, though it could be stored.
believes_none() {
	yielder
	kernel_does sys_yield <<-END
		ldr r0, =$(($(address "${1% *}") + ${1#* }))
		msr msp, r0
		udf #1
	END
	runs --until ' earlier '
	grep -qE 'kernel +fault +stack overflow, before the reset' "$here/out"
}

a_kernel_whose_stack_pointer_is_below_its_stack_is_recorded() {
	believes_none 'kernel_stack_low -64'
}

a_kernel_whose_stack_pointer_is_above_its_stack_is_recorded() {
	believes_none 'kernel_stack_top 256'
}

a_kernel_whose_frame_ends_above_its_stack_is_recorded() {
	believes_none 'kernel_stack_top 16'
}

# Text of the service that called, which the kernel may not write either.
a_kernel_that_writes_where_it_may_not_is_recorded() {
	[ "$BOARD" != microbit ] || skip 'the processor protects no memory'
	yielder
	kernel_does sys_yield <<-END
		mrs r0, psp
		ldr r0, [r0, #24]
		lsrs r0, #4
		lsls r0, #4
		str r0, [r0]
	END
	runs --until ' earlier '
	grep -qE 'kernel +fault +bus error at 0x0*[1-9a-f][0-9a-f]*0, before the reset' "$here/out"
}

# RAM is what it was after a reset, and anything when the power comes: all that the kernel has to find at zero is something else before it starts again.
a_start_relies_on_nothing_in_memory() {
	yielder
	kernel_does sys_yield <<-END
		ldr r0, =$(address kernel_bss_start)
		ldr r1, =$(address kernel_bss_end)
		ldr r2, =0xa5a5a5a5
	1:	str r2, [r0]
		adds r0, #4
		cmp r0, r1
		blo 1b
		ldr r0, =0xE000ED0C
		ldr r1, =0x05FA0004
		str r1, [r0]
		b .
	END
	fails 5 timeout 60 ms -C "$here/a" run --board "$BOARD" --fast --timeout 5 --until 'kernel '
	[ "$(grep -c 'yielder .* yields' "$here/out")" -ge 2 ]
}

# b .
a_kernel_that_hangs_is_reset_by_the_watchdog() {
	yielder
	kernel sys_yield '\376\347'
	runs --until ' earlier '
	grep -qE 'kernel +fault +no sign of life of the kernel, before the reset' "$here/out"
	says "$here/out" "in sys_yield at runtime/core/"
}

# A service that takes all the time is no reason to reset.
a_service_that_spins_resets_nothing() {
	project "$here/a" spinner <<-'END'
	#include <SysCall.h>

	int main(void)
	{
		uint64_t until = ms_clock() + 12 * UINT64_C(1000000000);

		LOG_INFO("spins");
		while (ms_clock() < until)
			for (volatile int i = 0; i < 10000000; i++)
				;
		LOG_INFO("has spun");
		return 0;
	}
	END
	runs --until 'has spun'
	same "$(grep -c 'isolation' "$here/out")" 1
}

# shellcheck disable=SC2086 # names
run ${TESTS:-a_failed_assertion_is_recorded_and_resets a_loop_of_resets_ends a_kernel_without_stack_left_is_recorded \
	a_record_of_the_kernel_says_its_stack_pointer a_record_of_the_kernel_says_a_stack_pointer_beside_eight_bytes a_kernel_whose_stack_pointer_is_lost_is_recorded \
	a_kernel_whose_stack_pointer_is_below_its_stack_is_recorded \
	a_kernel_whose_stack_pointer_is_above_its_stack_is_recorded a_kernel_whose_frame_ends_above_its_stack_is_recorded a_kernel_that_writes_where_it_may_not_is_recorded a_kernel_that_reads_where_nothing_is_is_recorded a_fault_at_boot_is_the_kernels a_fault_of_the_idle_loop_is_the_kernels a_start_relies_on_nothing_in_memory a_kernel_that_hangs_is_reset_by_the_watchdog \
	a_service_that_spins_resets_nothing}
