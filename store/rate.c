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

bool rate_take(struct rate *r, uint64_t who, uint64_t now_nsec)
{
	size_t i = who % RATE_SLOTS;
	double most = (double)r->per_sec * RATE_BURST_SEC;

	if (!r->per_sec)
		return true;
	if (r->at[i].who != who) {
		r->at[i].who = who;
		r->at[i].left = most;
		r->at[i].last_nsec = now_nsec;
	}
	r->at[i].left += (double)(now_nsec - r->at[i].last_nsec) / 1e9 * r->per_sec;
	if (r->at[i].left > most)
		r->at[i].left = most;
	r->at[i].last_nsec = now_nsec;
	if (r->at[i].left < 1)
		return false;
	r->at[i].left -= 1;
	return true;
}
