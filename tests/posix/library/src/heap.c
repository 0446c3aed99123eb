/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of the heap, which has an end: 16 KiB here. */
#include <stdint.h>
#include <stdlib.h>

#include "library.h"

enum { BLOCKS = 600 };

static int blocks_are_apart_and_aligned(void)
{
	char *blocks[20];

	for (size_t i = 0; i < COUNT(blocks); i++) {
		MUST((blocks[i] = malloc(i * 7 + 1)) && (uintptr_t)blocks[i] % _Alignof(max_align_t) == 0);
		memset(blocks[i], (int)i, i * 7 + 1);
	}
	for (size_t i = 0; i < COUNT(blocks); i++) {
		for (size_t k = 0; k < i * 7 + 1; k++)
			MUST(blocks[i][k] == (char)i);
		free(blocks[i]);
	}
	return 0;
}

/* Of size zero: either NULL, or a pointer that can be freed and is nobody else's. */
static int no_bytes_are_something_or_nothing(void)
{
	void *a = malloc(0), *b = malloc(0), *c = calloc(0, 4), *d = calloc(4, 0);

	MUST((!a || a != b) && (!c || c != d));
	free(a), free(b), free(c), free(d);
	return 0;
}

/* Everything is given, until ENOMEM; and when all of it is free again, as much. */
static int the_heap_ends_and_begins_again(void)
{
	static void *all[BLOCKS];
	size_t counted[2] = { 0, 0 };

	for (int round = 0; round < 2; round++) {
		size_t n = 0;

		errno = 0;
		while (n < BLOCKS && (all[n] = malloc(64)))
			n++;
		MUST(n > 50 && n < BLOCKS && errno == ENOMEM);
		counted[round] = n;
		for (size_t i = 0; i < n; i += 2)
			free(all[i]);
		for (size_t i = 1; i < n; i += 2)
			free(all[i]);
	}
	MUST(counted[0] == counted[1]);
	void *large = malloc(counted[0] * 64);		/* neighbours become one again */
	MUST(large);
	free(large);
	return 0;
}

static int sizes_that_nothing_has_are_refused(void)
{
	static const size_t none[] = { SIZE_MAX, SIZE_MAX - 7, SIZE_MAX - 64, SIZE_MAX / 2, PTRDIFF_MAX, 1 << 20 };
	static const volatile size_t half = SIZE_MAX / 2, root = (size_t)1 << (sizeof(size_t) * 4);
	char *kept = malloc(8);

	MUST(kept && strcpy(kept, "kept"));
	for (size_t i = 0; i < COUNT(none); i++) {
		FAILS(!malloc(none[i]), ENOMEM);
		FAILS(!calloc(none[i], 1), ENOMEM);
		FAILS(!calloc(1, none[i]), ENOMEM);
		FAILS(!realloc(kept, none[i]), ENOMEM);
		FAILS(!realloc(NULL, none[i]), ENOMEM);
		MUST(strcmp(kept, "kept") == 0);	/* what could not be made larger is as it was */
	}
	FAILS(!calloc(half + 2, 2), ENOMEM);	/* the product is 2 when it is taken for a size_t */
	FAILS(!calloc(root, root), ENOMEM);
	free(kept);
	return 0;
}

static int what_is_cleared_is_zero(void)
{
	unsigned char *dirty = malloc(200), *clear;

	MUST(dirty);
	memset(dirty, 0xff, 200);
	free(dirty);
	MUST((clear = calloc(20, 10)));
	for (size_t i = 0; i < 200; i++)
		MUST(clear[i] == 0);
	free(clear);
	return 0;
}

static int content_stays_when_the_size_changes(void)
{
	char *a = realloc(NULL, 4), *wall;

	MUST(a && strcpy(a, "abc") && (wall = malloc(16)));	/* so that it has to move */
	MUST((a = realloc(a, 400)) && strcmp(a, "abc") == 0 && (uintptr_t)a % _Alignof(max_align_t) == 0);
	memset(a, 'x', 400);
	MUST((a = realloc(a, 8)) && memcmp(a, "xxxxxxxx", 8) == 0);
	free(wall);
	MUST((a = realloc(a, 16)) && memcmp(a, "xxxxxxxx", 8) == 0);
	free(a);
	return 0;
}

static int freeing_leaves_errno_alone(void)
{
	void *a = malloc(10);

	KEEPS_ERRNO((free(NULL), true));
	KEEPS_ERRNO((free(a), true));
	return 0;
}

const struct row heap_rows[] = {
	ROW(malloc, "success", blocks_are_apart_and_aligned),
	ROW(malloc, "zero", no_bytes_are_something_or_nothing),
	ROW(malloc, "ENOMEM", the_heap_ends_and_begins_again),
	ROW(malloc, "ENOMEM-size", sizes_that_nothing_has_are_refused),
	ROW(calloc, "success", what_is_cleared_is_zero),
	ROW(calloc, "zero", no_bytes_are_something_or_nothing),
	ROW(calloc, "ENOMEM", sizes_that_nothing_has_are_refused),
	ROW(realloc, "success", content_stays_when_the_size_changes),
	ROW(realloc, "ENOMEM", sizes_that_nothing_has_are_refused),
	ROW(free, "success", freeing_leaves_errno_alone),
	ROWS_END
};
