/* SPDX-License-Identifier: Apache-2.0 */
/* ms product layout: where everything lies, down to each byte that nobody can use. */
#include "integrate.h"

#include <string.h>

#include "file.h"
#include "layout_map.h"
#include "layoutpicture.h"
#include "locking.h"
#include "out.h"

static const char *picture_file;

static const struct opt options[] = {
	OPT_TEXT(0, "svg", "FILE", &picture_file, OPT_FILE, "write it as a picture, too; -: to standard output, and nothing else"),
	LOCKING_OPTIONS,
	OPT_END
};

static const struct example examples[] = {
	{ "ms product layout", "flash and RAM as lists of their pieces" },
	{ "ms product layout --svg layout.svg", "and as a picture that any browser shows" },
	{ NULL, NULL }
};

static const struct status statuses[] = {
	{ 3, "product.yaml is wrong" },
	{ 7, "a package is not to be believed" },
	{ 8, "there is no room: the message says how much is missing, and what would fit" },
	{ 11, "product.lock is not what is there" },
	{ 0, NULL }
};

const struct page page_integrate_layout = {
	.options = options,
	.complete = OPT_FOLDER,
	.about = "Shows where a build would place everything (docs/layout.md): each piece of flash and RAM with its address, its size and whose it is, and of each byte that nobody "
		 "can use the reason: the memory protection covers no other sizes, it begins nowhere else, or the flash is erased in units. The pieces of a memory are all of it.",
	.examples = examples,
	.statuses = statuses,
	.json = "An event \"layout_piece\" for each: memory, address, size, kind (used, wasted, kept, free), owner, what, cause (region, alignment, erase-unit, board; or null), reason, and of a service's "
		"extent: align, region (PMSAv7), sub_regions (a bit for each); result: name, board, protection, flash and ram, each with size, used, wasted, kept, free; with --svg also svg.",
};

static const char *const protections[] = { [MPU_NONE] = "none", [MPU_V7] = "PMSAv7", [MPU_V8] = "PMSAv8" };

static json_t *json_or_null(const char *text)
{
	return text ? out_string(text) : json_null();
}

static void say_event(const struct layout_memory *m, const struct layout_piece *x)
{
	json_t *o = json_pack("{s:s, s:I, s:I, s:s, s:o, s:s, s:s?, s:o}", "memory", m->name, "address", (json_int_t)x->at.base, "size", (json_int_t)x->at.size, "kind",
			      layout_kind_name(x->kind), "owner", json_or_null(x->owner), "what", x->what, "cause", x->cause, "reason", json_or_null(x->reason));

	if (x->align)
		json_object_set_new(o, "align", json_integer(x->align));
	if (x->region)
		json_object_update_new(o, json_pack("{s:I, s:i}", "region", (json_int_t)x->region, "sub_regions", (int)x->eighths));
	out_event("layout_piece", o);
}

/* "8 sub-regions of 1024, xxxxxxxx": what the protection is set to. */
static const char *protection(const struct layout_piece *x, struct arena *a)
{
	char bits[9] = "........";

	if (!x->align)
		return x->reason ? x->reason : "";
	for (int i = 0; i < 8; i++)
		if (x->eighths & 1 << i)
			bits[i] = 'x';
	const char *rule = x->region ? arena_printf(a, "region of %u, sub-regions %s", x->region, bits) : arena_printf(a, "multiples of %u", x->align);

	return x->reason ? arena_printf(a, "%s; %s", x->reason, rule) : rule;
}

static void say_piece(const struct layout_memory *m, const struct layout_piece *x, struct arena *a)
{
	const char *what = x->owner ? arena_printf(a, "%s %s", x->owner, x->what) : x->what;
	const char *mark = x->kind == LAYOUT_WASTED ? out_yellow() : x->kind == LAYOUT_USED ? out_bold() : out_dim();
	const char *more = protection(x, a);

	out_line("  0x%08x %9u  %s%-6s%s  %-*s%s%s", x->at.base, x->at.size, mark, layout_kind_name(x->kind), out_reset(), *more ? 20 : 0, what, *more ? "  " : "", more);
	say_event(m, x);
}

static json_t *json_sums(const struct layout_memory *m)
{
	json_t *o = json_pack("{s:I}", "size", (json_int_t)m->all.size);

	for (int i = 0; i < LAYOUT_KIND_COUNT; i++)
		json_object_set_new(o, layout_kind_name((enum layout_kind)i), json_integer(m->sum[i]));
	return o;
}

static void say_memory(const struct layout_memory *m, const char *rules, struct arena *a)
{
	out_line("%s%s%s  0x%08x, %u bytes; %s", out_bold(), m->name, out_reset(), m->all.base, m->all.size, rules);
	for (uint32_t i = 0; i < m->count; i++)
		say_piece(m, &m->at[i], a);
	out_line("  %u used, %u wasted, %u kept, %u free", m->sum[LAYOUT_USED], m->sum[LAYOUT_WASTED], m->sum[LAYOUT_KEPT], m->sum[LAYOUT_FREE]);
}

/* "16 KiB 4 times, ..." where the units differ. */
static const char *erase_units(const struct board *b, struct arena *a)
{
	struct text t = { 0 };

	if (!b->probe.sectors[0].count || !b->probe.sectors[1].count)
		return arena_printf(a, "erased in units of %u", b->erase_size);
	for (int i = 0; i < BOARD_SECTOR_RUNS && b->probe.sectors[i].count; i++)
		text_add(&t, a, "%s%u of %u", i ? ", " : "", b->probe.sectors[i].count, b->probe.sectors[i].size);
	return arena_printf(a, "erase units: %s", t.at);
}

static void say(const struct plan *p, const struct layout_map *map, struct arena *a)
{
	const char *mpu = protections[p->board.mpu];

	say_memory(&map->flash, arena_printf(a, "%s; memory protection %s", erase_units(&p->board, a), mpu), a);
	say_memory(&map->ram, arena_printf(a, "memory protection %s", mpu), a);
	out_field("name", out_string(p->product->name));
	out_field("board", out_string(p->board.name));
	out_field("protection", json_string(mpu));
	out_field("flash", json_sums(&map->flash));
	out_field("ram", json_sums(&map->ram));
}

static int draw(const struct plan *p, const struct layout_map *map, struct arena *a, struct err *e)
{
	const char *title = arena_printf(a, "%s %s on %s", p->product->name, p->product->version_text, p->board.name), *svg = layout_picture(map, title, a);

	out_field("svg", json_string(svg));
	if (!strcmp(picture_file, "-")) {
		out_text(svg);
		return MS_OK;
	}
	int rc = file_replace(picture_file, (struct bytes){ (const uint8_t *)svg, strlen(svg) }, 0644, a, e);

	if (rc >= 0)
		out_say("wrote '%s'", picture_file);
	return rc;
}

int integrate_layout(int argc, char **argv, struct arena *a, struct err *e)
{
	struct layout_map map;
	struct plan plan;

	int rc = integrate_plan(integrate_folder(argc, argv), false, NULL, a, &plan, e);
	if (rc >= 0)
		rc = plan_device(&plan, a, NULL, e);
	if (rc < 0)
		return rc;
	layout_map(&plan.device, a, &map);
	rc = picture_file ? draw(&plan, &map, a, e) : MS_OK;
	if (rc >= 0 && (!picture_file || strcmp(picture_file, "-") || out_is_json()))
		say(&plan, &map, a);
	return rc;
}
