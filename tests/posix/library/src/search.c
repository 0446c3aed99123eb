/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting, and finding in what is sorted. */
#include <stdlib.h>

#include "library.h"

static unsigned compared;

static int by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	compared++;
	return (x > y) - (x < y);
}

enum { MOST = 70 };

/* Orders that have made sorters slow or wrong: sorted, backwards, all equal, two values, a saw, and no order. */
static int value(int order, int i, int count)
{
	switch (order) {
	case 0: return i;
	case 1: return count - i;
	case 2: return 7;
	case 3: return i % 2;
	case 4: return i % 9 - 4;
	default: return (int)((unsigned)i * 2654435761u % 1000) - 500;
	}
}

static int everything_is_in_order_afterwards(void)
{
	int all[MOST + 1];

	for (int order = 0; order < 6; order++)
		for (int count = 0; count <= MOST; count++) {
			long sum = 0;

			for (int i = 0; i < count; i++)
				sum += all[i] = value(order, i, count);
			all[count] = -12345;
			qsort(all, (size_t)count, sizeof(*all), by_value);
			for (int i = 0; i < count; i++) {
				MUST(i == 0 || all[i - 1] <= all[i]);
				sum -= all[i];
			}
			MUST(sum == 0 && all[count] == -12345);
		}
	return 0;
}

static int by_first_byte(const void *a, const void *b)
{
	return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* Elements of any size go with all of their bytes. */
static int whole_elements_are_moved(void)
{
	static const size_t sizes[] = { 1, 2, 3, 4, 7, 8, 12, 17, 33 };
	static unsigned char all[20 * 33];

	for (size_t s = 0; s < COUNT(sizes); s++) {
		for (unsigned i = 0; i < 20; i++)
			memset(all + i * sizes[s], (int)(i * 37 % 100), sizes[s]);
		qsort(all, 20, sizes[s], by_first_byte);
		for (unsigned i = 0; i < 20; i++)
			for (size_t k = 0; k < sizes[s]; k++)
				MUST(all[i * sizes[s] + k] == all[i * sizes[s]] && (i == 0 || all[i * sizes[s]] > all[(i - 1) * sizes[s]]));
	}
	return 0;
}

static int each_is_found_and_nothing_else(void)
{
	int all[MOST];

	for (int i = 0; i < MOST; i++)
		all[i] = 2 * i;
	for (int count = 0; count <= MOST; count++)
		for (int key = -1; key <= 2 * count; key++) {
			int *found = bsearch(&key, all, (size_t)count, sizeof(*all), by_value);

			MUST(key % 2 == 0 && key < 2 * count ? found == all + key / 2 : found == NULL);
		}
	compared = 0;
	MUST(bsearch(&all[3], all, MOST, sizeof(*all), by_value) && compared <= 8);
	compared = 0;
	MUST(!bsearch(&all[3], all, 0, sizeof(*all), by_value) && compared == 0);
	return 0;
}

static const char *const words[] = { "alpha", "beta", "gamma" };

static int key_first(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

/* The key need not be an element: the comparison gets it first. */
static int the_key_comes_first(void)
{
	MUST(bsearch("beta", words, 3, sizeof(*words), key_first) == &words[1] && bsearch("gamma", words, 3, sizeof(*words), key_first) == &words[2] && !bsearch("delta", words, 3, sizeof(*words), key_first));
	return 0;
}

const struct row search_rows[] = {
	ROW(qsort, "success", everything_is_in_order_afterwards),
	ROW(qsort, "size", whole_elements_are_moved),
	ROW(bsearch, "success", each_is_found_and_nothing_else),
	ROW(bsearch, "key", the_key_comes_first),
	ROWS_END
};
