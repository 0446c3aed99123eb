/* SPDX-License-Identifier: Apache-2.0 */
/* One run of one test in a process of its own, and the verdict on it. */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include "schedule.h"
#include "supervise.h"
#include "sweep.h"

struct attempt {
	const char *word;
	const struct group *group;
	const struct CMUnitTest *test;
	struct schedule *schedule;	/* and what was done */
	uint64_t usec;			/* in all */
	void (*tick)(void);		/* called some times a second while it runs, or NULL */
	char reason[600];
};

/* In this order of threads.  `context`: the struct attempt. */
enum test_verdict attempt_run(struct schedule *s, void *context);

/* In the device's, for so long at most (0: without a limit). */
void attempt_on_device(void *context, uint64_t limit_usec, struct sweep_run *run);

/* A test whose time was over: what was busy. */
enum test_verdict attempt_stuck(const struct outcome *o, char *reason, size_t size);

#endif
