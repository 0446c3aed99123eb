/* SPDX-License-Identifier: Apache-2.0 */
/*
 * System calls between markers that bench/count.so counts at.  Each is made
 * ROUNDS times.  Two of this service run at the same priority: the first
 * measures, the second only gives way.
 */
#include <SysCall.h>

enum { ROUNDS = 16 };

#define BEGIN "mov r0, r0\n\t"
#define END "mov r1, r1\n\t"

/* Nothing between the markers: what is left is what each other figure has too much of. */
static void nothing(void)
{
	__asm__ volatile(BEGIN END : : : "memory");
}

static void null_call(void)
{
	__asm__ volatile("mov r12, %0\n\t" BEGIN "svc 0\n\t" END : : "I"(MS_SYS_thread_self) : "r0", "r1", "r2", "r3", "r12", "memory");
}

static void clock_call(void)
{
	__asm__ volatile("mov r12, %0\n\t" BEGIN "svc 0\n\t" END : : "I"(MS_SYS_clock_get) : "r0", "r1", "r2", "r3", "r12", "memory");
}

/* To the other service and back: two yields, one branch. */
static void yields(void)
{
	__asm__ volatile("mov r12, %0\n\t" BEGIN "svc 0\n\t" END : : "I"(MS_SYS_yield) : "r0", "r1", "r2", "r3", "r12", "memory");
}

static void measure(void call(void))
{
	for (int i = 0; i < ROUNDS; i++)
		call();
}

int main(void)
{
	uint64_t id;

	ms_info(MS_INFO_SERVICE, &id);
	if (id != 1)
		__asm__ volatile("mov r12, %0\n1:\tsvc 0\n\tb 1b" : : "I"(MS_SYS_yield) : "r12");
	ms_sleep_until(ms_clock() + 100000000);	/* the other has started by then */
	measure(nothing);
	measure(null_call);
	measure(clock_call);
	measure(yields);
	LOG_INFO("measured");
	return 0;
}
