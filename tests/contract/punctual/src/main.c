/* SPDX-License-Identifier: Apache-2.0 */
/* Wakes each half millisecond, beside another whose restarts take longer than that: how late at most? */
#include <stdint.h>

#include <SysCall.h>

enum { PERIOD_NSEC = 500000, TIMES = 600 };

int main(void)
{
	uint64_t due = ms_clock(), late = 0;

	for (unsigned i = 0; i < TIMES; i++) {
		due += PERIOD_NSEC;
		ms_sleep_until(due);
		if (ms_clock() - due > late)
			late = ms_clock() - due;
	}
	LOG_INFO("late by %u us at most", (unsigned)(late / 1000));
	return 0;
}
