/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extents that must lie inside an aligned window of their own size are placed
 * like the bricks of a wall: the largest windows first, each into the gap that
 * it leaves smallest.  Where that fails, other orders are tried, from a
 * sequence that is always the same.
 */
#include "layout.h"

#include <string.h>

enum { TRIES = 512 };

struct gap { uint32_t start, size; };

struct need { uint32_t index, size, align; struct board_window at; };

/* One window being filled. */
struct wall {
	const struct board *board;
	const char *what;		/* "flash", "RAM" */
	struct board_window window;
	struct gap *gaps;		/* ascending */
	uint32_t gap_count;
	struct need *needs;		/* in the order in which they are placed */
	uint32_t count;
	uint32_t random;		/* 0: tight; else the state of the choice-maker */
};

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* The least legal start at or above `from` in a gap; false when the extent does not fit there. */
static bool fits(const struct wall *w, const struct gap *g, uint32_t from, const struct need *n, uint32_t *start)
{
	uint32_t extent = region_extent(w->board->mpu, n->size);
	uint32_t at = region_place(w->board->mpu, from > g->start ? from : g->start, n->size);

	if (n->align && at != UINT32_MAX && at % n->align)
		at = region_place(w->board->mpu, at - at % n->align + n->align, n->size);

	if (!extent || at == UINT32_MAX || at - g->start > g->size || g->size - (at - g->start) < extent)
		return false;
	*start = at;
	return true;
}

/* Take an extent out of a gap: what remains on both sides stays free. */
static void take(struct wall *w, uint32_t i, uint32_t start, uint32_t extent)
{
	struct gap left = { w->gaps[i].start, start - w->gaps[i].start };
	struct gap right = { start + extent, w->gaps[i].size - left.size - extent };

	memmove(&w->gaps[i + 2], &w->gaps[i + 1], sizeof(*w->gaps) * (w->gap_count - i - 1));
	w->gaps[i] = left;
	w->gaps[i + 1] = right;
	w->gap_count++;
}

static bool place_tight(struct wall *w, struct need *n)
{
	uint32_t extent = region_extent(w->board->mpu, n->size), best = w->gap_count, best_start = 0;

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
static bool place_loose(struct wall *w, struct need *n)
{
	uint32_t from = w->window.base + next_random(&w->random) % w->window.size;

	for (uint32_t i = 0; i < w->gap_count; i++) {
		uint32_t start, extent = region_extent(w->board->mpu, n->size);

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
	w->gaps[0] = (struct gap){ w->window.base, w->window.size };
	w->gap_count = 1;
	for (uint32_t i = 0; i < count; i++)
		if (!(w->random ? place_loose(w, &w->needs[i]) : place_tight(w, &w->needs[i])))
			return i;
	return count;
}

static bool goes_before(const struct wall *w, const struct need *a, const struct need *b)
{
	uint32_t ga = region_granule(w->board->mpu, a->size), gb = region_granule(w->board->mpu, b->size);
	uint32_t ea = region_extent(w->board->mpu, a->size), eb = region_extent(w->board->mpu, b->size);

	return ga != gb ? ga > gb : ea != eb ? ea > eb : a->index < b->index;
}

static void sort(struct wall *w)
{
	for (uint32_t i = 1; i < w->count; i++) {
		struct need one = w->needs[i];
		uint32_t j = i;

		for (; j > 0 && goes_before(w, &one, &w->needs[j - 1]); j--)
			w->needs[j] = w->needs[j - 1];
		w->needs[j] = one;
	}
}

static void swap(struct wall *w, uint32_t i, uint32_t j)
{
	struct need one = w->needs[i];

	w->needs[i] = w->needs[j];
	w->needs[j] = one;
}

static void shuffle(struct wall *w, uint32_t *random)
{
	for (uint32_t i = w->count; i > 1; i--)
		swap(w, i - 1, next_random(random) % i);
}

/* Place all.  false: then needs[*failed] is the first that the tightest order had no room for. */
static bool fill(struct wall *w, uint32_t *failed)
{
	uint32_t random = 0x9e3779b9;

	sort(w);
	if (w->random && place_all(w, w->count) == w->count)
		return true;
	w->random = 0;
	for (int i = 0; i < TRIES; i++) {
		if (place_all(w, w->count) == w->count)
			return true;
		shuffle(w, &random);
	}
	sort(w);
	*failed = place_all(w, w->count);
	return false;
}

/* The largest piece that is left when all others are placed. */
static uint32_t left_for(struct wall *w, uint32_t failed)
{
	uint32_t largest = 0;

	swap(w, failed, w->count - 1);
	place_all(w, w->count - 1);
	for (uint32_t i = 0; i < w->gap_count; i++)
		if (w->gaps[i].size > largest)
			largest = w->gaps[i].size;
	return largest;
}

static int no_room(struct wall *w, const char *name, uint32_t failed, struct err *e)
{
	unsigned size = w->needs[failed].size, extent = region_extent(w->board->mpu, size);
	unsigned window = w->window.size;

	err_set(e, ERR_NO_ROOM,
		"'%s' needs %u bytes of %s, %u as the memory protection can cover it, and %u are left in one piece",
		name, size, w->what, extent, (unsigned)left_for(w, failed));
	return err_fix(e, "%s has %u bytes of %s for services: make '%s' smaller%s", w->board->name, window, w->what, name,
		       w->count > 1 ? " or run fewer services" : "");
}

/* Set the wall up for what each item needs of it, and place all. */
static int place(struct wall *w, const struct layout_item *items, struct arena *a, struct err *e)
{
	uint32_t failed;

	w->gaps = arena_array(a, struct gap, w->count + 1);
	if (fill(w, &failed))
		return MS_OK;

	return no_room(w, items[w->needs[failed].index].name, failed, e);
}

int layout_place(const struct board *b, struct layout_item *items, uint32_t count, uint32_t variant,
		 struct arena *a, struct err *e)
{
	struct wall flash = { .board = b, .what = "flash", .window = b->part[BOARD_SERVICES] };
	struct wall ram = { .board = b, .what = "RAM", .window = b->services_ram, .count = count };

	flash.random = ram.random = variant * 0x85ebca6b;
	flash.needs = arena_array(a, struct need, count);
	ram.needs = arena_array(a, struct need, count);
	for (uint32_t i = 0; i < count; i++) {
		if (items[i].image_size)
			flash.needs[flash.count++] = (struct need){ .index = i, .size = items[i].image_size, .align = items[i].flash_align };
		ram.needs[i] = (struct need){ .index = i, .size = items[i].ram_size };
	}

	int rc = place(&flash, items, a, e);
	if (rc < 0)
		return rc;
	rc = place(&ram, items, a, e);
	if (rc < 0)
		return rc;

	for (uint32_t i = 0; i < flash.count; i++)
		items[flash.needs[i].index].flash = flash.needs[i].at;
	for (uint32_t i = 0; i < count; i++)
		items[ram.needs[i].index].ram = ram.needs[i].at;
	return MS_OK;
}

void layout_use(const struct board *b, const struct layout_item *items, uint32_t count,
		struct layout_use *flash, struct layout_use *ram)
{
	*flash = (struct layout_use){ .free = b->part[BOARD_SERVICES].size };
	*ram = (struct layout_use){ .free = b->services_ram.size };
	for (uint32_t i = 0; i < count; i++) {
		flash->used += items[i].image_size;
		flash->wasted += items[i].flash.size - items[i].image_size;
		flash->free -= items[i].flash.size;
		ram->used += items[i].ram_size;
		ram->wasted += items[i].ram.size - items[i].ram_size;
		ram->free -= items[i].ram.size;
	}
}
