/* SPDX-License-Identifier: Apache-2.0 */
#include "clock.h"

#include "board.h"

enum { NSEC_PER_SEC = 1000000000 };

/* The alarm is set at most so far ahead: what 32 bits of nanoseconds hold, and a quarter turn of the counter. */
#define AHEAD_NSEC UINT32_C(4000000000)
#define AHEAD_TICKS (UINT32_C(1) << 30)

static struct {
	uint64_t nsec;			/* at ticks */
	struct clock_stamp stamp;	/* the same instant */
	uint32_t ticks;
	struct link timers;		/* by time */
} time;

bool clock_changed;

void clock_init(void)
{
	list_init(&time.timers);
	time.nsec = 0;
	time.stamp = (struct clock_stamp){ 0 };
	time.ticks = board_ticks();
	clock_changed = true;
}

uint64_t clock_now(void)
{
	uint32_t ticks = board_ticks();
	uint64_t passed = (uint64_t)(ticks - time.ticks) * board_tick_nsec;

	time.ticks = ticks;
	time.nsec += passed;
	passed += time.stamp.nsec;
	while (passed >= NSEC_PER_SEC) {
		passed -= NSEC_PER_SEC;
		time.stamp.sec++;
	}
	time.stamp.nsec = (uint32_t)passed;
	return time.nsec;
}

struct clock_stamp clock_stamp(void)
{
	clock_now();
	return time.stamp;
}

void timer_init(struct timer *t, void (*fire)(struct timer *t))
{
	list_init(&t->link);
	t->fire = fire;
}

bool timer_running(const struct timer *t)
{
	return !list_empty(&t->link);
}

void timer_stop(struct timer *t)
{
	list_remove(&t->link);
}

void timer_start(struct timer *t, uint64_t when)
{
	timer_stop(t);
	t->when = when;
	struct link *at = time.timers.next;

	while (at != &time.timers && LIST_OF(struct timer, link, at)->when <= when)
		at = at->next;
	list_insert_before(at, &t->link);
	clock_changed |= time.timers.next == &t->link;
}

static struct timer *first_timer(void)
{
	return list_empty(&time.timers) ? NULL : LIST_OF(struct timer, link, time.timers.next);
}

uint64_t clock_next(void)
{
	const struct timer *t = first_timer();

	return t ? t->when : UINT64_MAX;
}

/* The watchdog is fed at the alarm: at least four times in its time. */
static uint32_t ahead_max(void)
{
	return board_watchdog_msec && board_watchdog_msec < AHEAD_NSEC / 250000 ? board_watchdog_msec * 250000 : AHEAD_NSEC;
}

static void set_alarm(uint64_t now)
{
	uint32_t ahead = ahead_max();
	const struct timer *t = first_timer();
	uint64_t left = t ? t->when - now : ahead;
	uint32_t nsec = left < ahead ? (uint32_t)left : ahead;
	uint32_t ticks = (nsec + board_tick_nsec - 1) / board_tick_nsec;

	board_alarm(time.ticks + (ticks < AHEAD_TICKS ? ticks : AHEAD_TICKS));
}

void clock_settle(void)
{
	uint64_t now = clock_now();

	for (struct timer *t = first_timer(); t && t->when <= now; t = first_timer()) {
		timer_stop(t);
		t->fire(t);
	}
	clock_changed = false;
	set_alarm(now);
}

void clock_alarm(void)
{
	clock_settle();
}
