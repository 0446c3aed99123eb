/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a service of the contract suite tells: each promise is tried and one line says "kept: promise" or "broken: promise: what was
 * seen"; the last line is "all told".
 */
#ifndef PROMISE_H
#define PROMISE_H

#include <stdint.h>
#include <stdio.h>

#include <SysCall.h>

#define NSEC_PER_MSEC UINT64_C(1000000)

static char seen[96];
#define SEEN(...) (snprintf(seen, sizeof(seen), __VA_ARGS__), seen)

/* A moment for what takes some time: the log to be printed, an interrupt to come. */
static inline void settle(unsigned msec)
{
	ms_sleep_until(ms_clock() + msec * NSEC_PER_MSEC);
}

/* The promise returns NULL, or what it saw instead. */
static inline void try(const char *name, const char *(*promise)(void))
{
	const char *wrong = promise();

	settle(200);
	if (wrong)
		LOG_ERROR("broken: %s: %s", name, wrong);
	else
		LOG_INFO("kept: %s", name);
}
#define TRY(promise) try(#promise, promise)

#endif
