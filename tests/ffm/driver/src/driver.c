/* SPDX-License-Identifier: Apache-2.0 */
/* A driver as the framework describes one: its region is open from the start, its interrupt a signal until psa_eoi. */
#include <stdint.h>
#include <stdio.h>

#include <psa/service.h>

#include "psa_manifest/ffm_driver.h"

/* The UART of the board (Arm DDI 0479, 3.3). */
struct uart { uint32_t data, state, control, clear, divisor; };

enum { SEND = 1, SEND_INTERRUPT = 4, SENT_CLEAR = 1 };

static void check(const char *promise, int holds)
{
	printf("%s: %s\n", promise, holds ? "holds" : "BROKEN");
}

/* One of them is larger than all that the kernel is: nothing of it must be closed to the kernel when it closes the region. */
static void regions(void)
{
	static const uint32_t all = UINT32_C(0xa5a5a5a5);
	volatile uint32_t *load = DUALTIMER_BASE, *first = PSRAM_BASE, *last = first + (16 << 20) / sizeof(*last) - 1;

	*load = *first = *last = all;
	check("each region is open, from its first word to its last", *load == all && *first == all && *last == all);
}

void driver_main(void)
{
	volatile struct uart *u = (volatile struct uart *)UART1_BASE;

	regions();
	u->divisor = 217;
	u->control = SEND | SEND_INTERRUPT;
	check("an interrupt begins disabled", psa_irq_disable(SENT_SIGNAL) == 0);
	psa_irq_enable(SENT_SIGNAL);
	check("no signal before there is a cause", psa_wait(PSA_WAIT_ANY, PSA_POLL) == 0);
	u->data = '.';
	check("the interrupt sets its signal", psa_wait(SENT_SIGNAL, PSA_BLOCK) == SENT_SIGNAL);
	check("which stays", psa_wait(PSA_WAIT_ANY, PSA_POLL) == SENT_SIGNAL);
	u->clear = SENT_CLEAR;
	psa_eoi(SENT_SIGNAL);
	check("until psa_eoi", psa_wait(PSA_WAIT_ANY, PSA_POLL) == 0);
	check("disabling it says that it was enabled", psa_irq_disable(SENT_SIGNAL) == 1);
	u->data = '.';
	check("and keeps it silent", psa_wait(SENT_SIGNAL, PSA_POLL) == 0);
	printf("all was tried\n");
	psa_eoi(SENT_SIGNAL);
	printf("BROKEN: psa_eoi of a signal that is not set returned\n");
}
