/* SPDX-License-Identifier: Apache-2.0 */
#include "lease.h"

#include <stdio.h>
#include <string.h>

static void leave_line(struct lease *l, uint32_t at)
{
	l->waiting--;
	memmove(&l->line[at], &l->line[at + 1], (l->waiting - at) * sizeof(l->line[0]));
}

/* A ticket is its user's own: another one's is none. */
static uint32_t place_of(const struct lease *l, const char *user, uint64_t ticket)
{
	uint32_t at = 0;

	while (at < l->waiting && (l->line[at].ticket != ticket || strcmp(l->line[at].user, user)))
		at++;
	return at;
}

static uint32_t join_line(struct lease *l, const char *user)
{
	struct waiter *w = &l->line[l->waiting];

	w->ticket = ++l->last_ticket;
	snprintf(w->user, sizeof(w->user), "%s", user);
	return l->waiting++;
}

bool lease_ask(struct lease *l, const char *user, bool ready, uint64_t now_nsec, uint64_t *ticket, uint32_t *ahead)
{
	uint32_t at = place_of(l, user, *ticket);

	*ahead = l->waiting;
	if (at == l->waiting && l->waiting == LEASE_LINE_MAX) {
		*ticket = 0;
		return false;
	}
	if (at == l->waiting)
		at = join_line(l, user);
	l->line[at].seen_nsec = now_nsec;
	*ticket = l->line[at].ticket;
	*ahead = at + l->held;
	return ready && !l->held && !at;
}

void lease_begin(struct lease *l, const char *user, uint64_t ticket, uint64_t now_nsec, uint64_t length_nsec)
{
	uint32_t at = place_of(l, user, ticket);

	if (at < l->waiting)
		leave_line(l, at);
	l->epoch++;
	l->held = true;
	l->ends_nsec = now_nsec + length_nsec;
	snprintf(l->user, sizeof(l->user), "%s", user);
}

bool lease_is(const struct lease *l, const char *user, uint64_t epoch, uint64_t now_nsec)
{
	return l->held && epoch == l->epoch && now_nsec < l->ends_nsec && !strcmp(l->user, user);
}

void lease_renew(struct lease *l, uint64_t now_nsec, uint64_t length_nsec)
{
	l->ends_nsec = now_nsec + length_nsec;
}

void lease_end(struct lease *l)
{
	l->held = false;
	l->user[0] = '\0';
}

bool lease_tick(struct lease *l, uint64_t now_nsec)
{
	const uint64_t patience = LEASE_PATIENCE_SEC * UINT64_C(1000000000);

	for (uint32_t i = l->waiting; i-- > 0;)
		if (now_nsec - l->line[i].seen_nsec > patience)
			leave_line(l, i);
	if (!l->held || now_nsec < l->ends_nsec)
		return false;
	lease_end(l);
	return true;
}
