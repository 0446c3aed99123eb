/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extents that must lie inside an aligned window of their own size are placed
 * like the bricks of a wall: the largest windows first, each into the gap that
 * it leaves smallest.  Where another order ends lower, or this one has no room,
 * orders are searched, in a sequence that is always the same.
 */
#include "wall.h"

#include <string.h>

enum { TRIES = 512 };

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* The least start at or above `from` that is legal and aligned; UINT32_MAX: none. */
static uint32_t least_start(enum mpu_kind mpu, uint32_t from, const struct wall_need *n)
{
	uint32_t at = region_place(mpu, from, n->size);

	if (n->align && at != UINT32_MAX && at % n->align)
		at = region_place(mpu, at - at % n->align + n->align, n->size);
	return at;
}

/* The same in a gap; false when the extent does not fit there. */
static bool fits(const struct wall *w, const struct wall_gap *g, uint32_t from, const struct wall_need *n, uint32_t *start)
{
	uint32_t extent = region_extent(w->mpu, n->size), at = least_start(w->mpu, from > g->start ? from : g->start, n);

	if (!extent || at == UINT32_MAX || at - g->start > g->size || g->size - (at - g->start) < extent)
		return false;
	*start = at;
	return true;
}

/* Take an extent out of a gap: what remains on both sides stays free. */
static void take(struct wall *w, uint32_t i, uint32_t start, uint32_t extent)
{
	struct wall_gap left = { w->gaps[i].start, start - w->gaps[i].start };
	struct wall_gap right = { start + extent, w->gaps[i].size - left.size - extent };

	memmove(&w->gaps[i + 2], &w->gaps[i + 1], sizeof(*w->gaps) * (w->gap_count - i - 1));
	w->gaps[i] = left;
	w->gaps[i + 1] = right;
	w->gap_count++;
}

static bool place_tight(struct wall *w, struct wall_need *n)
{
	uint32_t extent = region_extent(w->mpu, n->size), best = w->gap_count, best_start = 0;

	for (uint32_t i = 0; i < w->gap_count; i++) {
		uint32_t start;

		if (!fits(w, &w->gaps[i], 0, n, &start))
			continue;
		if (best == w->gap_count || w->gaps[i].size < w->gaps[best].size) {
			best = i;
			best_start = start;
		}
	}
	if (best == w->gap_count)
		return false;

	take(w, best, best_start, extent);
	n->at = (struct board_window){ best_start, extent };
	return true;
}

/* Anywhere at or above a random address; tight if there is no room above it. */
static bool place_loose(struct wall *w, struct wall_need *n)
{
	uint32_t from = w->window.base + next_random(&w->random) % w->window.size;

	for (uint32_t i = 0; i < w->gap_count; i++) {
		uint32_t start, extent = region_extent(w->mpu, n->size);

		if (fits(w, &w->gaps[i], from, n, &start)) {
			take(w, i, start, extent);
			n->at = (struct board_window){ start, extent };
			return true;
		}
	}
	return place_tight(w, n);
}

/* Place the first `count` in their order: how many were placed. */
static uint32_t place_all(struct wall *w, uint32_t count)
{
	w->gaps[0] = (struct wall_gap){ w->window.base, w->window.size };
	w->gap_count = 1;
	for (uint32_t i = 0; i < count; i++)
		if (!(w->random ? place_loose(w, &w->needs[i]) : place_tight(w, &w->needs[i])))
			return i;
	return count;
}

static bool goes_before(const struct wall *w, const struct wall_need *a, const struct wall_need *b)
{
	uint32_t ga = region_granule(w->mpu, a->size), gb = region_granule(w->mpu, b->size);
	uint32_t ea = region_extent(w->mpu, a->size), eb = region_extent(w->mpu, b->size);

	return ga != gb ? ga > gb : ea != eb ? ea > eb : a->index < b->index;
}

static void sort(struct wall *w)
{
	for (uint32_t i = 1; i < w->count; i++) {
		struct wall_need one = w->needs[i];
		uint32_t j = i;

		for (; j > 0 && goes_before(w, &one, &w->needs[j - 1]); j--)
			w->needs[j] = w->needs[j - 1];
		w->needs[j] = one;
	}
}

static void swap(struct wall *w, uint32_t i, uint32_t j)
{
	struct wall_need one = w->needs[i];

	w->needs[i] = w->needs[j];
	w->needs[j] = one;
}

static void shuffle(struct wall *w, uint32_t *random)
{
	for (uint32_t i = w->count; i > 1; i--)
		swap(w, i - 1, next_random(random) % i);
}

/*
 * Orders are tried one after the other, each laid end to end from the window's start, and given up as soon as they cannot end lower than the best
 * so far.  Any placement, read from below and pushed down, is such an order: so a search that comes to its end has found the best.
 */
struct search {
	const struct wall *w;
	uint32_t *starts, *best_starts;	/* by need */
	bool *used;
	uint32_t best_end;		/* to be undercut */
	uint32_t steps;			/* left */
	bool found;
};

enum { STEPS = 20000 };	/* seven needs have 13,699 */

/* The like of it was tried at this place already. */
static bool is_repeated(const struct search *s, uint32_t i)
{
	const struct wall_need *needs = s->w->needs;

	for (uint32_t k = 0; k < i; k++)
		if (!s->used[k] && needs[k].size == needs[i].size && needs[k].align == needs[i].align)
			return true;
	return false;
}

static void search_from(struct search *s, uint32_t placed, uint32_t end, uint32_t left);

/* Lay need i behind `end`, and the others behind it; `snug`: only without a gap, else only with one. */
static void try_next(struct search *s, uint32_t i, uint32_t placed, uint32_t end, uint32_t left, bool snug)
{
	const struct wall_need *n = &s->w->needs[i];
	uint32_t extent = region_extent(s->w->mpu, n->size), start = least_start(s->w->mpu, end, n);

	s->steps--;
	if (start == UINT32_MAX || (start == end) != snug || (uint64_t)start + left >= s->best_end)
		return;
	s->used[i] = true;
	s->starts[i] = start;
	search_from(s, placed + 1, start + extent, left - extent);
	s->used[i] = false;
}

static void search_from(struct search *s, uint32_t placed, uint32_t end, uint32_t left)
{
	uint32_t count = s->w->count;

	if (placed == count) {
		memcpy(s->best_starts, s->starts, sizeof(*s->starts) * count);
		s->best_end = end;
		s->found = true;
		return;
	}
	for (uint32_t i = 0; i < 2 * count && s->steps; i++)
		if (!s->used[i % count] && !is_repeated(s, i % count))
			try_next(s, i % count, placed, end, left, i < count);
}

/* The lowest end below `limit` that is found; needs without an extent have no place. */
static bool search(struct search *s, const struct wall *w, uint32_t limit, struct arena *a)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < w->count; i++) {
		uint32_t extent = region_extent(w->mpu, w->needs[i].size);

		if (!extent || extent > UINT32_MAX - w->window.base - sum)
			return false;
		sum += extent;
	}
	s->w = w;
	s->best_end = limit;
	s->steps = STEPS;
	s->starts = arena_array(a, uint32_t, w->count + 1);
	s->best_starts = arena_array(a, uint32_t, w->count + 1);
	s->used = arena_array(a, bool, w->count + 1);
	search_from(s, 0, w->window.base, sum);
	return s->found;
}

static uint32_t end_of(const struct wall *w)
{
	uint32_t end = w->window.base;

	for (uint32_t i = 0; i < w->count; i++)
		if (w->needs[i].at.base + w->needs[i].at.size > end)
			end = w->needs[i].at.base + w->needs[i].at.size;
	return end;
}

/* Replace what was placed, if it was, by what ends lower.  *known: no other order has to be tried. */
static bool improve(struct wall *w, bool placed, bool *known, struct arena *a)
{
	struct search s = { 0 };
	bool found = search(&s, w, placed ? end_of(w) : w->window.base + w->window.size + 1, a);

	*known = s.steps > 0;
	if (!found)
		return placed;
	for (uint32_t i = 0; i < w->count; i++)
		w->needs[i].at = (struct board_window){ s.best_starts[i], region_extent(w->mpu, w->needs[i].size) };
	return true;
}

bool wall_fill(struct wall *w, struct arena *a, uint32_t *failed)
{
	uint32_t random = 0x9e3779b9;
	bool known;

	w->gaps = arena_array(a, struct wall_gap, w->count + 1);
	sort(w);
	if (w->random && place_all(w, w->count) == w->count)
		return true;
	w->random = 0;
	if (improve(w, place_all(w, w->count) == w->count, &known, a))
		return true;
	for (int i = 0; !known && i < TRIES; i++) {
		shuffle(w, &random);
		if (place_all(w, w->count) == w->count)
			return true;
	}
	sort(w);
	*failed = place_all(w, w->count);
	return false;
}

uint32_t wall_left_for(struct wall *w, uint32_t failed)
{
	uint32_t largest = 0;

	swap(w, failed, w->count - 1);
	place_all(w, w->count - 1);
	for (uint32_t i = 0; i < w->gap_count; i++)
		if (w->gaps[i].size > largest)
			largest = w->gaps[i].size;
	swap(w, failed, w->count - 1);
	return largest;
}

uint32_t wall_needed(const struct wall *w, struct arena *a)
{
	struct search s = { 0 };

	return search(&s, w, UINT32_MAX, a) ? s.best_end - w->window.base : UINT32_MAX;
}
