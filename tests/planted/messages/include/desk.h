/* SPDX-License-Identifier: Apache-2.0 */
/* What the service `partner` does for whom it is asked by, and what it asks back. */
#ifndef DESK_H
#define DESK_H

enum {				/* of the interface desk */
	DESK_ADD = 1,		/* in: a number; out: the sum of all so far */
	DESK_ADD_ONCE,		/* in: which request this is, a number; out: the sum; a request that was done is not done again */
	DESK_GET, DESK_SET,	/* out, in: the sum */
	DESK_RING,		/* it calls back (BACK_RING) once it has answered */
	DESK_EVENTS,		/* two events happen, each of which is notified */
	DESK_TAKE,		/* out: how many events have happened and were not taken yet */
	DESK_WAIT,		/* answered by the next DESK_WAKE, or at once if one is left over */
	DESK_WAKE,		/* wakes one that waits, or the next that would */
	DESK_MEND,		/* from now on without mistakes of its own */
	DESK_LEAVE,		/* the partner ends a little later */
};
enum { BACK_RING = 1 };		/* of the interface back */

#endif
