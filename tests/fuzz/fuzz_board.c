/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled device trees: a board that is accepted has its parts where they may be. */
#include "board.h"
#include "fuzz.h"

static bool inside(const struct board_window *w, const struct board_window *all)
{
	uint64_t end = (uint64_t)w->base + w->size;

	return w->size && w->base >= all->base && end <= (uint64_t)all->base + all->size;
}

FUZZ(in)
{
	struct arena a = { 0 };
	struct board b;
	struct bytes header, script;
	struct err e = { 0 };

	if (board_read(in, "x.dtb", &a, &b, &e) == MS_OK) {
		for (int i = 0; i < BOARD_PART_COUNT; i++)
			must(inside(&b.part[i], &b.flash));
		must(inside(&b.services_ram, &b.ram) && inside(&b.runtime_ram, &b.ram));
		must(b.name && b.description && b.target);
		int rc = board_facts(in, "x.dtb", &a, &header, &script, &e);
		must(rc == MS_OK ? header.size > 0 && script.size > 0 : rc == -MS_EFORMAT);
	} else {
		must(e.code == -MS_EFORMAT && e.text[0]);
	}
	arena_done(&a);
}
