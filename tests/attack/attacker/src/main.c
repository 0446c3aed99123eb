/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hostile service.  Each run makes what one slot of attempts.def says, the
 * next run the next one: the run count is all that is left after a restart.
 * An attempt that is to be stopped has a slot for each n; those that are to be
 * refused share one.  One that comes back and should not have is told, and the run ends by an
 * undefined instruction, which no protection is needed for.  Where the system
 * says that it gives no isolation, one attempt of each row that OPENS is made.
 */
#include <string.h>

#include <SysCall.h>

#include "attempts.h"

/* The rows before this name are left out. */
#ifndef ATTACK_FROM
#define ATTACK_FROM ""
#endif

enum end {
	END_REFUSED,
#define CORE_CAUSE(number, name, text) END_##name,
#include "causes.def"
#undef CORE_CAUSE
};

static const char *const end_text[] = {
	[END_REFUSED] = "refused",
#define CORE_CAUSE(number, name, text) [END_##name] = text,
#include "causes.def"
#undef CORE_CAUSE
};

enum { SHUT, OPENS };
enum { ANY = 0, FPU = ANY, ASKING = ANY, V7 = 7, V8 = 8 };		/* else MS_INFO_ISOLATION must be it */

struct row { const char *name; attempt *make; uint32_t count; uint8_t needs, end, opens; };

static const struct row rows[] = {
#define ATTEMPT(function, count, needs, end, open, name) { name, function, count, needs, END_##end, open },
#include "attempts.def"
#undef ATTEMPT
};

static bool applies(const struct row *r)
{
	uint64_t isolation;

	ms_info(MS_INFO_ISOLATION, &isolation);
	return r->needs == ANY || r->needs == isolation;
}

static uint32_t slots_of(const struct row *r)
{
	if (!isolated())
		return r->opens;
	return !applies(r) ? 0 : r->end == END_REFUSED ? 1 : r->count < ATTACK_RUNS ? r->count : ATTACK_RUNS;
}

static const struct row *first(void)
{
	const struct row *r = rows;

	while (*ATTACK_FROM && strcmp(r->name, ATTACK_FROM))
		r++;
	return r;
}

/* The row of this slot, which becomes the slot within it; NULL behind the last. */
static const struct row *find(uint32_t *slot)
{
	for (const struct row *r = first(); r < rows + EACH(rows); r++) {
		uint32_t slots = slots_of(r);

		if (*slot < slots)
			return r;
		*slot -= slots;
	}
	return NULL;
}

/* What is told must arrive: wait for a share of the log. */
#define TELL(severity, ...) \
	while (ms_log_format(severity, __VA_ARGS__) == -MS_EAGAIN) \
		pause_usec(5000)

static void make_all(const struct row *r)
{
	uint32_t escaped = 0;

	for (uint32_t n = 0; n < r->count; n++)
		if (r->make(n) && !escaped++)
			TELL(MS_LOG_ERROR, "escaped: %s, attempt %lu", r->name, (unsigned long)n);
	pause_usec(30000);		/* a flood has used up our share of the log */
	TELL(MS_LOG_NOTICE, "refused %lu, let through %lu", (unsigned long)r->count, (unsigned long)escaped);
	pause_usec(15000);
}

int main(void)
{
	uint64_t run;

#ifdef __ARM_FP
	__asm__ volatile("vmov s0, s0");		/* from here on, frames have room for the FPU */
#endif
	ms_info(MS_INFO_RUN_COUNT, &run);

	uint32_t slot = (uint32_t)run - 1;
	const struct row *r = find(&slot);

	if (!r) {
		TELL(MS_LOG_NOTICE, "done at run %lu", (unsigned long)run);
		return 0;
	}
	if (slot == 0)
		TELL(MS_LOG_NOTICE, "kind|%s|%lu|%lu|%s", r->name, (unsigned long)run, (unsigned long)slots_of(r), end_text[r->end]);
	if (r->make != crash_at_once)
		pause_usec(11000);	/* the two lines of a restart come out of our share of the log */
	if (isolated() && r->end == END_REFUSED)
		make_all(r);
	else if (r->make(r->count > ATTACK_RUNS ? slot * r->count / ATTACK_RUNS : slot))
		TELL(MS_LOG_ERROR, "escaped: %s, attempt %lu", r->name, (unsigned long)slot);
	__asm__ volatile("udf #0");
	return 1;
}
