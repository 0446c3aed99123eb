/* SPDX-License-Identifier: Apache-2.0 */
#include "layout_map.h"

#include <string.h>

enum { EXTENT_MAX = BOARD_PART_COUNT + TABLE_ENTRY_MAX + TABLE_SHARED_MAX };

/* What was placed, before the space between is looked at. */
struct extent {
	struct board_window at;
	uint32_t used;
	const char *owner, *what, *content;	/* content: what is in the used part, or NULL */
	enum layout_kind rest;			/* what lies behind the used part */
	const char *cause, *reason;		/* of the rest */
	bool is_service;			/* the protection's rules are for it */
};

struct mapping {
	const struct board *board;
	struct arena *arena;
	struct extent extents[EXTENT_MAX];
	uint32_t count;
	struct layout_memory *out;
};

static void add_extent(struct mapping *m, struct extent x)
{
	uint32_t i = m->count++;

	for (; i > 0 && m->extents[i - 1].at.base > x.at.base; i--)
		m->extents[i] = m->extents[i - 1];
	m->extents[i] = x;
}

static void add_piece(struct mapping *m, struct layout_piece p)
{
	if (!p.at.size)
		return;
	m->out->at[m->out->count++] = p;
	m->out->sum[p.kind] += p.at.size;
}

static uint8_t eighths(struct board_window at, uint32_t region)
{
	uint32_t eighth = region / 8, first = at.base % region / eighth, count = at.size / eighth;

	return (uint8_t)(((1u << count) - 1) << first);
}

/* Both ends of what is placed are multiples of this. */
static uint32_t align_of(const struct mapping *m, struct board_window at)
{
	return m->board->mpu == MPU_V7 ? region_window(at.base, at.size) / 8 : region_granule(m->board->mpu, at.size);
}

static const char *rounding(const struct mapping *m, const struct extent *x, uint32_t align)
{
	if (m->board->mpu == MPU_V7)
		return arena_printf(m->arena, "rounded up: %u bytes are covered by sub-regions of %u", x->used, align);
	return arena_printf(m->arena, "rounded up: %s multiples of %u", m->board->mpu == MPU_V8 ? "regions are" : "extents are", align);
}

static void map_extent(struct mapping *m, const struct extent *x)
{
	struct layout_piece used = { .at = { x->at.base, x->used }, .kind = LAYOUT_USED, .owner = x->owner, .what = x->what, .reason = x->content };
	struct layout_piece rest = { .at = { x->at.base + x->used, x->at.size - x->used }, .kind = x->rest, .owner = x->owner, .what = x->what,
				     .cause = x->cause, .reason = x->reason };

	if (x->is_service) {
		used.extent = x->at;
		used.align = align_of(m, x->at);
		used.region = m->board->mpu == MPU_V7 ? region_window(x->at.base, x->at.size) : 0;
		used.eighths = used.region ? eighths(x->at, used.region) : 0;
		rest.reason = rounding(m, x, used.align);
	}
	add_piece(m, used);
	add_piece(m, rest);
}

/* Between two extents, or behind the last. */
static void map_gap(struct mapping *m, uint32_t from, uint32_t to, const struct extent *next)
{
	const struct board_window *s = &m->out->services;
	struct layout_piece gap = { .at = { from, to - from }, .what = "gap" };

	if (from < s->base || from >= s->base + s->size) {
		gap.kind = LAYOUT_KEPT;
		gap.cause = "board";
		gap.reason = "not given to services by the board's device tree";
	} else if (next && next->is_service) {
		gap.kind = LAYOUT_WASTED;
		gap.cause = "alignment";
		gap.reason = arena_printf(m->arena, "alignment: '%s' begins at a multiple of %u, %u bytes in one region", next->owner, align_of(m, next->at), next->at.size);
	} else {
		gap.kind = LAYOUT_FREE;
		gap.what = "free";
	}
	add_piece(m, gap);
}

/* A gap may reach over the end of what services get. */
static void map_space(struct mapping *m, uint32_t from, uint32_t to, const struct extent *next)
{
	uint32_t edges[] = { m->out->services.base, m->out->services.base + m->out->services.size, to };

	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++) {
		uint32_t end = edges[i] < to ? edges[i] : to;

		if (end <= from)
			continue;
		map_gap(m, from, end, end == to ? next : NULL);
		from = end;
	}
}

static void map_all(struct mapping *m)
{
	uint32_t at = m->out->all.base, end = at + m->out->all.size;

	m->out->at = arena_array(m->arena, struct layout_piece, 4 * (m->count + 1));
	for (uint32_t i = 0; i < m->count; i++) {
		map_space(m, at, m->extents[i].at.base, &m->extents[i]);
		map_extent(m, &m->extents[i]);
		at = m->extents[i].at.base + m->extents[i].at.size;
	}
	map_space(m, at, end, NULL);
}

/* The parts of the flash that are not the services'. */
static void add_parts(struct mapping *m, const struct device *d)
{
	const char *units = arena_printf(m->arena, "kept for a larger one: a part is of whole erase units, %u bytes", d->board->erase_size);
	const struct { uint32_t used; const char *owner, *what, *cause, *reason; } parts[BOARD_SERVICES] = {
		[BOARD_RUNTIME] = { (uint32_t)d->runtime.size, "runtime", "code", "board", "kept for a larger runtime" },
		[BOARD_PROVISION] = { d->provision_size, "keys", "provisioning", "erase-unit", units },
		[BOARD_TABLE_A] = { d->table_size, "table", "bank a", "erase-unit", units },
		[BOARD_TABLE_B] = { 0, "table", "bank b", "erase-unit", "kept for the next table: the one that holds stays whole until that is written" },
	};

	for (int i = 0; i < BOARD_SERVICES; i++)
		add_extent(m, (struct extent){ .at = d->board->part[i], .used = parts[i].used, .owner = parts[i].owner, .what = parts[i].what, .rest = LAYOUT_KEPT,
					       .cause = parts[i].cause, .reason = parts[i].reason });
}

static void add_service(struct mapping *m, struct board_window at, uint32_t used, const char *owner, const char *what, const char *content)
{
	if (at.size)
		add_extent(m, (struct extent){ .at = at, .used = used, .owner = owner, .what = what, .content = content, .rest = LAYOUT_WASTED, .cause = "region",
					       .is_service = true });
}

static void map_flash(struct mapping *m, const struct device *d)
{
	add_parts(m, d);
	for (uint32_t i = 0; i < d->service_count; i++) {
		const struct device_service *s = &d->services[i];

		add_service(m, s->at.flash, s->header.image_size, s->name, "image", NULL);
	}
	map_all(m);
}

static void map_ram(struct mapping *m, const struct device *d)
{
	add_extent(m, (struct extent){ .at = d->board->runtime_ram, .used = d->board->runtime_ram.size, .owner = "runtime", .what = "RAM" });
	for (uint32_t i = 0; i < d->service_count; i++) {
		const struct device_service *s = &d->services[i];
		const struct image *h = &s->header;

		add_service(m, s->at.ram, image_ram_size(h), s->name, "RAM",
			    arena_printf(m->arena, "stack %u, data %u, heap %u", h->stack_size, image_ram_size(h) - h->stack_size - h->heap_size, h->heap_size));
	}
	for (uint32_t i = 0; i < d->block_count; i++) {
		const struct device_block *b = &d->blocks[i];

		add_service(m, b->at.ram, b->what->number, b->owner->name, "shared block",
			    arena_printf(m->arena, "'%s', lent to %s", arena_string(m->arena, b->what->name), b->borrower ? b->borrower->name : "nobody"));
	}
	map_all(m);
}

void layout_map(const struct device *d, struct arena *a, struct layout_map *out)
{
	struct mapping flash = { .board = d->board, .arena = a, .out = &out->flash }, ram = { .board = d->board, .arena = a, .out = &out->ram };

	*out = (struct layout_map){
		.flash = { .name = "flash", .all = d->board->flash, .services = d->board->part[BOARD_SERVICES] },
		.ram = { .name = "RAM", .all = d->board->ram, .services = d->board->services_ram },
	};
	map_flash(&flash, d);
	map_ram(&ram, d);
}

const char *layout_kind_name(enum layout_kind kind)
{
	static const char *const names[] = { "used", "wasted", "kept", "free" };

	return names[kind];
}
