/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The driver as a service: its interrupt and its clients' messages are signals of one loop; a client is answered when its time has come.
 * No interrupt is waited for without an end: when by the system's clock it is overdue, the counter itself is asked.
 */
#include <limits.h>
#include <stdbool.h>

#include <ms/device.h>
#include <ms/psa.h>
#include <ms/syscall.h>
#include <psa/service.h>

#include "timer_chip.h"
#include "waits.h"
#include "wiring.h"

#define OVERDUE_NSEC UINT64_C(1000000)		/* and a sixteenth of the time, for clocks that differ */

static struct { bool open; psa_handle_t message; uint64_t deadline_nsec; } clients[TIMER_WAITER_MAX];
static uint32_t missed;

static void answer(int number, psa_status_t status)
{
	clients[number].open = false;
	psa_reply(clients[number].message, status);
}

static void begin(const psa_msg_t *m)
{
	uint32_t usec = 0;
	int number;

	if (psa_read(m->handle, 0, &usec, sizeof(usec)) != sizeof(usec) || usec == 0 || usec > TIMER_USEC_MAX) {
		psa_reply(m->handle, PSA_ERROR_INVALID_ARGUMENT);
		return;
	}
	number = waits_begin(usec);
	if (number < 0) {
		psa_reply(m->handle, PSA_ERROR_INSUFFICIENT_MEMORY);
		return;
	}
	uint64_t nsec = (uint64_t)usec * 1000;

	clients[number].open = true;
	clients[number].message = m->handle;
	clients[number].deadline_nsec = ms_clock() + nsec + nsec / 16 + OVERDUE_NSEC;
}

static void serve(void)
{
	psa_msg_t m;

	if (psa_get(TIMER_SIGNAL, &m) != PSA_SUCCESS)
		return;
	if (m.type == TIMER_AFTER)
		begin(&m);
	else
		psa_reply(m.handle, m.type != TIMER_MISSED ? PSA_ERROR_NOT_SUPPORTED : missed < INT_MAX ? (psa_status_t)missed : INT_MAX);
}

static uint64_t first_deadline(void)
{
	uint64_t first = MS_FOREVER;

	for (int i = 0; i < TIMER_WAITER_MAX; i++)
		if (clients[i].open && clients[i].deadline_nsec < first)
			first = clients[i].deadline_nsec;
	return first;
}

/* All whose time has come; then those whose time should have come, and the counter stands still. */
static void answer_all(bool overdue)
{
	for (int number; (number = waits_next()) >= 0;)
		answer(number, PSA_SUCCESS);
	for (int i = 0; overdue && i < TIMER_WAITER_MAX; i++) {
		if (!clients[i].open || clients[i].deadline_nsec > ms_clock())
			continue;
		waits_end(i);
		answer(i, PSA_ERROR_HARDWARE_FAILURE);
	}
}

int main(void)
{
	volatile void *registers;

	if (ms_device_map(WIRING_DEVICE, &registers) < 0)
		return 1;
	waits_init(registers);
	psa_irq_enable(WIRING_SIGNAL);
	for (;;) {
		psa_signal_t signals = 0;
		bool overdue = ms_psa_wait(PSA_WAIT_ANY, first_deadline(), &signals) < 0;

		missed += overdue;
		if (signals & WIRING_SIGNAL) {
			chip_interrupt();
			psa_eoi(WIRING_SIGNAL);
		}
		if (signals & TIMER_SIGNAL)
			serve();
		answer_all(overdue);
	}
}
