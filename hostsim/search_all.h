/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of looking for an order of threads: one run after the other, all of few choices, and the shortest list (search.h). */
#ifndef SEARCH_ALL_H
#define SEARCH_ALL_H

#include <stdbool.h>

#include "search.h"

struct search {
	search_try *try;
	void *context;
	struct schedule *s;		/* shared with the process of a test */
	uint64_t left;			/* runs that may still be made */
	struct schedule_stretch *base;	/* where the device's own order has choices */
	size_t base_count;
};

static inline bool search_is_good(enum test_verdict v)
{
	return v == TEST_PASSED || v == TEST_SKIPPED;
}

/* Run this list of choices. */
enum test_verdict search_replay(struct search *f, const struct schedule_choice *choices, size_t count);

/* All lists of 1 .. bound choices, until one does not pass, whose verdict is returned, or nothing is left. */
enum test_verdict search_all(struct search *f, unsigned bound);

/* What the last run did, as few choices as it takes for this verdict; the last run is then that. */
enum test_verdict search_shrink(struct search *f, enum test_verdict wanted);

#endif
