/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several processes that work on one list, each on whatever is next, and one
 * that copies what they say, in the order of the list, to standard output.
 */
#ifndef PARALLEL_H
#define PARALLEL_H

#include <stdbool.h>
#include <stddef.h>

struct parallel_work {
	size_t count;				/* of pieces */
	unsigned jobs;				/* processes */
	bool (*run)(void *context, size_t at);	/* in one of them: says what it has to say, by lines; false: no more */
	bool (*is_last)(void *context, const char *line);	/* is this the last line of a piece? */
	void *context;
};

/* All pieces, as long as none says false.  Returns whether all were run to their last line. */
bool parallel_run(const struct parallel_work *w);

/* In a process that a piece has started: it holds nothing open that others wait for. */
void parallel_forget(void);

#endif
