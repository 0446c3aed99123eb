/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many changed packages are accepted.  It has to be none.
 *
 *   mutations KEY PACKAGE OTHER COUNT SEED
 *	So many mutants: a bit is flipped, a piece cut, inserted, or swapped with
 *	another, or two good packages of one author are spliced; one in four is
 *	changed again.  What comes out as it went in is not counted.
 *   mutations KEY PACKAGE STRIDE
 *	Each STRIDE-th bit of the package, flipped alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "file.h"
#include "seeded.h"

enum { KINDS = 5, PIECE_MAX = 2048 };
static const char *const kinds[KINDS] = { "flip", "cut", "insert", "swap", "splice" };

struct work {
	struct bytes good, other;
	uint8_t *at;		/* the mutant */
	size_t size, room;
	uint64_t random;
};

static size_t below(struct work *w, size_t limit)
{
	return limit ? seeded_below(&w->random, limit) : 0;
}

/* A place: one in two at the boundary of a block, where headers and contents meet. */
static size_t place(struct work *w)
{
	size_t at = below(w, w->size + 1);

	return seeded_next(&w->random) & 1 ? at & ~(size_t)(PACKAGE_BLOCK - 1) : at;
}

static size_t piece(struct work *w, size_t at)
{
	size_t size = 1 + below(w, seeded_next(&w->random) & 1 ? 16 : PIECE_MAX);

	return size < w->size - at ? size : w->size - at;
}

static void flip(struct work *w)
{
	if (w->size)
		w->at[below(w, w->size)] ^= (uint8_t)(1u << below(w, 8));
}

static void cut(struct work *w)
{
	size_t at = place(w), size = seeded_next(&w->random) & 1 ? w->size - at : piece(w, at);

	memmove(w->at + at, w->at + at + size, w->size - at - size);
	w->size -= size;
}

/* Bytes of its own again, or any. */
static void insert(struct work *w)
{
	size_t at = place(w), from = place(w), size = piece(w, from);
	uint8_t copy[PIECE_MAX];
	bool own = seeded_next(&w->random) & 1;

	if (w->size + size > w->room)
		return;
	for (size_t i = 0; i < size; i++)
		copy[i] = own ? w->at[from + i] : (uint8_t)seeded_next(&w->random);
	memmove(w->at + at + size, w->at + at, w->size - at);
	memcpy(w->at + at, copy, size);
	w->size += size;
}

static void swap(struct work *w)
{
	size_t a = place(w), b = place(w), size = piece(w, a > b ? a : b);

	for (size_t i = 0; i < size && a + i < w->size && b + i < w->size; i++) {
		uint8_t byte = w->at[a + i];

		w->at[a + i] = w->at[b + i];
		w->at[b + i] = byte;
	}
}

/* From some place on the other package, from the same or another place of it. */
static void splice(struct work *w)
{
	size_t at = place(w), from = seeded_next(&w->random) & 1 ? at : place(w);

	if (from > w->other.size)
		from = w->other.size;
	w->size = at + (w->other.size - from);
	memcpy(w->at + at, w->other.at + from, w->other.size - from);
}

static unsigned mutate(struct work *w)
{
	static void (*const how[KINDS])(struct work *) = { flip, cut, insert, swap, splice };
	unsigned kind = (unsigned)below(w, KINDS);

	memcpy(w->at, w->good.at, w->good.size);
	w->size = w->good.size;
	how[kind](w);
	if (below(w, 4) == 0)
		how[below(w, KINDS - 1)](w);
	return kind;
}

static bool find(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	const struct key_public *k = context;

	(void)role;
	if (memcmp(kid, k->kid, COSE_KID_SIZE))
		return false;
	*out = (struct believed){ .key = *k, .label = "author" };
	return true;
}

static int verify(struct bytes package, struct key_public *k)
{
	struct believer by = { find, k };
	struct arena a = { 0 };
	struct archive_report *r = arena_new(&a, struct archive_report);
	struct err e = { 0 };

	int rc = archive_verify(package, "mutant", &by, &a, r, &e);
	arena_done(&a);
	return rc;
}

struct score { unsigned long tried[KINDS], accepted[KINDS], same; };

static void run(struct work *w, struct key_public *k, unsigned long count, struct score *s)
{
	while (count) {
		unsigned kind = mutate(w);
		struct bytes mutant = { w->at, w->size };

		if (bytes_equal(mutant, w->good) || bytes_equal(mutant, w->other)) {
			s->same++;
			continue;
		}
		s->tried[kind]++;
		s->accepted[kind] += verify(mutant, k) == MS_OK;
		count--;
	}
}

static unsigned long report(const struct score *s)
{
	unsigned long tried = 0, accepted = 0;

	for (int i = 0; i < KINDS; i++) {
		printf("%-8s %6lu tried, %lu accepted\n", kinds[i], s->tried[i], s->accepted[i]);
		tried += s->tried[i];
		accepted += s->accepted[i];
	}
	printf("%-8s %6lu tried, %lu accepted (%lu came out unchanged and are not counted)\n", "all", tried, accepted, s->same);
	return accepted;
}

/* The whole number of bits that were accepted when flipped. */
static unsigned long run_flips(struct work *w, struct key_public *k, size_t stride)
{
	unsigned long tried = 0, accepted = 0;

	memcpy(w->at, w->good.at, w->good.size);
	for (size_t bit = 0; bit < 8 * w->good.size; bit += stride) {
		w->at[bit / 8] ^= (uint8_t)(1u << bit % 8);
		accepted += verify((struct bytes){ w->at, w->good.size }, k) == MS_OK;
		w->at[bit / 8] ^= (uint8_t)(1u << bit % 8);
		tried++;
	}
	printf("single bits of %zu bytes, each %zu.: %lu tried, %lu accepted\n", w->good.size, stride, tried, accepted);
	return accepted;
}

static int prepare(const char *key, const char *good, const char *other, struct arena *a, struct work *w, struct key_public *k, struct err *e)
{
	int rc = key_open_public(key, a, k, e);
	if (rc == MS_OK)
		rc = file_read(good, PACKAGE_SIZE_MAX, a, &w->good, e);
	if (rc == MS_OK)
		rc = file_read(other, PACKAGE_SIZE_MAX, a, &w->other, e);
	if (rc < 0)
		return rc;
	if (verify(w->good, k) < 0 || verify(w->other, k) < 0)
		return err_set(e, ERR_REFUSED, "the packages themselves are not accepted");

	w->room = w->good.size + w->other.size + PIECE_MAX;
	w->at = arena_take(a, w->room);
	return MS_OK;
}

static unsigned long measure(int argc, char **argv, struct work *w, struct key_public *k)
{
	struct score score = { 0 };

	if (argc == 4) {
		size_t stride = strtoul(argv[3], NULL, 10);
		return run_flips(w, k, stride ? stride : 1);
	}
	w->random = strtoull(argv[5], NULL, 0);
	run(w, k, strtoul(argv[4], NULL, 10), &score);
	return report(&score);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct work w = { 0 };
	struct key_public k;
	struct err e = { 0 };

	if (argc != 4 && argc != 6) {
		fprintf(stderr, "usage: mutations KEY PACKAGE OTHER COUNT SEED\n   or: mutations KEY PACKAGE STRIDE\n");
		return 2;
	}
	if (prepare(argv[1], argv[2], argv[argc == 6 ? 3 : 2], &a, &w, &k, &e) < 0) {
		fprintf(stderr, "mutations: %s\n", e.text);
		return 1;
	}
	unsigned long accepted = measure(argc, argv, &w, &k);
	arena_done(&a);
	return accepted != 0;
}
