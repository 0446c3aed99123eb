/* SPDX-License-Identifier: Apache-2.0 */
#include "sizeview.h"

#include <string.h>

#include "executable.h"
#include "file.h"
#include "out.h"

/* The linker's map lies beside the debug file of a project; a package has none. */
static int read_map(const struct plan_service *s, struct arena *a, struct bytes *map, struct err *e)
{
	static const char suffix[] = ".debug";
	size_t size = strlen(s->debug), stem = size - (sizeof(suffix) - 1);

	*map = (struct bytes){ 0 };
	if (s->elf.size || size < sizeof(suffix) || strcmp(s->debug + stem, suffix))
		return MS_OK;
	return file_read(arena_printf(a, "%.*s.map", (int)stem, s->debug), EXECUTABLE_DEBUG_MAX, a, map, e);
}

static int read_service(const struct plan_service *s, struct arena *a, struct size_service *out, struct err *e)
{
	struct bytes elf = s->elf, map;
	int rc = elf.size ? MS_OK : file_read(s->debug, EXECUTABLE_DEBUG_MAX, a, &elf, e);

	out->of = s;
	out->name = s->device.name;
	if (rc >= 0)
		rc = read_map(s, a, &map, e);
	if (rc >= 0)
		rc = sizes_of(elf, s->debug, map, &s->device.header, a, &out->rows, e);
	return rc < 0 ? rc : stack_use(elf, s->debug, map, s->device.flags & TABLE_FPU, a, &out->stacks, e);
}

int size_services(const struct plan *p, struct arena *a, struct list *out, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < p->services.count; i++) {
		struct size_service *s = arena_new(a, struct size_service);

		rc = read_service(p->services.at[i], a, s, e);
		list_push(out, a, s);
	}
	return rc;
}

static const char *number(uint32_t n, struct arena *a)
{
	return n ? arena_printf(a, "%u", n) : "";
}

static void tell_rows(const struct size_service *s, struct arena *a)
{
	struct list rows = { 0 };

	sizes_sum(&s->rows, SIZE_BY_SYMBOL, a, &rows);
	for (size_t i = 0; i < rows.count; i++) {
		const struct size_row *r = rows.at[i];

		out_event("size", json_pack("{s:o, s:o, s:o, s:o, s:I, s:I}", "service", out_string(s->of->device.name),
					    "section", out_string(r->section), "object", out_string(r->object), "symbol", out_string(r->symbol),
					    "flash", (json_int_t)r->flash, "ram", (json_int_t)r->ram));
	}
}

void sizeview_rows(const struct size_service *s, enum size_by by, uint32_t top, struct arena *a)
{
	static const char *const heads[] = { "section", "object", "symbol" };
	struct list rows = { 0 };
	uint32_t flash = 0, ram = 0;

	if (out_is_json()) {
		tell_rows(s, a);
		return;
	}
	sizes_sum(&s->rows, by, a, &rows);
	out_line("%s%8s %8s  %s%s", out_bold(), "flash", "RAM", heads[by], out_reset());
	for (size_t i = 0; i < rows.count; i++) {
		const struct size_row *r = rows.at[i];

		flash += r->flash;
		ram += r->ram;
		if (!top || i < top)
			out_line("%8s %8s  %s%s%s", number(r->flash, a), number(r->ram, a), size_row_name(r, by),
				 by == SIZE_BY_SYMBOL ? "  " : "", by == SIZE_BY_SYMBOL ? r->object : "");
	}
	if (top && rows.count > top)
		out_line("%17s  ... and %zu more", "", rows.count - top);
	out_line("%8u %8u  %s", flash, ram, s->of->device.name);
	out_line("%s", "");
}

static void show_taken(const char *what, const struct layout_item *i, bool is_fixed, struct arena *a)
{
	out_line("%-24s %9s %9s %9s %9s%s", what, number(i->image_size, a), number(i->flash.size, a), number(i->ram_size, a), number(i->ram.size, a),
		 is_fixed ? "" : i->flash.size ? arena_printf(a, "  0x%08x 0x%08x", i->flash.base, i->ram.base) : arena_printf(a, "             0x%08x", i->ram.base));
}

static void tell_taken(const char *type, const char *what, const struct layout_item *i, const char *target)
{
	json_t *o = json_pack("{s:o, s:I, s:I, s:I, s:I}", "name", out_string(what),
			      "flash", (json_int_t)i->image_size, "flash_taken", (json_int_t)i->flash.size,
			      "ram", (json_int_t)i->ram_size, "ram_taken", (json_int_t)i->ram.size);

	json_object_set_new(o, "flash_address", i->flash.size ? json_integer(i->flash.base) : json_null());
	json_object_set_new(o, "ram_address", json_integer(i->ram.base));
	if (target)
		json_object_set_new(o, "target", json_string(target));
	out_event(type, o);
}

static void put_taken(const char *type, const char *what, const struct layout_item *i, const char *target, struct arena *a)
{
	show_taken(what, i, !strcmp(type, "taken_runtime"), a);
	tell_taken(type, what, i, target);
}

int sizeview_board(const struct plan *p, const struct list *services, struct arena *a, struct err *e)
{
	struct layout_item *all = arena_array(a, struct layout_item, services->count + p->device.block_count);
	struct layout_item runtime = { .flash = p->board.part[BOARD_RUNTIME], .ram = p->board.runtime_ram };
	struct layout_use flash, ram;
	uint32_t count = 0;
	struct bytes elf;

	int rc = file_read(p->symbols.runtime, EXECUTABLE_DEBUG_MAX, a, &elf, e);
	if (rc >= 0)
		rc = sizes_of_runtime(elf, p->symbols.runtime, &p->board, &runtime.image_size, &runtime.ram_size, e);
	if (rc < 0)
		return rc;
	out_line("%s%-24s %9s %9s %9s %9s  %s%s", out_bold(), p->board.name, "flash", "taken", "RAM", "taken", "at", out_reset());
	for (size_t i = 0; i < services->count; i++) {
		const struct device_service *d = &((const struct size_service *)services->at[i])->of->device;

		all[count++] = d->at;
		put_taken("taken", d->name, &d->at, target_name(d->header.target), a);
	}
	for (uint32_t i = 0; i < p->device.block_count; i++) {
		const struct device_block *b = &p->device.blocks[i];
		char *name = arena_string(a, b->what->name);

		all[count++] = b->at;
		put_taken("taken_shared", arena_printf(a, "%s of %s", name, b->owner->name), &b->at, NULL, a);
	}
	put_taken("taken_runtime", "runtime", &runtime, NULL, a);
	layout_use(&p->board, all, count, &flash, &ram);
	out_line("%-24s %9s %9u %9s %9u", "free for services", "", flash.free, "", ram.free);
	out_field("board", json_string(p->board.name));
	out_field("flash_free", json_integer(flash.free));
	out_field("ram_free", json_integer(ram.free));
	out_field("flash_rounding", json_integer(flash.wasted));
	out_field("ram_rounding", json_integer(ram.wasted));
	return MS_OK;
}
