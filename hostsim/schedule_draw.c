/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule_draw.h"

#include "seeded.h"
#include "service.h"
#include "thread.h"

enum { GAPS = 8, LATE_ONE_IN = 4 };
#define NEVER (UINT64_MAX / 2)
#define DRAWN_PRIORITY (UINT64_C(1) << 63)	/* and above: those that were not lowered */

/* Distances between points that are drawn evenly from all that are expected, in their order. */
static void draw_changes(struct draw *d, uint32_t count)
{
	uint64_t at[DRAW_DEPTH_MAX], before = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint64_t point = seeded_below(&d->random, d->plan->expected + 1);
		uint32_t k = i;

		for (; k > 0 && at[k - 1] > point; k--)
			at[k] = at[k - 1];
		at[k] = point;
	}
	for (uint32_t i = 0; i < count; i++, before = at[i - 1])
		d->change[i] = at[i] - before;
}

/* Some seeds make threads take turns at almost every block, some seldom: bugs need the one or the other.  A run comes to its end: after many draws it goes on as on a device. */
static void draw_next(struct draw *d)
{
	bool pct = d->plan->kind == SCHEDULE_PCT;

	if (d->drawn == (pct ? d->plan->depth - 1 : DRAWS_MAX))
		d->left = NEVER;
	else
		d->left = pct ? d->change[d->drawn] : 1 + seeded_below(&d->random, d->gap);
	d->drawn++;
}

void draw_begin(struct draw *d, const struct schedule *s)
{
	*d = (struct draw){ .plan = s, .random = s->seed, .lowest = DRAWN_PRIORITY };
	seeded_next(&d->random);
	d->gap = UINT64_C(2) << seeded_below(&d->random, GAPS);
	if (s->kind == SCHEDULE_PCT)
		draw_changes(d, s->depth - 1);
	draw_next(d);
}

void draw_lower(struct draw *d, const struct thread *t)
{
	size_t i = 0;

	while (i < DRAW_THREADS - 1 && d->lowered[i].thread && d->lowered[i].thread != t)
		i++;
	d->lowered[i].thread = t;
	d->lowered[i].priority = --d->lowest;
}

/* A thread that ended may have left its place to another, which is lowered, too. */
static uint64_t priority(const struct draw *d, const struct thread *t)
{
	uint64_t state = d->plan->seed ^ (uint64_t)t->service->plan.id << 32 ^ t->number;

	for (size_t i = 0; i < DRAW_THREADS && d->lowered[i].thread; i++)
		if (d->lowered[i].thread == t)
			return d->lowered[i].priority;
	return seeded_next(&state) | DRAWN_PRIORITY;
}

static uint32_t favourite(const struct draw *d, uint32_t count)
{
	const struct thread *t = core_current();
	uint64_t best = 0;
	uint32_t turn = 0;

	for (uint32_t i = 0; i < count; i++, t = LIST_OF(struct thread, link, t->link.next)) {
		uint64_t p = priority(d, t);

		if (p > best)
			best = p, turn = i;
	}
	return turn;
}

static bool draws_late(struct draw *d, uint32_t count, bool late)
{
	return late && (count == 1 || seeded_below(&d->random, LATE_ONE_IN) == 0);
}

uint32_t draw_turn(struct draw *d, uint32_t count, bool late)
{
	bool pct = d->plan->kind == SCHEDULE_PCT;

	if (d->left > 0)
		return pct ? favourite(d, count) : 0;
	draw_next(d);
	if (draws_late(d, count, late))
		return SCHEDULE_LATE;
	if (!pct)
		return (uint32_t)seeded_below(&d->random, count);
	draw_lower(d, core_current());
	return favourite(d, count);
}

void draw_passed(struct draw *d, uint64_t decisions)
{
	d->left = d->left > decisions ? d->left - decisions : 0;
}
