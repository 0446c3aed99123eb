/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled device trees: a board that is accepted has its parts where they may be. */
#include "board.h"
#include "fuzz.h"

static bool inside(const struct board_window *w, const struct board_window *all)
{
	uint64_t end = (uint64_t)w->base + w->size;

	return w->size && w->base >= all->base && end <= (uint64_t)all->base + all->size;
}

/* The protection can cover exactly it, and it is no memory. */
static bool is_grantable(const struct board *b, const struct board_device *d)
{
	return d->name[0] && region_legal(b->mpu, d->reg.base, d->reg.size) && !inside(&d->reg, &b->ram) && !inside(&d->reg, &b->flash);
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct board b;
	struct board_files files;
	struct err e = { 0 };

	if (board_read(in, "x.dtb", &a, &b, &e) == MS_OK) {
		for (int i = 0; i < BOARD_PART_COUNT; i++)
			must(inside(&b.part[i], &b.flash));
		must(inside(&b.services_ram, &b.ram) && inside(&b.runtime_ram, &b.ram));
		must(b.name && b.description && b.target);
		for (uint32_t i = 0; i < b.device_count; i++)
			must(is_grantable(&b, &b.devices[i]));
		for (int i = 0; i < BOARD_LIMIT_COUNT; i++)
			must(b.limit[i] > 0 && b.limit[i] <= 65536);
		int rc = board_facts(in, "x.dtb", &a, &files, &e);
		must(rc == MS_OK ? files.header.size > 0 && files.capacity.size > 0 && files.script.size > 0 : rc == -MS_EFORMAT);
	} else {
		must(e.code == -MS_EFORMAT && e.text[0]);
	}
	arena_done(&a);
}
