/* SPDX-License-Identifier: Apache-2.0 */
#include "board_probe.h"

#include <string.h>

#include <libfdt.h>

static bool has(const struct tree *t, int node, const char *property)
{
	return t->rc == MS_OK && fdt_getprop(t->fdt, node, property, NULL);
}

/* "<address bits value>"; without the property nothing is asked. */
static void read_check(struct tree *t, int node, const char *property, struct board_check *out)
{
	if (!has(t, node, property))
		return;
	*out = (struct board_check){ tree_cell(t, node, property, 0), tree_cell(t, node, property, 1), tree_cell(t, node, property, 2) };
	if (t->rc == MS_OK && (!out->mask || out->value & ~out->mask))
		tree_fail(t, node, "has a '%s' that can never be true", property);
}

/* "<size count>" for each run of sectors; together they are the flash. */
static void read_sectors(struct tree *t, int node, struct board *b)
{
	int size = 0;
	uint64_t all = 0;

	if (t->rc == MS_OK)
		fdt_getprop(t->fdt, node, "ms,sectors", &size);
	uint32_t count = size > 0 ? (uint32_t)size / 8 : 0;
	if (t->rc == MS_OK && (!count || count > BOARD_SECTOR_RUNS || size % 8))
		tree_fail(t, node, "needs 'ms,sectors' of 1 to %d pairs of size and count", BOARD_SECTOR_RUNS);
	for (uint32_t i = 0; t->rc == MS_OK && i < count; i++) {
		struct board_sectors *s = &b->probe.sectors[i];

		*s = (struct board_sectors){ tree_cell(t, node, "ms,sectors", 2 * i), tree_cell(t, node, "ms,sectors", 2 * i + 1) };
		all += (uint64_t)s->size * s->count;
	}
	if (t->rc == MS_OK && all != b->flash.size)
		tree_fail(t, node, "has 'ms,sectors' that are not the whole flash");
}

void board_probe_read(struct tree *t, struct board *b)
{
	int node = t->rc == MS_OK ? fdt_node_offset_by_compatible(t->fdt, -1, "ms,debug") : -1;

	if (node < 0)
		return;
	b->probe.target = tree_text(t, node, "ms,openocd-target");
	read_check(t, node, "ms,chip-id", &b->probe.chip);
	read_check(t, node, "ms,unprotected", &b->probe.unprotected);
	read_check(t, node, "ms,protected-for-ever", &b->probe.protected_for_ever);
	if (has(t, node, "ms,openocd-transport"))
		b->probe.transport = tree_text(t, node, "ms,openocd-transport");
	if (t->rc == MS_OK && b->probe.transport && strcmp(b->probe.transport, "swd") && strcmp(b->probe.transport, "swd-multidrop"))
		tree_fail(t, node, "has an 'ms,openocd-transport' that is neither 'swd' nor 'swd-multidrop'");
	if (has(t, node, "ms,jtag-id"))
		b->probe.jtag_id = tree_number(t, node, "ms,jtag-id");
	if (has(t, node, "ms,flash-kib"))
		b->probe.flash_kib = tree_number(t, node, "ms,flash-kib");
	if (has(t, node, "ms,openocd-unlock"))
		b->probe.unlock = tree_text(t, node, "ms,openocd-unlock");
	b->probe.tried = has(t, node, "ms,tried-on-hardware");
	if (t->rc == MS_OK && !b->probe.chip.mask)
		tree_fail(t, node, "needs 'ms,chip-id'");
	read_sectors(t, node, b);
}

struct board_window board_sector(const struct board *b, uint32_t offset)
{
	uint32_t at = 0;

	for (const struct board_sectors *s = b->probe.sectors; s < b->probe.sectors + BOARD_SECTOR_RUNS; s++) {
		uint32_t run = s->size * s->count;

		if (offset - at < run)
			return (struct board_window){ b->flash.base + at + (offset - at) / s->size * s->size, s->size };
		at += run;
	}
	return (struct board_window){ b->flash.base + at, 0 };
}
