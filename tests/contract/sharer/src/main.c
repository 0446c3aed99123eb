/* SPDX-License-Identifier: Apache-2.0 */
/* Two of these share a processor: each counts what it gets of the same 400 ms, and how long it did not run at a stretch. */
#include <stdint.h>

#include <SysCall.h>

#define START_NSEC UINT64_C(20000000000)	/* on every board all have been started by then */
#define END_NSEC (START_NSEC + UINT64_C(400000000))

int main(void)
{
	uint64_t last, now, gap = 0;
	unsigned turns = 0;

	ms_sleep_until(START_NSEC);
	for (last = ms_clock(); last < END_NSEC; last = now, turns++) {
		now = ms_clock();
		if (now - last > gap)
			gap = now - last;
	}
	LOG_INFO("turns %u gap %u us", turns, (unsigned)(gap / 1000));
}
