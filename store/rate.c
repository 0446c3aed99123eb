/* SPDX-License-Identifier: Apache-2.0 */
#include "rate.h"

/* FNV-1a: a place in a table, no secret. */
uint64_t rate_who(const void *bytes, size_t size)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (const unsigned char *at = bytes; size; at++, size--)
		h = (h ^ *at) * UINT64_C(1099511628211);
	return h;
}

/* What there is after the time that went by. */
static void refill(struct rate *r, size_t i, uint64_t now_nsec)
{
	double most = (double)r->per_sec * RATE_BURST_SEC;

	if (!r->at[i].last_nsec)
		r->at[i].left = most;
	else
		r->at[i].left += (double)(now_nsec - r->at[i].last_nsec) / 1e9 * r->per_sec;
	if (r->at[i].left > most)
		r->at[i].left = most;
	r->at[i].last_nsec = now_nsec;
}

/*
 * Their place among the few that may be theirs, or that of who asked the longest time ago.  What is left there stays: who comes
 * under many names, or pushes others out, gets no more than one does.
 */
static size_t place_of(struct rate *r, uint64_t who)
{
	size_t first = who % (RATE_SLOTS / RATE_WAYS) * RATE_WAYS, oldest = first;

	for (size_t i = first; i < first + RATE_WAYS; i++) {
		if (r->at[i].who == who && r->at[i].last_nsec)
			return i;
		if (r->at[i].last_nsec < r->at[oldest].last_nsec)
			oldest = i;
	}
	r->at[oldest].who = who;
	return oldest;
}

bool rate_take(struct rate *r, uint64_t who, uint64_t now_nsec)
{
	size_t i;

	if (!r->per_sec)
		return true;
	i = place_of(r, who);
	refill(r, i, now_nsec);
	if (r->at[i].left < 1)
		return false;
	r->at[i].left -= 1;
	return true;
}
