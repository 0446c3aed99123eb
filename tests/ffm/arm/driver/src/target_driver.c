/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the driver partition of Arm's suite asks of a target: prints go to uart1 by the suite's own driver, and what is to outlive a reset is
 * kept in memory that the runtime leaves alone.  There is no watchdog: the script that runs the suite has a limit of time.
 */
#include <string.h>

#include "pal_interfaces_s.h"
#include "pal_uart.h"

enum { MEMORY_SIZE = 1024, MAGIC = 0x5053411e };

struct memory { uint32_t magic; uint8_t bytes[MEMORY_SIZE]; };

uint8_t test_status_buffer[256];

void pal_uart_init(addr_t base)
{
	pal_uart_cmsdk_init(base);
	pal_uart_cmsdk_set_baudrate(16);
}

int pal_print(uint8_t c)
{
	pal_uart_cmsdk_putc(c);
	return PAL_STATUS_SUCCESS;
}

void pal_generate_interrupt(void)
{
	pal_uart_cmsdk_generate_irq();
}

void pal_disable_interrupt(void)
{
	pal_uart_cmsdk_disable_irq();
}

/* Memory that has just got power is 0xff, as the suite asks for. */
static uint8_t *memory_at(addr_t base, uint32_t offset, int size)
{
	struct memory *m = (struct memory *)base;

	if (size < 0 || offset > MEMORY_SIZE || (uint32_t)size > MEMORY_SIZE - offset)
		return NULL;
	for (uint32_t i = 0; m->magic != MAGIC && i < MEMORY_SIZE; i++)
		m->bytes[i] = 0xff;
	m->magic = MAGIC;
	return m->bytes + offset;
}

int pal_nvmem_write(addr_t base, uint32_t offset, void *buffer, int size)
{
	volatile uint8_t *to = memory_at(base, offset, size);

	for (int i = 0; to && i < size; i++)
		to[i] = ((uint8_t *)buffer)[i];
	return to != NULL;
}

int pal_nvmem_read(addr_t base, uint32_t offset, void *buffer, int size)
{
	volatile uint8_t *from = memory_at(base, offset, size);

	for (int i = 0; from && i < size; i++)
		((uint8_t *)buffer)[i] = from[i];
	return from != NULL;
}

int pal_wd_timer_init(addr_t base, uint32_t usec, uint32_t ticks)
{
	(void)base, (void)usec, (void)ticks;
	return PAL_STATUS_SUCCESS;
}

int pal_wd_timer_enable(addr_t base)
{
	(void)base;
	return PAL_STATUS_SUCCESS;
}

int pal_wd_timer_disable(addr_t base)
{
	(void)base;
	return PAL_STATUS_SUCCESS;
}

int pal_wd_timer_is_enabled(addr_t base)
{
	(void)base;
	return 0;
}
