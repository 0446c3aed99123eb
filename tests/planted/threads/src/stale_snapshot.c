/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static const int small = 1, large = 2;
static const int *volatile current = &small;
static bool read_once;

static const int *choose(void)
{
	return current;
}

static void *reader(void *unused)
{
	const int *one = choose(), *again = read_once ? one : choose();

	assert(*one == *again);
	return unused;
}

static void *changer(void *unused)
{
	current = &large;
	return unused;
}

void planted_stale_snapshot(bool mended)
{
	read_once = mended;
	both(reader, changer);
}
