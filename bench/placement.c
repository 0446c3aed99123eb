/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What placement wastes: the product's own (product/layout.h) beside the best of all orders, where those can be tried, and beside
 * plain first-fit, which takes services as they come and each to the lowest place where it may lie.  Made-up services, from a seed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"

enum { ITEM_MAX = 16, ALL_ORDERS_MAX = 7, ROUNDS = 400, BASE = 0x40000, ROOM = 4 << 20 };

/* Of one way to place: bytes behind the base that are not the services' extents. */
struct way { double gaps, most; uint32_t worse; };
struct tally { double rounding; struct way ours, best, first; };

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* Small ones are as frequent as large ones: 1 to 64 KiB of image, as services of the examples have. */
static void draw(uint32_t *random, struct layout_item *items, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t size = 1024u << next_random(random) % 6;

		items[i] = (struct layout_item){ .name = "x", .image_size = size + next_random(random) % size, .ram_size = 256 };
	}
}

static uint32_t end_of_order(enum mpu_kind mpu, const struct layout_item *items, const uint32_t *order, uint32_t count)
{
	uint32_t end = BASE;

	for (uint32_t i = 0; i < count; i++)
		end = region_place(mpu, end, items[order[i]].image_size) + region_extent(mpu, items[order[i]].image_size);
	return end;
}

/* The least end over all orders, by Heap's way through them: any placement, read from below and pushed down, is one of them. */
static uint32_t optimum(enum mpu_kind mpu, const struct layout_item *items, uint32_t count)
{
	uint32_t order[ITEM_MAX], turn[ITEM_MAX] = { 0 };

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	uint32_t best = end_of_order(mpu, items, order, count);

	for (uint32_t i = 1; i < count;) {
		if (turn[i] >= i) {
			turn[i++] = 0;
			continue;
		}
		uint32_t other = i % 2 ? turn[i] : 0, kept = order[i];

		order[i] = order[other];
		order[other] = kept;
		uint32_t end = end_of_order(mpu, items, order, count);

		best = end < best ? end : best;
		turn[i]++;
		i = 1;
	}
	return best;
}

/* The lowest legal start that lies in nothing placed so far. */
static uint32_t lowest(enum mpu_kind mpu, const struct board_window *placed, uint32_t count, uint32_t size)
{
	uint32_t extent = region_extent(mpu, size), at = region_place(mpu, BASE, size);

	for (uint32_t i = 0; i < count; i++)
		if (at < placed[i].base + placed[i].size && placed[i].base < at + extent) {
			at = region_place(mpu, placed[i].base + placed[i].size, size);
			i = UINT32_MAX;		/* look at all again */
		}
	return at;
}

static uint32_t first_fit(enum mpu_kind mpu, const struct layout_item *items, uint32_t count)
{
	struct board_window placed[ITEM_MAX];
	uint32_t end = BASE;

	for (uint32_t i = 0; i < count; i++) {
		placed[i] = (struct board_window){ lowest(mpu, placed, i, items[i].image_size), region_extent(mpu, items[i].image_size) };
		if (placed[i].base + placed[i].size > end)
			end = placed[i].base + placed[i].size;
	}
	return end;
}

static uint32_t ours(enum mpu_kind mpu, struct layout_item *items, uint32_t count)
{
	const struct board b = { .name = "any", .mpu = mpu, .part[BOARD_SERVICES] = { BASE, ROOM }, .services_ram = { 0x20000000, ROOM } };
	struct arena a = { 0 };
	struct err e = { 0 };
	uint32_t end = BASE;

	if (layout_place(&b, items, count, 0, &a, &e) < 0)
		exit(1);
	arena_done(&a);
	for (uint32_t i = 0; i < count; i++)
		if (items[i].flash.base + items[i].flash.size > end)
			end = items[i].flash.base + items[i].flash.size;
	return end;
}

static void add(struct way *w, uint32_t end, uint32_t extents, uint32_t needs, uint32_t best)
{
	double gaps = 100.0 * (end - BASE - extents) / needs;

	w->gaps += gaps / ROUNDS;
	w->most = gaps > w->most ? gaps : w->most;
	w->worse += end > best;
}

/* One made-up product more; what the best is where not all orders can be tried, is not known: then the least that there could be. */
static void try(enum mpu_kind mpu, uint32_t *random, uint32_t count, struct tally *t)
{
	struct layout_item items[ITEM_MAX];
	uint32_t needs = 0, extents = 0;

	draw(random, items, count);
	for (uint32_t i = 0; i < count; i++) {
		needs += items[i].image_size;
		extents += region_extent(mpu, items[i].image_size);
	}
	uint32_t best = count > ALL_ORDERS_MAX ? BASE + extents : optimum(mpu, items, count);

	t->rounding += 100.0 * (extents - needs) / needs / ROUNDS;
	add(&t->ours, ours(mpu, items, count), extents, needs, best);
	add(&t->best, best, extents, needs, best);
	add(&t->first, first_fit(mpu, items, count), extents, needs, best);
}

int main(void)
{
	static const uint32_t counts[] = { 2, 3, 4, 5, 6, 7, 8, 12, 16 };
	static const struct { enum mpu_kind mpu; const char *name; } kinds[] = { { MPU_V7, "PMSAv7" }, { MPU_V8, "PMSAv8" } };

	printf("| | services | rounding up | gaps: ours | the optimum | plain first-fit | ours, most | first-fit, most | ours above the optimum | first-fit above it |\n|---|---|---|---|---|---|---|---|---|---|\n");
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
			uint32_t random = 17 + counts[i];
			bool known = counts[i] <= ALL_ORDERS_MAX;
			struct tally t = { 0 };

			for (int round = 0; round < ROUNDS; round++)
				try(kinds[k].mpu, &random, counts[i], &t);
			printf("| %s | %u | %.1f | %.2f | %s%.2f | %.2f | %.1f | %.1f | ", kinds[k].name, counts[i], t.rounding, t.ours.gaps, known ? "" : "≥ ", t.best.gaps, t.first.gaps, t.ours.most,
			       t.first.most);
			printf(known ? "%u | %u |\n" : "at most %u | at most %u |\n", t.ours.worse, t.first.worse);
		}
	return 0;
}
