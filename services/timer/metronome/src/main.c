/* SPDX-License-Identifier: Apache-2.0 */
/* Waits by the timer's service, and says how long that took by the system's clock. */
#include <SysCall.h>
#include <ms/syscall.h>
#include <psa/client.h>
#include <psa_manifest/sid.h>

#include "timer.h"

static psa_status_t after(uint32_t usec)
{
	psa_invec in = { &usec, sizeof(usec) };

	return psa_call(TIMER_HANDLE, TIMER_AFTER, &in, 1, NULL, 0);
}

int main(void)
{
	static const uint32_t usec[] = { 1, 100, 1000, 20000, 70000, 250000 };

	for (size_t i = 0; i < sizeof(usec) / sizeof(*usec); i++) {
		uint64_t start = ms_clock();
		psa_status_t status = after(usec[i]);

		LOG_INFO("asked %u us, took %u us, status %d", (unsigned)usec[i], (unsigned)((ms_clock() - start) / 1000), (int)status);
	}
	LOG_INFO("none: %d, too long: %d", (int)after(0), (int)after(TIMER_USEC_MAX + 1));
	LOG_INFO("missed %d", (int)psa_call(TIMER_HANDLE, TIMER_MISSED, NULL, 0, NULL, 0));
	return 0;
}
