/* SPDX-License-Identifier: Apache-2.0 */
/* From reset to measure(), and the end of the emulator. Never position independent: it sets up what that needs. */
#include <stdint.h>

void measure(void);
_Noreturn void reset(void);

extern uint32_t data_start[], data_end[];
extern const uint32_t data_load[];

_Noreturn void reset(void)
{
	const uint32_t *from = data_load;

	for (uint32_t *to = data_start; to < data_end;)
		*to++ = *from++;
	__asm__ volatile("mov r9, %0\n\tbl measure" : : "r"(0x20000000) : "r0", "r1", "r2", "r3", "r9", "r12", "lr", "memory");
	*(volatile uint32_t *)0xE000ED0C = 0x05FA0004;
	for (;;)
		;
}

__attribute__((section(".vectors"), used)) static void *const vectors[16] = { (void *)0x20040000, (void *)reset };
