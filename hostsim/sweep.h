/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A test with each of its sites (site.h) failing in turn, each in a process of
 * its own.  What is expected of a service is that it handles what fails: it
 * gives an error, does without, or tries again.  A test whose assertions do not hold any more
 * has noticed; what is not well is a crash, a hang, a finding of a sanitizer, a
 * fault of a service, and memory that is not given back.
 */
#ifndef SWEEP_H
#define SWEEP_H

#include <stdbool.h>

#include "supervise.h"

/* One run of the test. */
struct sweep_run {
	enum test_verdict verdict;
	struct outcome outcome;		/* as far as it was told */
	uint64_t usec;
	char reason[600];
};

struct sweep {
	unsigned jobs;			/* so many at once */
	const char *chosen;		/* `--fault`: these sites fail, in one run; NULL: each in turn */
	void (*run)(void *context, uint64_t limit_usec, struct sweep_run *run);
	void (*tell)(void *context, const char *id, const char *outcome, const char *text);	/* a site that was not handled */
	bool (*over)(void);		/* has the user or `ms test` lost patience? */
	void *context;
};

/* Returns the verdict on the test; `reason` gets the sum: "42 sites: 40 handled, 1 noticed, 1 crashed". */
enum test_verdict sweep_faults(const struct sweep *w, char *reason, size_t size);

/* In this process and at once, for a debugger: let these sites fail (NULL: none). */
void sweep_begin_named(const char *chosen);

#endif
