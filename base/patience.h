/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long to wait for a group of processes on a computer that does other things besides.
 *
 * A limit is about what they do, not about what others do: the time in which they wanted a processor and had none does
 * not count.  What does is what they had, and the time in which none of them wanted one (a sleep, a deadlock).  It is
 * estimated from /proc at each look; where that cannot be read all time counts, and a tenth of it always does.
 */
#ifndef PATIENCE_H
#define PATIENCE_H

#include <stdint.h>
#include <sys/types.h>

enum { PATIENCE_LOOK_NSEC = 500000000 };	/* how often to look */

struct patience {
	pid_t group;
	uint64_t looked_nsec;	/* when it was looked last */
	uint64_t used_nsec;	/* of processors, by then */
	uint64_t own_nsec;
};

/* From now on, for this process group. */
void patience_begin(struct patience *p, pid_t group);

/* Look, and say how much time they had so far. */
uint64_t patience_own_nsec(struct patience *p);

#endif
