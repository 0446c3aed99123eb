/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

#include "wall.h"

enum { NAMED = 3 };

/* One memory of a device in the making. */
struct placing {
	const char *what, *board;	/* "flash", "RAM"; its name */
	const struct layout_item *items;
	struct wall wall;
	struct arena *arena;
};

static const char *name_of(const struct placing *p, uint32_t need)
{
	return p->items[p->wall.needs[need].index].name;
}

static uint32_t extent_of(const struct placing *p, uint32_t need)
{
	return region_extent(p->wall.mpu, p->wall.needs[need].size);
}

/* The need with the largest extent that is not larger than that of `below`, behind it when as large; count when there is none. */
static uint32_t next_largest(const struct placing *p, uint32_t below)
{
	uint32_t best = p->wall.count;

	for (uint32_t i = 0; i < p->wall.count; i++) {
		uint32_t extent = extent_of(p, i);
		bool is_next = below == p->wall.count || extent < extent_of(p, below) || (extent == extent_of(p, below) && i > below);

		if (is_next && (best == p->wall.count || extent > extent_of(p, best)))
			best = i;
	}
	return best;
}

/* Would all fit if those that `without` marks were not there, and this one were so small (0: as it is)? */
static bool would_fit(const struct placing *p, const bool *without, uint32_t need, uint32_t size)
{
	struct wall other = p->wall;
	uint32_t failed;

	other.random = other.count = 0;
	other.needs = arena_array(p->arena, struct wall_need, p->wall.count);
	for (uint32_t i = 0; i < p->wall.count; i++) {
		if (without[i])
			continue;
		other.needs[other.count] = p->wall.needs[i];
		if (i == need && size)
			other.needs[other.count].size = size;
		other.count++;
	}
	return wall_fill(&other, p->arena, &failed);
}

/* The most bytes at which this one would leave room for all others; 0: none would. */
static uint32_t largest_that_fits(const struct placing *p, const bool *without, uint32_t need)
{
	uint32_t low = 0, high = p->wall.needs[need].size;

	while (high - low > 32) {
		uint32_t middle = low + ((high - low) / 64 ? (high - low) / 64 : 1) * 32;

		if (would_fit(p, without, need, middle))
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* What to cut: one of the largest to so many bytes, or else the largest, one after the other. */
static const char *smaller(const struct placing *p)
{
	bool *without = arena_array(p->arena, bool, p->wall.count);
	struct text t = { 0 };
	uint32_t i, n;

	for (i = next_largest(p, p->wall.count), n = 0; i < p->wall.count && n < NAMED; i = next_largest(p, i), n++) {
		uint32_t size = largest_that_fits(p, without, i);

		if (size)
			return arena_printf(p->arena, "with '%s' at %u bytes or less all fits", name_of(p, i), size);
	}
	for (i = next_largest(p, p->wall.count); i < p->wall.count; i = next_largest(p, i)) {
		without[i] = true;
		text_add(&t, p->arena, "%s'%s'", t.size ? ", " : "", name_of(p, i));
		if (would_fit(p, without, i, 0))
			break;
	}
	return arena_printf(p->arena, "without %s all fits", t.at);
}

/* "most take a 4096, b 2048" and what is lost to rounding up. */
static const char *largest(const struct placing *p)
{
	uint32_t worst = 0, lost = 0, n = 0;
	struct text t = { 0 };

	for (uint32_t i = next_largest(p, p->wall.count); i < p->wall.count && n < NAMED; i = next_largest(p, i), n++)
		text_add(&t, p->arena, "%s%s %u", n ? ", " : "", name_of(p, i), extent_of(p, i));
	for (uint32_t i = 0; i < p->wall.count; i++)
		if (extent_of(p, i) - p->wall.needs[i].size > lost) {
			worst = i;
			lost = extent_of(p, i) - p->wall.needs[i].size;
		}
	if (lost)
		text_add(&t, p->arena, "; rounding up costs '%s' most, %u", name_of(p, worst), lost);
	return t.at;
}

static int no_room(struct placing *p, uint32_t failed, struct err *e)
{
	unsigned size = p->wall.needs[failed].size, extent = extent_of(p, failed), window = p->wall.window.size;
	unsigned left = wall_left_for(&p->wall, failed), needed = wall_needed(&p->wall, p->arena);
	const char *missing = needed == UINT32_MAX ? "" : arena_printf(p->arena, ", %u too few", needed - window);

	err_set(e, ERR_NO_ROOM,
		"'%s' needs %u bytes of %s, %u as the memory protection can cover it, and %u are left in one piece",
		name_of(p, failed), size, p->what, extent, left);
	if (!extent)
		return err_fix(e, "%s has %u bytes of %s for services: make '%s' smaller", p->board, window, p->what, name_of(p, failed));
	return err_fix(e, "%s has %u bytes of %s for services%s; most take %s; %s", p->board, window, p->what, missing, largest(p), smaller(p));
}

/* Set the wall up for what each item needs of it, and place all. */
static int place(struct placing *p, struct err *e)
{
	uint32_t failed;

	return wall_fill(&p->wall, p->arena, &failed) ? MS_OK : no_room(p, failed, e);
}

int layout_place(const struct board *b, struct layout_item *items, uint32_t count, uint32_t variant,
		 struct arena *a, struct err *e)
{
	struct wall common = { .mpu = b->mpu, .random = variant * 0x85ebca6b };
	struct placing flash = { "flash", b->name, items, common, a }, ram = { "RAM", b->name, items, common, a };

	flash.wall.window = b->part[BOARD_SERVICES];
	ram.wall.window = b->services_ram;
	flash.wall.needs = arena_array(a, struct wall_need, count);
	ram.wall.needs = arena_array(a, struct wall_need, count);
	for (uint32_t i = 0; i < count; i++) {
		if (items[i].image_size)
			flash.wall.needs[flash.wall.count++] = (struct wall_need){ .index = i, .size = items[i].image_size, .align = items[i].flash_align };
		ram.wall.needs[ram.wall.count++] = (struct wall_need){ .index = i, .size = items[i].ram_size };
	}

	int rc = place(&flash, e);
	if (rc >= 0)
		rc = place(&ram, e);
	if (rc < 0)
		return rc;

	for (uint32_t i = 0; i < flash.wall.count; i++)
		items[flash.wall.needs[i].index].flash = flash.wall.needs[i].at;
	for (uint32_t i = 0; i < count; i++)
		items[ram.wall.needs[i].index].ram = ram.wall.needs[i].at;
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
