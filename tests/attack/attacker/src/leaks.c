/* SPDX-License-Identifier: Apache-2.0 */
/* What others, the kernel or an earlier run leave behind: in registers, in memory. */
#include "attempts.h"

#include <stdlib.h>

#include <ms/abi/abi.h>
#include <ms/abi/stack.h>

enum { REGISTERS = 13, MARK = 0x5ec2e7, TRACES = 512 };

static uint32_t found[REGISTERS + 1];
static uint32_t argument_of_thread;

/* All registers at a thread's first instruction. */
__attribute__((naked)) static void first_instruction(void *to)
{
	(void)to;
	__asm__ volatile("stmia r0, {r0-r12}\n\tstr lr, [r0, #52]\n\tmov r12, %0\n\tmovs r0, #0\n\tsvc 0" : : "i"(MS_SYS_thread_exit));
}

bool registers_of_a_new_thread(uint32_t n)
{
	uint32_t wrong = 0;

	(void)n;
	if (start_bare(0, first_instruction, found, 0) < 0)
		return true;
	pause_usec(1000);
	for (unsigned i = 1; i < REGISTERS; i++)
		wrong |= i == 9 ? found[i] != own().data : found[i];
	argument_of_thread = found[0];
	return wrong || found[REGISTERS] != UINT32_MAX || argument_of_thread != (uint32_t)(uintptr_t)found;
}

/* Where its variables are: another place in each thread, and in ours the same again. */
extern void *__aeabi_read_tp(void);
static void *volatile pointer_there;

static void tells_its_pointer(void *unused)
{
	(void)unused;
	pointer_there = __aeabi_read_tp();
	ms_thread_exit();
}

bool pointer_of_a_thread(uint32_t n)
{
	void *before = __aeabi_read_tp();

	(void)n;
	if (start_bare(0, tells_its_pointer, NULL, 0) < 0)
		return true;
	pause_usec(1000);
	return !before || !pointer_there || pointer_there == before || __aeabi_read_tp() != before;
}

/*
 * r4 to r8, r10, r11, lr hold a pattern while a call is made or while interrupts come;
 * what of it changed, or-ed.  r1 to r3 and r12: r3 and r12 are kept, r1 and r2 are the value.
 */
static uint32_t pattern_lost(uint32_t number, uint32_t a0, uint32_t rounds)
{
	uint32_t lost;

	__asm__ volatile(
		"push	{r7, r11, lr}\n\t"
		"mov	r0, %[a0]\n\t"
		"mov	r1, %[rounds]\n\t"
		"mov	r12, %[number]\n\t"
		"ldr	r4, =0x5ec2e7\n\t"
		"mov	r2, #0\n\t"
		"mov	r3, r4\n\tmov	r5, r4\n\tmov	r6, r4\n\tmov	r7, r4\n\tmov	r8, r4\n\tmov	r10, r4\n\tmov	r11, r4\n\tmov	lr, r4\n\t"
		"push	{r12}\n\t"
		"cmp	r1, #0\n\t"
		"beq	2f\n"
		"1:	subs	r1, #1\n\t"
		"bne	1b\n\t"
		"b	3f\n"
		"2:	svc	0\n"
		"3:	pop	{r0}\n\t"
		"eor	r12, r0\n\t"
		"orr	r2, r1\n\t"
		"orr	r2, r12\n\t"
		"ldr	r0, =0x5ec2e7\n\t"
		"eor	r3, r0\n\torr	r2, r3\n\t"
		"eor	r4, r0\n\torr	r2, r4\n\t"
		"eor	r5, r0\n\torr	r2, r5\n\t"
		"eor	r6, r0\n\torr	r2, r6\n\t"
		"eor	r7, r0\n\torr	r2, r7\n\t"
		"eor	r8, r0\n\torr	r2, r8\n\t"
		"eor	r10, r0\n\torr	r2, r10\n\t"
		"eor	r11, r0\n\torr	r2, r11\n\t"
		"eor	lr, r0\n\torr	r2, lr\n\t"
		"pop	{r7, r11, lr}\n\t"
		"mov	%[lost], r2"
		: [lost] "=r"(lost)
		: [number] "r"(number), [a0] "r"(a0), [rounds] "r"(rounds)
		: "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r10", "r12", "cc", "memory");
	return lost;
}

/* Calls without a value, and such that are refused. */
bool registers_after_a_call(uint32_t n)
{
	static const struct { uint16_t number, a0; } made[] = {
		{ MS_SYS_yield, 0 }, { 0, 0 }, { 127, 0 }, { MS_SYS_clock_sleep, 0 },
		{ MS_SYS_info, 99 }, { MS_SYS_random, 0 }, { MS_SYS_thread_priority, 999 }, { MS_SYS_futex_wake, 0 },
	};

	return pattern_lost(made[n].number, made[n].a0, 0) != 0;
}

bool registers_after_an_interrupt(uint32_t n)
{
	return pattern_lost(n, n, 100000) != 0;
}

/* In the heap, which no start-up code touches, and deep in the stack, which ours fills with a word of its own. */
bool leave_traces(uint32_t n)
{
	uint32_t *heap = malloc(TRACES);

	(void)n;
	for (unsigned i = 0; i < TRACES / 4; i++)
		heap[i] = ((uint32_t *)(uintptr_t)own().ram)[i] = MARK;
	__asm__ volatile("udf #0");
	return true;
}

bool find_traces(uint32_t n)
{
	const volatile uint32_t *heap = malloc(TRACES);
	const volatile uint32_t *stack = (const volatile uint32_t *)(uintptr_t)own().ram;
	uint32_t traces = 0;

	(void)n;
	for (unsigned i = 0; i < TRACES / 4; i++)
		traces += (heap[i] == MARK) + (stack[i] != MS_STACK_UNUSED);
	return traces != 0;
}
