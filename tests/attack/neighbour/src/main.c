/* SPDX-License-Identifier: Apache-2.0 */
/* Who must not notice: counts once a millisecond, checks its own memory, and tells when it was late or anything changed. */
#include <SysCall.h>

enum { PERIOD_NSEC = 1000000, LATE_NSEC = 5000000, WORDS = 64, TELL_EACH = 1000 };

static uint32_t canary[WORDS];

static uint32_t expected(uint32_t i, uint32_t count)
{
	return i * 2654435761u + count;
}

int main(void)
{
	uint64_t due = ms_clock();
	uint64_t run;

	ms_info(MS_INFO_RUN_COUNT, &run);
	if (run != 1)
		LOG_ERROR("neighbour was restarted");
	for (uint32_t count = 0;; count++) {
		for (uint32_t i = 0; i < WORDS; i++)
			canary[i] = expected(i, count);
		due += PERIOD_NSEC;
		ms_sleep_until(due);
		if (ms_clock() - due > LATE_NSEC)
			LOG_ERROR("neighbour was late at count %lu", (unsigned long)count);
		for (uint32_t i = 0; i < WORDS; i++)
			if (canary[i] != expected(i, count))
				LOG_ERROR("neighbour's memory changed at count %lu", (unsigned long)count);
		if (count % TELL_EACH == TELL_EACH - 1)
			LOG_INFO("neighbour counts %lu", (unsigned long)count + 1);
	}
}
