/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A board that is lent, and what drives it.
 *
 * What drives a board, an emulator or OpenOCD, is a process group that ends with its lease.  So that a board is never
 * driven twice, whoever was killed meanwhile, the driver and all that it starts hold the file 'NAME.lock' in the
 * agent's folder open and locked: until the last of them is gone, the board is not ready, for an agent that was started anew either.
 */
#ifndef POD_H
#define POD_H

#include "runlog.h"
#include "way.h"

struct pod {
	const struct lent *lent;
	struct board board;
	struct lease lease;
	const char *lock, *epoch, *image, *held;	/* files */
	bool ready;			/* nobody drives it */
	uint64_t waits_since_nsec;	/* and is not ready since then */
	char digest[65];		/* SHA-256 of the image that was sent under this lease; "" none */
	struct runlog *log;		/* of the last run under this lease, or NULL */
	bool running, stopping;
	enum frame_end why;		/* of stopping */
	enum job job;
	uint64_t run_ends_nsec, kill_nsec;
	struct process process;
	char said[1024], fix[512];	/* what the tools said was wrong */
	uint64_t runs, lost;		/* so far; of these, without an end of their own */
};

/* In that folder, which is there.  What it kept is read; a board that is still driven by what was left behind is not ready. */
int pod_open(struct pod *p, const struct lent *l, const char *folder, struct arena *a, struct err *e);

/* Time has passed: leases and runs end, and what does not end is killed.  True when clients have something to read. */
bool pod_tick(struct pod *p, uint64_t now_nsec);

/* The driver has said something or ended: take it.  True when clients have something to read. */
bool pod_read(struct pod *p);

/* A new lease for this user, whose turn it is.  The epoch is on the disk before anybody learns of it. */
int pod_lend(struct pod *p, const char *user, uint64_t ticket, uint64_t length_nsec, struct err *e);

/* The lease is over: stop, and forget what was sent. */
void pod_take_back(struct pod *p);

/* Do what is wanted, for so long at most.  -MS_EBUSY when something runs already. */
int pod_begin(struct pod *p, enum job job, bool fast, uint64_t limit_nsec, struct err *e);

void pod_stop(struct pod *p, enum frame_end why);

/* For the agent's end: stop and wait. */
void pod_close(struct pod *p);

/* "free", "lent", "running", "settling", for people. */
const char *pod_state(const struct pod *p);

#endif
