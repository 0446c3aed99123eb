/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupt lines: the NVIC of any Cortex-M. */
#include "armm.h"
#include "port.h"

static uint32_t bit(uint32_t line)
{
	return UINT32_C(1) << line % 32;
}

void port_line_open(uint32_t line)
{
	NVIC_ISER[line / 32] = bit(line);
}

/* It shall not come any more once this has returned. */
void port_line_close(uint32_t line)
{
	NVIC_ICER[line / 32] = bit(line);
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

void port_line_forget(uint32_t line)
{
	NVIC_ICPR[line / 32] = bit(line);
}

/* Enabled ones only: a closed line may stay pending for long. */
bool port_interrupt_pending(void)
{
	return SCB_ICSR & ICSR_VECTPENDING;
}
