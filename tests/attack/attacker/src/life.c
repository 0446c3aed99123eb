/* SPDX-License-Identifier: Apache-2.0 */
/* Dying in every unpleasant way: at once, in a thread, with registers that make no sense. */
#include "attempts.h"

#include <stdlib.h>

static uint32_t never;

static void waits_for_ever(void *unused)
{
	(void)unused;
	ms_futex_wait(&never, 0, MS_FOREVER);
}

static void faults(void *unused)
{
	(void)unused;
	__asm__ volatile("udf #3");
}

static void aborts(void *unused)
{
	(void)unused;
	abort();
}

bool crash_at_once(uint32_t n)
{
	(void)n;
	__asm__ volatile("udf #4");
	return true;
}

/* The main thread sleeps, waits for ever, spins, has ended. */
bool crash_in_thread(uint32_t n)
{
	start_thread(0, waits_for_ever, NULL, 0);
	start_thread(1, faults, NULL, 0);
	switch (n) {
	case 0: pause_usec(100000); break;
	case 1: ms_futex_wait(&never, 0, MS_FOREVER); break;
	case 2: for (;;) ms_yield();
	case 3: ms_thread_exit();
	}
	return true;
}

bool abort_in_thread(uint32_t n)
{
	(void)n;
	start_thread(0, aborts, NULL, 0);
	pause_usec(100000);
	return true;
}

bool crash_with_wild_lr(uint32_t n)
{
	static const uint32_t lr[] = { 1, 0xffffffff, BOARD_RAM_BASE + 1, 0xe000ed01 };

	__asm__ volatile("mov lr, %0\n\tbx lr" : : "r"(lr[n]) : "lr");
	return true;
}

/* To even addresses of our own text and of elsewhere: not Thumb. */
bool fault_on_odd_code(uint32_t n)
{
	__asm__ volatile("bx %0" : : "r"(own().text + 4 * n) : "memory");
	return true;
}

bool load_many_from_edge(uint32_t n)
{
	__asm__ volatile("ldmia %0, {r1-r6}" : : "r"(own().ram_end - 4 * (n + 1)) : "r1", "r2", "r3", "r4", "r5", "r6");
	return true;
}

bool divide_by_zero(uint32_t n)
{
	__asm__ volatile("udiv r0, %0, %1" : : "r"(7), "r"(n) : "r0");
	return true;
}
