/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "carrier.h"
#include "seeded.h"
#include "simboard.h"
#include "thread.h"

enum { BUSY_POINTS = 10000, BUSY_NSEC = 1000000 };	/* without a call: as a processor of some 10 million blocks a second */

static struct {
	struct schedule *plan;		/* NULL: as on a device */
	uint64_t random, gap;		/* of a random one: points between choices are up to this */
	size_t next;			/* choice of a replay */
	uint64_t choice, busy;		/* points at which there is something to do */
} now = { .choice = UINT64_MAX };

/* The block counter must work while a service runs and the kernel is closed. */
__attribute__((section("ms_open")))
static struct {
	uint64_t point, stop;		/* stop 0: no thread of a service is running */
} counter;

static void choose_next_point(void)
{
	const struct schedule *s = now.plan;

	if (!s || s->kind == SCHEDULE_DEVICE || s->done_count == SCHEDULE_CHOICES)
		now.choice = UINT64_MAX;
	else if (s->kind == SCHEDULE_RANDOM)
		now.choice = counter.point + 1 + seeded_below(&now.random, now.gap);
	else
		now.choice = now.next < s->choice_count ? s->choices[now.next].point : UINT64_MAX;
}

/* Some seeds make threads take turns at almost every block, some seldom: bugs need the one or the other. */
void schedule_begin(struct schedule *s)
{
	now.plan = s;
	now.random = s->seed;
	now.gap = UINT64_C(2) << (s->seed % 8);
	now.next = 0;
	counter.point = 0;
	s->done_count = 0;
	s->hash = UINT64_C(0xcbf29ce484222325);
	choose_next_point();
}

void schedule_resume(void)
{
	now.busy = counter.point + BUSY_POINTS;
	counter.stop = now.choice < now.busy ? now.choice : now.busy;
}

void schedule_pause(void)
{
	counter.stop = 0;
}

/* Threads that could run in its place, and itself. */
static size_t equals(const struct thread *t)
{
	size_t count = 1;

	for (const struct link *l = t->link.next; l != &t->link; l = l->next)
		count++;
	return count;
}

static uint32_t turn_at_choice(size_t count)
{
	if (now.plan->kind == SCHEDULE_RANDOM)
		return (uint32_t)seeded_below(&now.random, count);
	return now.plan->choices[now.next++].turn % (uint32_t)count;
}

static void give_way(void)
{
	struct schedule *s = now.plan;
	struct thread *t = core_current();
	size_t count = t ? equals(t) : 1;
	uint32_t turn = turn_at_choice(count);

	if (turn)
		s->done[s->done_count++] = (struct schedule_choice){ counter.point, turn };
	for (uint32_t i = 0; i < turn; i++)
		thread_rotate(core_current());
	choose_next_point();
}

static void add_to_hash(uint64_t value)
{
	for (int i = 0; i < 8; i++, value >>= 8)
		now.plan->hash = (now.plan->hash ^ (value & 0xff)) * UINT64_C(0x100000001b3);
}

void schedule_called(uint32_t place, uint32_t thread, uint32_t number, uint64_t nsec)
{
	if (number == SCHEDULE_POINT && counter.point >= now.busy)
		simboard_pass(BUSY_NSEC);
	if (number != SCHEDULE_POINT)
		counter.point++;
	if (!now.plan)
		return;
	if (number != SCHEDULE_POINT) {
		add_to_hash((uint64_t)place << 32 | thread);
		add_to_hash(number);
		add_to_hash(nsec);
	}
	if (counter.point >= now.choice)
		give_way();
}

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
	if (!counter.stop || ++counter.point < counter.stop)
		return;
	ms_gate(SCHEDULE_POINT, 0, 0, 0, 0, 0, 0);
}

bool schedule_read(struct schedule *s, const char *text)
{
	uint64_t before = 0;

	for (s->choice_count = 0; s->choice_count < SCHEDULE_CHOICES; text++) {
		struct schedule_choice *c = &s->choices[s->choice_count++];
		int size = 0;

		if (*text < '0' || *text > '9' || sscanf(text, "%" SCNu64 ":%" SCNu32 "%n", &c->point, &c->turn, &size) != 2 || !c->turn || c->point < before)
			return false;
		before = c->point;
		text += size;
		if (!*text)
			return true;
		if (*text != ',')
			return false;
	}
	return false;
}

void schedule_write(const struct schedule_choice *choices, size_t count, char *to, size_t size)
{
	size_t at = 0;

	*to = '\0';
	for (size_t i = 0; i < count && at < size; i++)
		at += (size_t)snprintf(to + at, size - at, "%s%" PRIu64 ":%" PRIu32, i ? "," : "", choices[i].point, choices[i].turn);
}
