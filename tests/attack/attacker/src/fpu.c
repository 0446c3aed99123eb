/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Registers of the FPU, with the grant: what another service, another thread, the kernel or an earlier run has left in them; ours,
 * that must stay.  The neighbour keeps secrets in all of them and looks after them as well.
 */
#ifdef __ARM_FP

#include "attempts.h"

#include "asked.h"

enum { LOST = 1, LEFT = 2 };
#define MARK UINT32_C(0x5ec2e700)

struct fpu { uint32_t s[32], control; };

static struct fpu found;

static struct fpu marked(uint32_t mark)
{
	struct fpu f = { .control = FPU_CONTROL };

	for (unsigned i = 0; i < 32; i++)
		f.s[i] = mark + i;
	return f;
}

/* All hold what `from` says, then comes the call, or so many rounds of nothing; what they hold then is in `found`. */
static void with(struct fpu from, uint32_t number, uint64_t argument, uint32_t rounds)
{
	register uint32_t r0 __asm__("r0") = (uint32_t)argument;
	register uint32_t r1 __asm__("r1") = (uint32_t)(argument >> 32);
	register uint32_t r2 __asm__("r2") = rounds;
	register uint32_t ip __asm__("r12") = number;
	register struct fpu *to __asm__("r4") = &found;
	register const struct fpu *at __asm__("r5") = &from;

	__asm__ volatile(
		"ldr	r3, [r5, #128]\n\t"
		"vmsr	fpscr, r3\n\t"
		"vldmia	r5, {s0-s31}\n\t"
		"cbz	r2, 2f\n"
		"1:	subs	r2, #1\n\t"
		"bne	1b\n\t"
		"b	3f\n"
		"2:	svc	0\n"
		"3:	vstmia	r4, {s0-s31}\n\t"
		"vmrs	r3, fpscr\n\t"
		"str	r3, [r4, #128]\n\t"
		"mov	r3, #0\n\t"
		"vmsr	fpscr, r3"
		: "+r"(r0), "+r"(r1), "+r"(r2) : "r"(ip), "r"(to), "r"(at)
		: "r3", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17",
		  "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31", "cc", "memory");
}

/* Is `found` what was there before? */
static bool lost(uint32_t mark)
{
	struct fpu want = marked(mark);
	bool differs = (found.control ^ want.control) & FPU_CONTROL;

	for (unsigned i = 0; i < 32; i++)
		differs |= found.s[i] != want.s[i];
	return differs;
}

/* In any register of a thread's first moment, anything. */
static void looks(void *unused)
{
	(void)unused;
	__asm__ volatile("vstmia %0, {s0-s31}\n\tvmrs r3, fpscr\n\tstr r3, [%0, #128]" : : "r"(&found) : "r3", "memory");
}

bool fpu_of_a_new_thread(uint32_t n)
{
	bool left = false;

	with(marked(MARK + 0x100 * n), 0, 0, 1);
	found.s[0] = MARK;
	if (start_thread(n & 1, looks, NULL, 9) < 0)
		return true;
	pause_usec(1000);
	for (unsigned i = 0; i < 32; i++)
		left |= found.s[i] != 0;
	return left || found.control & FPU_CONTROL;
}

/* Without a switch, with one, refused ones; a sleep of a millisecond, in which the neighbour computes. */
bool fpu_after_a_call(uint32_t n)
{
	static const struct { uint8_t number; uint32_t a0; } made[] = {
		{ MS_SYS_yield, 0 }, { 0, 0 }, { 127, 0 }, { MS_SYS_thread_self, 0 }, { MS_SYS_info, 99 }, { MS_SYS_random, 0 },
		{ MS_SYS_thread_priority, 999 }, { MS_SYS_futex_wake, 0 },
	};
	uint32_t a0 = made[n % EACH(made)].a0;

	with(marked(MARK + 0x100 * n), made[n % EACH(made)].number, a0, 0);
	return lost(MARK + 0x100 * n);
}

bool fpu_after_a_sleep(uint32_t n)
{
	uint64_t due = ms_clock() + 1200000 + n * 100000;

	with(marked(MARK + n), MS_SYS_clock_sleep, due, 0);
	return lost(MARK + n);
}

/* Millions of instructions, in which others come and go. */
bool fpu_after_interrupts(uint32_t n)
{
	with(marked(MARK + n), 0, 0, 1000000);
	return lost(MARK + n);
}

static void fills(void *mark)
{
	static struct fpu f;

	f = marked((uint32_t)(uintptr_t)mark);
	for (;;) {
		__asm__ volatile("vldmia %0, {s0-s31}\n\tvmsr fpscr, %1" : : "r"(&f), "r"(FPU_CONTROL) : "memory");
		pause_usec(50);
	}
}

/* A thread of our own above us that holds something else each time it runs. */
bool fpu_beside_a_thread(uint32_t n)
{
	if (n == 0)
		start_thread(0, fills, (void *)(uintptr_t)~MARK, 9);
	with(marked(MARK + n), 0, 0, 100000);
	return lost(MARK + n);
}

bool leave_in_fpu(uint32_t n)
{
	struct fpu f = marked(MARK);

	(void)n;
	__asm__ volatile("vldmia %0, {s0-s31}\n\tudf #11" : : "r"(&f) : "memory");
	return true;
}

/* Ours of before, or the neighbour's. */
bool find_in_fpu(uint32_t n)
{
	bool left = false;

	(void)n;
	looks(NULL);
	for (unsigned i = 0; i < 32; i++)
		left |= found.s[i] - MARK < 0x10000 || found.s[i] - FPU_SECRET < 0x10000;
	return left;
}

#endif
