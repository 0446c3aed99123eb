/* SPDX-License-Identifier: Apache-2.0 */
/* How often somebody may change something: so many at once, and so many a second on average.  Who is not in the table has what is left in their place of it. */
#ifndef RATE_H
#define RATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RATE_SLOTS = 1024, RATE_WAYS = 8, RATE_BURST_SEC = 10 };

struct rate {
	uint32_t per_sec;		/* 0: no limit */
	struct { uint64_t who, last_nsec; double left; } at[RATE_SLOTS];
};

/* The number of a token's hash, or of an address. */
uint64_t rate_who(const void *bytes, size_t size);

/* May they, once more, now? */
bool rate_take(struct rate *r, uint64_t who, uint64_t now_nsec);

#endif
