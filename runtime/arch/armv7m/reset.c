/* SPDX-License-Identifier: Apache-2.0 */
/* From the reset vector to the first thread: C's memory, the processor's settings, core. */
#include "armv7m.h"
#include "board.h"
#include "board_facts.h"
#include "boot.h"
#include "service.h"
#include "trap.h"

extern uint32_t kernel_stack_top[], kernel_data_start[], kernel_data_end[], kernel_bss_start[], kernel_bss_end[];
extern const uint32_t kernel_data_load[];

enum { IDLE_STACK_WORDS = 32 };
static uint32_t idle_stack[IDLE_STACK_WORDS] __attribute__((aligned(8)));

_Noreturn void reset(void);

typedef void vector(void);

__attribute__((section(".vectors"), used))
static const struct { uint32_t *stack; vector *exception[15 + BOARD_INTERRUPTS]; } vectors = {
	kernel_stack_top,
	{
		[0] = (vector *)reset,
		[1] = trap_hard,			/* NMI: nothing here makes one */
		[2] = trap_hard,
		[3] = trap_fault, [4] = trap_fault, [5] = trap_fault,
		[6 ... 9] = trap_hard,
		[10] = trap_svc,
		[11 ... 14] = trap_hard,
		[15 ... 14 + BOARD_INTERRUPTS] = trap_interrupt,
	}
};

static void set_up_memory(void)
{
	const uint32_t *from = kernel_data_load;

	for (volatile uint32_t *to = kernel_data_start; to < kernel_data_end;)
		*to++ = *from++;
	for (volatile uint32_t *to = kernel_bss_start; to < kernel_bss_end;)
		*to++ = 0;
}

/* One priority for all but HardFault; faults are themselves; division by zero faults; the frame is 8-byte aligned. */
static void set_up_exceptions(void)
{
	SCB_VTOR = (uint32_t)&vectors;
	SCB_SHCSR |= SHCSR_MEM_BUS_USAGE;
	SCB_CCR |= CCR_DIV_0_TRP | CCR_STKALIGN;
#if PORT_FPU
	FPU_FPCCR = FPCCR_ASPEN;		/* no lazy stacking: it would store under another's MPU settings */
	SCB_CPACR = 0;
#endif
}

static void set_up_mpu(void)
{
	for (uint32_t n = 0; n < 8; n++) {
		MPU_RBAR = RBAR_VALID | n;
		MPU_RASR = 0;
	}
	MPU_CTRL = PORT_ISOLATION ? MPU_ENABLE | MPU_PRIVDEFENA : 0;
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

_Noreturn void reset(void)
{
	__asm__ volatile("cpsid i");
	set_up_memory();
	set_up_exceptions();
	set_up_mpu();
	board_init();
	core_init();
	boot();
	service_start_all();
	trap_begin(idle_stack + IDLE_STACK_WORDS);
}
