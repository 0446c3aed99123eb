/* SPDX-License-Identifier: Apache-2.0 */
/* Who goes on where, drawn from a seed: the strategies random and pct (schedule.h). */
#ifndef SCHEDULE_DRAW_H
#define SCHEDULE_DRAW_H

#include "schedule.h"

enum { DRAW_DEPTH_MAX = 16, DRAW_THREADS = 64, DRAWS_MAX = 10000 };

struct thread;

struct draw {
	const struct schedule *plan;
	uint64_t random, gap, left;		/* left: decisions until the next is drawn */
	uint32_t drawn;
	uint64_t change[DRAW_DEPTH_MAX];	/* of pct: decisions between changes */
	uint32_t changed;
	struct { const struct thread *thread; uint64_t priority; } lowered[DRAW_THREADS];	/* of pct */
	uint64_t lowest;
};

void draw_begin(struct draw *d, const struct schedule *s);

/* Which of `count` threads is next, counted from the current one; or SCHEDULE_LATE if that can be. */
uint32_t draw_turn(struct draw *d, uint32_t count, bool late);

/* Of pct: this thread comes last from now on. */
void draw_lower(struct draw *d, const struct thread *t);

/* So many decisions were left as they were. */
void draw_passed(struct draw *d, uint64_t decisions);

#endif
