/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests of a program one after the other in one process (--in-process): the
 * device is made anew between them, the test's own memory is not.
 *
 * Only a pass and a skip count.  Whatever else comes of a test is asked of it once
 * more, in a process of its own, which also tells what it prints; so a crash has its
 * place, and costs one more process for the tests behind it.
 */
#ifndef TOGETHER_H
#define TOGETHER_H

#include "supervise.h"

struct together_result {
	enum together_kind {
		TOGETHER_NOT_RUN,
		TOGETHER_RUNNING,	/* the process ended in it */
		TOGETHER_PASSED,
		TOGETHER_SKIPPED,
		TOGETHER_FAILED,
		TOGETHER_UNSURE,	/* it passed, and the process has more memory than before */
	} kind;
	uint64_t usec;
};

/* Results of so many tests, for two processes to see. */
struct together_result *together_take(size_t count);
void together_give(struct together_result *r, size_t count);

/*
 * Run tests[chosen[0]] and those behind it as far as one process gets: how many that are, at least one.  *stopped is
 * what the last one says if its time was over.
 */
size_t together_run(const struct group *g, const struct CMUnitTest *tests, const size_t *chosen, size_t count,
		    struct together_result *results, struct outcome *stopped);

#endif
