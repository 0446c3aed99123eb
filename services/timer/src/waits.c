/* SPDX-License-Identifier: Apache-2.0 */
#include "waits.h"

#include <stdbool.h>

#include "timer_chip.h"

enum { USEC_PER_SEC = 1000000, TRIES = 8 };

static struct { bool waits; uint64_t due; } waiters[TIMER_WAITER_MAX];

/* The counter, continued beyond its own bits: right as long as it is looked at twice in each turn, which waits_next cares for while somebody waits. */
static uint64_t now;

static void look(void)
{
	now += (chip_count() - (uint32_t)now) & chip_count_max;
}

void waits_init(volatile void *registers)
{
	for (int i = 0; i < TIMER_WAITER_MAX; i++)
		waiters[i].waits = false;
	chip_init(registers);
	now = chip_count();
}

/* Rounded up, and one more: the tick that runs has begun already. */
int waits_begin(uint32_t usec)
{
	look();
	for (int i = 0; i < TIMER_WAITER_MAX; i++) {
		if (waiters[i].waits)
			continue;
		waiters[i].waits = true;
		waiters[i].due = now + ((uint64_t)usec * chip_hz + USEC_PER_SEC - 1) / USEC_PER_SEC + 1;
		return i;
	}
	return -1;
}

static int due(void)
{
	for (int i = 0; i < TIMER_WAITER_MAX; i++)
		if (waiters[i].waits && waiters[i].due <= now)
			return i;
	return -1;
}

/* When to look next: when the first is due, or half a turn ahead; 0: never. */
static uint64_t next_look(void)
{
	uint64_t next = 0;

	for (int i = 0; i < TIMER_WAITER_MAX; i++)
		if (waiters[i].waits && (!next || waiters[i].due < next))
			next = waiters[i].due;
	return next && next - now > chip_count_max / 2 ? now + chip_count_max / 2 : next;
}

/* A counter that has passed the alarm before it was set would interrupt a turn later: it is looked at again, a few times at most. */
int waits_next(void)
{
	int number = -1;

	for (int tries = TRIES; tries; tries--) {
		look();
		number = due();
		uint64_t next = number < 0 ? next_look() : 0;

		if (!next)
			break;
		chip_alarm((uint32_t)next & chip_count_max);
		look();
		if (now < next)
			break;
	}
	if (number >= 0)
		waits_end(number);
	return number;
}

void waits_end(int number)
{
	waiters[number].waits = false;
}
