/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule.h"

#include <stdio.h>
#include <string.h>

#include "blocks.h"
#include "carrier.h"
#include "schedule_draw.h"
#include "service.h"
#include "simboard.h"
#include "simdevice.h"
#include "thread.h"
#include "tracehash.h"

enum { BUSY_BLOCKS = 10000, BUSY_NSEC = 1000000 };	/* without a call: as a processor of some 10 million blocks a second */
enum { LATE_NSEC_MAX = 100000000, LATE_MAX = 3 };	/* nobody is kept waiting for longer, or more often */

static struct {
	struct schedule *plan;		/* NULL: as on a device, and points are not counted */
	struct draw draw;		/* of who draws */
	size_t next;			/* choice of a replay */
	unsigned lates;
	uint64_t begun;			/* point of this turn */
	bool open;			/* is there a choice in this turn? */
	struct schedule_stretch *stretch;	/* that this turn belongs to; NULL: none, or no room */
} now;

/* The block counter must work while a service runs and the kernel is closed. */
__attribute__((section("ms_open")))
static struct {
	uint64_t point, stop;		/* stop 0: no thread of a service is running */
	uint64_t block, busy;		/* basic blocks, also of the library: nothing is chosen there, but it takes time */
	uint32_t left;			/* only blocks count, and it has so many until it takes time; 0: more is asked */
	uintptr_t own_end;		/* behind its author's code */
	uintptr_t call;			/* from there it has called the library; 0: it has not */
} counter;

void schedule_begin(struct schedule *s)
{
	now.plan = s->plain ? NULL : s;
	now.next = 0;
	now.lates = 0;
	counter.point = 0;
	counter.block = 0;
	s->done_count = s->told_count = s->stretch_count = 0;
	s->decisions = 0;
	draw_begin(&now.draw, s);
	tracehash_begin(&s->hash);
}

bool schedule_is_plain(void)
{
	return !now.plan;
}

/* Threads that could run in its place, and itself. */
static uint32_t equals(const struct thread *t)
{
	uint32_t count = 1;

	for (const struct link *l = t->link.next; l != &t->link; l = l->next)
		count++;
	return count;
}

static bool may_be_late(void)
{
	uint64_t time = simboard_now(), next = clock_next();

	return next > time && next - time <= LATE_NSEC_MAX && now.lates < LATE_MAX;
}

static void name_thread(const struct thread *t, uint32_t *number, char *service)
{
	*number = t->number;
	snprintf(service, SCHEDULE_NAME, "%.*s", (int)t->service->plan.name.size, (const char *)t->service->plan.name.at);
}

static void note(uint32_t turn, struct thread *before, uint64_t late_nsec)
{
	struct schedule *s = now.plan;

	if (s->done_count < SCHEDULE_CHOICES)
		s->done[s->done_count++] = (struct schedule_choice){ counter.point, turn };
	if (!s->tell || s->told_count == SCHEDULE_TOLD)
		return;
	struct schedule_told *t = &s->told[s->told_count++];

	t->point = counter.point;
	t->late_nsec = late_nsec;
	t->pc = core_context(before)->carrier->own;
	name_thread(before, &t->thread, t->service);
	name_thread(core_current(), &t->next, t->next_service);
}

static void take_turns(uint32_t turn)
{
	struct thread *before = core_current();

	for (uint32_t i = 0; i < turn; i++)
		thread_rotate(core_current());
	note(turn, before, 0);
}

static void be_late(void)
{
	uint64_t begun = simboard_now();

	simboard_jump(begun + LATE_NSEC_MAX + SIMBOARD_CALL_NSEC);	/* the alarm may be a tick behind its timer */
	now.lates++;
	note(SCHEDULE_LATE, core_current(), simboard_now() - begun);
}

/* What a list says, or 0. */
static uint32_t listed(uint32_t count)
{
	const struct schedule *s = now.plan;

	if (now.next == s->choice_count || counter.point < s->choices[now.next].point)
		return 0;
	uint32_t turn = s->choices[now.next++].turn;

	return turn == SCHEDULE_LATE ? turn : turn % count;
}

/* There is more to be done at this point. */
static bool again(void)
{
	const struct schedule *s = now.plan;

	return s->kind == SCHEDULE_REPLAY && now.next < s->choice_count && s->choices[now.next].point <= counter.point;
}

/* Runs of points with the same choice are one stretch. */
static void note_stretch(uint32_t count, bool late)
{
	struct schedule *s = now.plan;
	struct schedule_stretch *last = s->stretch_count ? &s->stretches[s->stretch_count - 1] : NULL;

	if (last && last->to == counter.point && last->count == count && last->late == late) {
		now.stretch = last;
	} else if (s->stretch_count < SCHEDULE_STRETCHES) {
		now.stretch = &s->stretches[s->stretch_count++];
		*now.stretch = (struct schedule_stretch){ counter.point, counter.point + 1, count, late };
	}
}

bool schedule_choose(void)
{
	struct schedule *s = now.plan;

	now.open = false;
	now.stretch = NULL;
	if (!s)
		return true;

	uint32_t count = equals(core_current()), turn = 0;
	bool late = may_be_late();

	now.open = count > 1 || (s->late && late);
	if (count > 1 || late)
		note_stretch(count, late);
	if (now.open)
		s->decisions++;
	if (s->kind == SCHEDULE_REPLAY)
		turn = listed(count);
	else if (now.open && s->kind != SCHEDULE_DEVICE && s->done_count < SCHEDULE_CHOICES)
		turn = draw_turn(&now.draw, count, s->late && late);
	if (turn == SCHEDULE_LATE && late) {
		be_late();
		return false;
	}
	if (turn && turn != SCHEDULE_LATE)
		take_turns(turn);
	return !again();
}

/* The point at which it has to be asked again. */
static uint64_t next_choice(void)
{
	const struct schedule *s = now.plan;

	if (!s || s->kind == SCHEDULE_DEVICE)
		return UINT64_MAX;
	if (s->kind == SCHEDULE_REPLAY)
		return now.next < s->choice_count ? s->choices[now.next].point : UINT64_MAX;
	return now.open ? counter.point + now.draw.left : UINT64_MAX;
}

void schedule_resume(uintptr_t own_end)
{
	uint64_t choice = next_choice();

	now.begun = counter.point;
	counter.own_end = own_end;
	counter.busy = BUSY_BLOCKS;
	counter.left = now.plan || blocks_count ? 0 : BUSY_BLOCKS;
	counter.stop = choice > counter.point ? choice : counter.point + 1;
}

/* Whether it was stopped here for a choice must make no difference to what comes: in a replay it is not. */
void schedule_pause(bool at_point)
{
	struct schedule *s = now.plan;

	if (!at_point || counter.point < counter.stop)
		counter.point++;
	if (!at_point)
		counter.block = counter.call = 0;
	counter.stop = counter.left = 0;
	if (now.stretch)
		now.stretch->to = counter.point;
	if (!s || !now.open)
		return;
	s->decisions += counter.point - now.begun - 1;
	draw_passed(&now.draw, counter.point - now.begun);
}

void schedule_yielded(void)
{
	if (now.plan && now.plan->kind == SCHEDULE_PCT)
		draw_lower(&now.draw, core_current());
}

void schedule_stopped(void)
{
	if (counter.block < BUSY_BLOCKS)
		return;
	counter.block = 0;
	simboard_pass(BUSY_NSEC);
	schedule_yielded();
}

bool schedule_asks_where(uint32_t number)
{
	return (now.plan && now.plan->tell) || (number == SCHEDULE_POINT && counter.block >= BUSY_BLOCKS);
}

/* Who called the function that called us with this frame: only for code that keeps a frame pointer, as the library does. */
static inline uintptr_t outer_caller(const void *frame)
{
	const uintptr_t *outer = *(const uintptr_t *const *)frame;

	return outer[1];
}

/* A block of its author's code, or the first of a library's function that is called from there. */
static inline bool is_point(uintptr_t pc, const void *frame)
{
	uintptr_t caller = pc < counter.own_end ? 0 : outer_caller(frame);

	if (caller >= counter.own_end || (caller && caller == counter.call))
		return false;
	counter.call = caller;
	return true;
}

static inline void count(bool is_point)
{
	counter.point += is_point;
	if (++counter.block < counter.busy && counter.point < counter.stop)
		return;
	ms_gate(SCHEDULE_POINT, 0, 0, 0, 0, 0, 0);
}

/* Behind it, and so with its return address and its caller's frame. */
static __attribute__((noinline)) void reached(void)
{
	if (counter.left) {
		counter.left = 0;
		counter.block = BUSY_BLOCKS;
		ms_gate(SCHEDULE_POINT, 0, 0, 0, 0, 0, 0);
		return;
	}
	if (blocks_count)
		blocks_reached((uintptr_t)__builtin_return_address(0));
	if (counter.stop)
		count(is_point((uintptr_t)__builtin_return_address(0), __builtin_frame_address(0)));
}

/* At each block: what is needed most is one look, without a frame. */
void __sanitizer_cov_trace_pc(void)
{
	if (counter.left > 1)
		counter.left--;
	else
		reached();
}

void schedule_point(void)
{
	if (!counter.stop || counter.left)
		return;
	counter.call = 0;
	count(true);
}
