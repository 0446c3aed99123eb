/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose turn it is at one board.  Somebody holds it until a moment that can be put off, others wait in line.
 *
 * Each lease has a number, the epoch, larger than any before it: whoever still acts under an older one is refused.  Nothing
 * here looks at a clock or a file; the caller says what time it is and keeps the epoch (epoch.h).
 */
#ifndef LEASE_H
#define LEASE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	LEASE_USER_MAX = 63,
	LEASE_LINE_MAX = 32,		/* so many may wait for one board */
	LEASE_PATIENCE_SEC = 10,	/* who has not asked for so long has gone */
};

struct lease {
	uint64_t epoch;			/* of the lease that is held, or of the last one; 0: there was none */
	bool held;
	char user[LEASE_USER_MAX + 1];
	uint64_t ends_nsec;
	struct waiter { uint64_t ticket, seen_nsec; char user[LEASE_USER_MAX + 1]; } line[LEASE_LINE_MAX];
	uint32_t waiting;
	uint64_t last_ticket;
};

/*
 * Ask for the board; `ticket` is what the last answer gave, 0 at first.  True: it is this one's turn now, and lease_begin
 * may follow.  False with the ticket and how many are ahead; with ticket 0 the line is full.
 */
bool lease_ask(struct lease *l, const char *user, bool ready, uint64_t now_nsec, uint64_t *ticket, uint32_t *ahead);

/* The next epoch begins, which the caller has kept already; the ticket is used up. */
void lease_begin(struct lease *l, const char *user, uint64_t ticket, uint64_t now_nsec, uint64_t length_nsec);

/* Does this user hold the board now, under that very epoch? */
bool lease_is(const struct lease *l, const char *user, uint64_t epoch, uint64_t now_nsec);

void lease_renew(struct lease *l, uint64_t now_nsec, uint64_t length_nsec);
void lease_end(struct lease *l);

/* Time has passed: forget who no longer asks.  True when the lease has just run out. */
bool lease_tick(struct lease *l, uint64_t now_nsec);

#endif
