/* SPDX-License-Identifier: Apache-2.0 */
/* A file of an index, and a frame: refused, or of services that can be placed and of versions that can be chosen among. */
#include "fuzz.h"

#include <string.h>

#include "fitframe.h"
#include "storeline.h"

/* A board of no device tree, large enough for most. */
static const struct board *board(void *context, const char *name)
{
	static struct board b = {
		.name = "fuzz", .target = MS_TARGET_V7EM, .mpu = MPU_V7, .mpu_regions = 8, .services_ram = { 0x20000000, 1 << 20 }, .flash = { 0, 1 << 22 }, .ram = { 0x20000000, 1 << 21 },
		.part[BOARD_SERVICES] = { 0x40000, 1 << 20 },
	};

	(void)context, (void)name;
	for (int i = 0; i < BOARD_LIMIT_COUNT; i++)
		b.limit[i] = 64;
	return &b;
}

static void look(const struct device *frame, const struct storefacts *f, struct arena *a)
{
	struct fit fit;

	fit_look(frame, f, a, &fit);
	must(!fit.fits || (fit.flash.size && fit.ram.size && fit.flash.size <= 1 << 20 && fit.ram.size <= 1 << 20));
}

FUZZ(in)
{
	struct device frame = { .vendor = "example.org", .board = board(NULL, ""), .sequence = 1 };
	const struct storeline *chosen;
	struct list lines = { 0 };
	struct arena a = { 0 };
	struct err e;

	json_t *o = json_loadb((const char *)in.at, in.size, 0, NULL);
	if (o && fitframe_read(o, board, NULL, &a, &frame, &e) < 0)
		frame = (struct device){ .vendor = "example.org", .board = board(NULL, ""), .sequence = 1 };
	json_decref(o);
	if (storeline_file(in, "example.org", "hello", &a, &lines, &e) == MS_OK) {
		for (size_t i = 0; i < lines.count; i++) {
			const struct storeline *l = lines.at[i];

			if (!l->offered)
				continue;
			struct storefacts *facts = arena_new(&a, struct storefacts);
			must(storeline_facts(l, &a, facts, &e) == MS_OK);
			look(&frame, facts, &a);
		}
		if (storeline_choose(&lines, NULL, &a, &chosen, &e) == MS_OK)
			must(chosen->offered);
	}
	arena_done(&a);
}
