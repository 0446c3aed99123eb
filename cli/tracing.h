/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Following what a board's trace build notes in its ring (format/trace.h), by its debug port.
 *
 * The board stops each time its ring is full, which it says by going through one of two places in turn, and goes on when the ring was
 * read: its own clock stands still meanwhile, and nothing is lost.  What is lost all the same, as by a reset that nobody announced, is counted.
 */
#ifndef TRACING_H
#define TRACING_H

#include "arena.h"
#include "gdbremote.h"
#include "trace.h"

/* Takes what was read, in the order in which it was noted; times go on over resets of the board.  `lost` records are missing before it. */
typedef void tracing_take(void *to, const struct trace_record *r, uint32_t lost);

struct tracing {
	struct gdbremote port;
	uint32_t ring, place[2];	/* addresses on the board */
	uint32_t passed;		/* at which of the places it does not stop just now; 0: none */
	uint32_t starts, next;		/* which start of the runtime is read, and the next record's number */
	uint64_t base_nsec, last_nsec;	/* when that start was, and the last record, since the first start */
	uint32_t lost;			/* since the last record */
	uint64_t records, lost_all;
	tracing_take *take;		/* given by the caller before tracing_start, with what it wants */
	void *to;
};

/* Where the runtime of this ELF file has its ring: -MS_EFORMAT when it is no trace build. */
int tracing_init(struct tracing *t, const char *runtime, struct arena *a, struct err *e);

/* Connect to a board that waits, by a port on this computer, and let it go. */
int tracing_start(struct tracing *t, uint16_t port, struct err *e);

/* When there is something to read on t->port.fd: read what is there, and let a full ring's board go on. */
int tracing_follow(struct tracing *t, struct err *e);

/* Stop the board and read the rest.  It stands still from then on; the port stays open. */
int tracing_finish(struct tracing *t, struct err *e);

#endif
