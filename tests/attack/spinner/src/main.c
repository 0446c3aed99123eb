/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who runs next when another dies: spins with registers that would end it if
 * a system call were made in its name (r12 = exit), and tells when one changes
 * under its hands.
 */
#include <SysCall.h>

enum { ROUNDS = 100000, MARK = 0x5a };

/* Rounds with these values in the registers; returns what came of r0 to r3 and r12, or-ed with what they should not be. */
static uint32_t spin(void)
{
	uint32_t wrong;

	__asm__ volatile(
		"ldr	r4, =%c[rounds]\n\t"
		"movs	r0, %[mark]\n\t"
		"movs	r1, %[mark]\n\t"
		"movs	r2, %[mark]\n\t"
		"movs	r3, %[mark]\n\t"
		"mov	r12, %[exit]\n"
		"1:	subs	r4, #1\n\t"
		"bne	1b\n\t"
		"eor	r0, %[mark]\n\t"
		"eor	r1, %[mark]\n\t"
		"eor	r2, %[mark]\n\t"
		"eor	r3, %[mark]\n\t"
		"eor	r12, %[exit]\n\t"
		"orr	r0, r1\n\t"
		"orr	r2, r3\n\t"
		"orr	r0, r2\n\t"
		"orr	%[wrong], r0, r12"
		: [wrong] "=r"(wrong)
		: [rounds] "i"(ROUNDS), [mark] "I"(MARK), [exit] "I"(MS_SYS_exit)
		: "r0", "r1", "r2", "r3", "r4", "r12", "cc");
	return wrong;
}

int main(void)
{
	for (unsigned turn = 1;; turn++) {
		if (spin())
			LOG_ERROR("a register changed");
		if (turn % 100 == 0)
			LOG_INFO("spins %u", turn);
	}
}
