/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hostile service.  Each run makes one attempt, the next run the next one:
 * the run count is all that is left after a restart.  An attempt that comes back
 * was not stopped; it is told, and the run ends by an undefined instruction,
 * which no protection is needed for.  Where the system says that it gives no
 * isolation, one attempt of each kind is made: each must come back there.
 */
#include <string.h>

#include <SysCall.h>
#include <ms/abi/image.h>

#include "attacks.h"

/* The kinds before this one are left out. */
#ifndef ATTACK_FROM
#define ATTACK_FROM ""
#endif

static const struct attack *first(void)
{
	const struct attack *a = attacks;

	while (*ATTACK_FROM && strcmp(a->name, ATTACK_FROM))
		a++;
	return a;
}

static uint32_t count_of(const struct attack *a, bool isolated)
{
	return isolated ? a->count : 1;
}

/* The attempt of this number, counted through all kinds; NULL when there are no more. */
static const struct attack *find(uint32_t *number, bool isolated)
{
	for (const struct attack *a = first(); a->name; a++) {
		if (*number < count_of(a, isolated))
			return a;
		*number -= count_of(a, isolated);
	}
	return NULL;
}

/* What is told must arrive: wait for a share of the log. */
#define TELL(severity, ...) \
	while (ms_log_format(severity, __VA_ARGS__) == -MS_EAGAIN) \
		ms_sleep_until(ms_clock() + 1000000)

int main(void)
{
	uint64_t run, isolation;

	ms_info(MS_INFO_RUN_COUNT, &run);
	ms_info(MS_INFO_ISOLATION, &isolation);

	uint32_t number = (uint32_t)run - 1;
	const struct attack *a = find(&number, isolation != 0);

	if (!a) {
		TELL(MS_LOG_NOTICE, "done after %lu attempts", (unsigned long)run - 1);
		return 0;
	}
	if (number == 0)
		TELL(MS_LOG_NOTICE, "kind: %s", a->name);
	if (a->attempt(number))
		TELL(MS_LOG_ERROR, "escaped: %s, attempt %lu", a->name, (unsigned long)number);
	__asm__ volatile("udf #0");
	return 1;
}
