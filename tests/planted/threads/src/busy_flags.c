/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <sched.h>

static volatile bool wants[2];
static volatile int turn;
static bool take_turns;

static void enter(int me)
{
	wants[me] = true;
	turn = 1 - me;
	while (wants[1 - me] && (!take_turns || turn == 1 - me))
		;
	wants[me] = false;
}

static void *zero(void *unused)
{
	enter(0);
	return unused;
}

static void *one(void *unused)
{
	enter(1);
	return unused;
}

void planted_busy_flags(bool mended)
{
	take_turns = mended;
	both(zero, one);
}
