/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that look like chance.  These rows come first: what rand gives before srand is what it gives after srand(1). */
#include <stdlib.h>

#include "library.h"

enum { MANY = 50 };

static void take(int *to)
{
	for (int i = 0; i < MANY; i++)
		to[i] = rand();
}

static int who_has_no_seed_has_one(void)
{
	int first[MANY], again[MANY];

	take(first);
	srand(1);
	take(again);
	MUST(memcmp(first, again, sizeof(first)) == 0);
	return 0;
}

static int a_seed_is_a_sequence(void)
{
	int a[MANY], b[MANY];

	srand(4711);
	take(a);
	srand(4712);
	take(b);
	MUST(memcmp(a, b, sizeof(a)) != 0);
	srand(4711);
	take(b);
	MUST(memcmp(a, b, sizeof(a)) == 0);
	srand(0);
	take(a);
	MUST(a[0] != a[1] || a[1] != a[2]);
	return 0;
}

/* All bits of RAND_MAX come, each as often as not, more or less. */
static int numbers_have_their_range(void)
{
	int seen = 0, low = 0;

	MUST(RAND_MAX >= 32767);
	srand(7);
	for (int i = 0; i < 400; i++) {
		int r = rand();

		MUST(r >= 0 && r <= RAND_MAX);
		seen |= r;
		low += r < RAND_MAX / 2;
	}
	MUST(seen == RAND_MAX && low > 120 && low < 280);
	return 0;
}

static int a_seed_can_be_the_callers(void)
{
	unsigned a = 5, b = 5, zero = 0, high = ~0u;
	int seen = 0;

	for (int i = 0; i < 400; i++) {
		int r = rand_r(&a);

		MUST(r >= 0 && r <= RAND_MAX && r == rand_r(&b) && a == b);
		seen |= r;
	}
	MUST(seen == RAND_MAX);
	MUST(rand_r(&zero) >= 0 && rand_r(&high) >= 0 && (zero = 0, rand_r(&zero) != rand_r(&zero)));
	return 0;
}

const struct row random_rows[] = {
	ROW(rand, "unseeded", who_has_no_seed_has_one),
	ROW(rand, "success", numbers_have_their_range),
	ROW(srand, "success", a_seed_is_a_sequence),
	ROW(rand_r, "success", a_seed_can_be_the_callers),
	ROWS_END
};
