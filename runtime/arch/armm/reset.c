/* SPDX-License-Identifier: Apache-2.0 */
/* From the reset vector to the first thread: C's memory, the processor's settings, core. */
#include <string.h>

#include "board.h"
#include "board_facts.h"
#include "boot.h"
#include "service.h"
#include "trap.h"

extern uint32_t kernel_stack_top[];
extern char kernel_data_start[], kernel_data_end[], kernel_bss_start[], kernel_bss_end[];
extern const char kernel_data_load[];

enum { IDLE_STACK_WORDS = 32 };
static uint32_t idle_stack[IDLE_STACK_WORDS] __attribute__((aligned(8)));

_Noreturn void reset(void);

typedef void vector(void);

__attribute__((section(".vectors"), used))
static const struct { uint32_t *stack; vector *exception[15 + BOARD_INTERRUPTS]; } vectors = {
	kernel_stack_top,
	{
		[0] = (vector *)reset,
		[1] = trap_nmi,
		[2 ... 9] = trap_hard,
		[10] = trap_svc,
		[11 ... 13] = trap_hard,
		[14] = trap_interrupt,			/* SysTick, if the board uses it: the line before the first */
		[15 ... 14 + BOARD_INTERRUPTS] = trap_interrupt,
	}
};

_Noreturn void reset(void)
{
	__asm__ volatile("cpsid i");
	memcpy(kernel_data_start, kernel_data_load, (size_t)(kernel_data_end - kernel_data_start));
	memset(kernel_bss_start, 0, (size_t)(kernel_bss_end - kernel_bss_start));
	processor_init(&vectors);
	board_init();
	core_init();
	boot();
	service_start_all();
	trap_begin(idle_stack + IDLE_STACK_WORDS);
}
