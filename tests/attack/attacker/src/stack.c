/* SPDX-License-Identifier: Apache-2.0 */
/* Stacks that end too early or lie where they should not, when a call, an interrupt or a fault needs them. */
#include "attempts.h"

#include <ms/abi/abi.h>
#include <ms/shared.h>
#include <psa_manifest/attacker.h>

enum { DEPTH_MAX = 100000, SPIN_ROUNDS = 1000000 };

static bool overflow(uint32_t depth)
{
	volatile uint8_t block[64];

	block[0] = (uint8_t)depth;
	return depth == DEPTH_MAX || (overflow(depth + 1) && block[0] == (uint8_t)depth);
}

static uint32_t open_loan(void)
{
	void *at = NULL;

	ms_shared_map(LOAN_SHARED, &at);
	return (uint32_t)(uintptr_t)at;
}

/* With the stack pointer there: a system call; until an interrupt comes; a fault.  None comes back. */
static void call_at(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\tmovs r0, #0\n\tmov r12, %1\n\tsvc 0\n\tudf #0" : : "r"(sp), "i"(MS_SYS_yield) : "r0", "r12", "memory");
}

static void spin_at(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\tmov r1, %1\n1:\tsubs r1, #1\n\tbne 1b\n\tudf #0" : : "r"(sp), "r"(SPIN_ROUNDS) : "r1", "memory", "cc");
}

static void fault_at(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\tudf #2" : : "r"(sp) : "memory");
}

/* Without entering the kernel, which would look. */
static void push_at(uint32_t sp)
{
	__asm__ volatile("mov sp, %0\n\tpush {r0-r7}\n\tudf #0" : : "r"(sp) : "memory");
}

bool overflow_by_calls(uint32_t n)
{
	return overflow(n);
}

bool overflow_by_frame(uint32_t n)
{
	(void)n;
	__asm__ volatile("sub sp, %0\n\tpush {r0}" : : "r"(0x1800) : "memory");
	return true;
}

bool overflow_by_interrupt(uint32_t n)
{
	spin_at(own().ram + 8 * n);
	return true;
}

static void overflowing_thread(void *depth)
{
	overflow((uint32_t)(uintptr_t)depth);
}

static void (*edge_of_thread)(uint32_t sp);

/* The guard's end is where the thread cannot write any more. */
static void thread_at_its_edge(void *offset)
{
	edge_of_thread((uint32_t)(uintptr_t)thread_stack[0] + THREAD_STACK_SIZE / 8 + (uint32_t)(uintptr_t)offset);
}

static bool in_thread(void (*entry)(void *), uint32_t argument)
{
	start_thread(0, entry, (void *)(uintptr_t)argument, 0);
	pause_usec(100000);
	return true;
}

bool overflow_thread_by_calls(uint32_t n)
{
	return in_thread(overflowing_thread, n);
}

bool overflow_thread_by_call(uint32_t n)
{
	edge_of_thread = call_at;
	return in_thread(thread_at_its_edge, 8 * n);
}

bool overflow_thread_by_interrupt(uint32_t n)
{
	edge_of_thread = spin_at;
	return in_thread(thread_at_its_edge, 8 * n);
}

bool overflow_thread_by_push(uint32_t n)
{
	edge_of_thread = push_at;
	return in_thread(thread_at_its_edge, 8 * n);
}

/* A word below the end, and the stack pointer back before anybody looks. */
static void dip_at(uint32_t sp)
{
	__asm__ volatile("mov r1, sp\n\tmov sp, %0\n\tpush {r0-r7}\n\tmov sp, r1" : : "r"(sp) : "r1", "memory");
}

bool dip_below_thread(uint32_t n)
{
	edge_of_thread = dip_at;
	return in_thread(thread_at_its_edge, 8 * n);
}

/* With the stack pointer where it may be. */
static void touches_guard(void *offset)
{
	volatile uint8_t *guard = thread_stack[0] + (uintptr_t)offset;

	if ((uintptr_t)offset)
		*guard = 1;
	else
		(void)*guard;
}

bool touch_guard(uint32_t n)
{
	return in_thread(touches_guard, n * (THREAD_STACK_SIZE / 8 - 1));
}

static void reads_there(void *address)
{
	(void)*(volatile uint32_t *)address;
}

/* A fault of a thread that has a guard is not for that one at the guard. */
bool read_in_thread(uint32_t n)
{
	return in_thread(reads_there, n ? BOARD_CONSOLE_BASE : BOARD_RAM_BASE);
}

static uint32_t foreign_stack(uint32_t n)
{
	struct own o = own();
	const uint32_t sp[] = {
		BOARD_RAM_BASE + 0x400, BOARD_SERVICES_RAM_BASE - 32, BOARD_SERVICES_RAM_BASE, BOARD_RUNTIME_BASE + 0x100,
		BOARD_TABLE_A_BASE + 64, BOARD_CONSOLE_BASE + 32, 0xe000ed20, 0,
		4, 32, 0xfffffff8, 0xfffffffc,
		o.ram, o.ram + 28, o.ram_end + 32, o.image + 64,
	};

	return sp[n];
}

bool call_on_foreign_stack(uint32_t n) { call_at(foreign_stack(n)); return true; }
bool interrupt_on_foreign_stack(uint32_t n) { spin_at(foreign_stack(n)); return true; }
bool fault_on_foreign_stack(uint32_t n) { fault_at(foreign_stack(n)); return true; }

/* The frame fits into our memory, what the kernel saves below it does not. */
static uint32_t lowest_edge(uint32_t n)
{
#ifdef __ARM_FP
	return own().ram + 104 + 8 * n;
#else
	return own().ram + 32 + 8 * n;
#endif
}

bool call_at_lowest_edge(uint32_t n) { call_at(lowest_edge(n)); return true; }
bool interrupt_at_lowest_edge(uint32_t n) { spin_at(lowest_edge(n)); return true; }

/* A block can be lent and taken back while a thread waits: no place for a frame. */
bool call_on_block(uint32_t n) { call_at(open_loan() + 512 - 8 * n); return true; }
bool interrupt_on_block(uint32_t n) { spin_at(open_loan() + 512 - 8 * n); return true; }

/* What the instruction was is not looked for where others may write. */
bool fault_on_block(uint32_t n)
{
	__asm__ volatile("mov sp, %0\n\tbkpt #1" : : "r"(open_loan() + 512 - 8 * n) : "memory");
	return true;
}

/* The processor aligns the frame, and finds its way back. */
bool call_on_odd_stack(uint32_t n)
{
	register uint32_t status __asm__("r0");
	uint32_t before, after;

	__asm__ volatile(
		"mov	%[before], sp\n\t"
		"sub	r3, %[before], %[n]\n\t"
		"mov	sp, r3\n\t"
		"mov	r12, %[number]\n\t"
		"svc	0\n\t"
		"mov	%[after], sp\n\t"
		"mov	sp, %[before]"
		: "=&r"(status), [before] "=&r"(before), [after] "=&r"(after)
		: [n] "r"(4 * n + n), [number] "i"(MS_SYS_yield)
		: "r1", "r2", "r3", "r12", "memory");
	return status != MS_OK || after != ((before - (4 * n + n)) & ~3u);
}
