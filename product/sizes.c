/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each section is cut wherever a part of the map or a symbol begins or ends: between two cuts all bytes belong to the same
 * object and to the same symbol.
 */
#include "sizes.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "elf.h"
#include "executable.h"
#include "linkmap.h"

struct named { uint32_t start, size; const char *name; bool global; };

struct taking {
	struct arena *arena;
	struct list *rows;
	struct named *symbols;		/* by start */
	struct linkmap_part *parts;	/* by start */
	size_t symbol_count, part_count;
	bool has_map;
};

static void add(struct taking *t, const char *section, const char *object, const char *symbol, uint32_t flash, uint32_t ram)
{
	struct size_row *r;

	if (!flash && !ram)
		return;
	r = arena_new(t->arena, struct size_row);
	*r = (struct size_row){ section, object, symbol, flash, ram };
	list_push(t->rows, t->arena, r);
}

/* Of two names for the same bytes: the smaller thing, then the one that others see, then by letters. */
static bool is_nearer(const struct named *one, const struct named *than)
{
	if (one->start != than->start)
		return one->start > than->start;
	if (one->size != than->size)
		return one->size < than->size;
	return one->global != than->global ? one->global : strcmp(one->name, than->name) < 0;
}

static int by_start(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int by_address(const void *a, const void *b)
{
	const struct linkmap_part *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static void read_symbols(struct taking *t, const struct elf_file *f)
{
	enum { OBJECT = 1, FUNCTION = 2 };
	struct elf_symbol s;
	uint32_t count = 0;

	while (elf_symbol(f, count, &s))
		count++;
	t->symbols = arena_array(t->arena, struct named, count + 1);
	for (uint32_t i = 0; elf_symbol(f, i, &s); i++) {
		uint8_t type = s.info & 15;

		if (s.section && s.size && (type == OBJECT || type == FUNCTION))
			t->symbols[t->symbol_count++] = (struct named){ type == FUNCTION ? s.value & ~UINT32_C(1) : s.value, s.size,
									arena_string(t->arena, s.name), s.info >> 4 != 0 };
	}
	qsort(t->symbols, t->symbol_count, sizeof(*t->symbols), by_start);
}

static void read_map(struct taking *t, struct bytes map)
{
	struct linkmap_part part;
	size_t count = 0;

	for (size_t at = 0; linkmap_next(map, &at, &part); )
		count++;
	t->has_map = count;
	t->parts = arena_array(t->arena, struct linkmap_part, count + 1);
	for (size_t at = 0; linkmap_next(map, &at, &part); )
		t->parts[t->part_count++] = part;
	qsort(t->parts, t->part_count, sizeof(*t->parts), by_address);
}

static const struct linkmap_part *part_at(const struct taking *t, uint32_t address)
{
	for (size_t i = t->part_count; i-- > 0; )
		if (address - t->parts[i].address < t->parts[i].size)
			return &t->parts[i];
	return NULL;
}

static const struct named *symbol_at(const struct taking *t, uint32_t address)
{
	const struct named *best = NULL;

	for (size_t i = 0; i < t->symbol_count && t->symbols[i].start <= address; i++)
		if (address - t->symbols[i].start < t->symbols[i].size && (!best || is_nearer(&t->symbols[i], best)))
			best = &t->symbols[i];
	return best;
}

/* "src/main.c" for out/v7em/obj/src/main.c.o, "libc.a(printf.o)" for a member of an archive anywhere. */
static const char *object_name(struct bytes object, struct arena *a)
{
	char *name = arena_string(a, object), *archive = strchr(name, '('), *own = strstr(name, "/obj/");
	size_t size = strlen(name);

	if (archive) {
		while (archive > name && archive[-1] != '/')
			archive--;
		return archive;
	}
	if (own && size > 2 && !strcmp(name + size - 2, ".o")) {
		name[size - 2] = '\0';
		return own + strlen("/obj/");
	}
	return name;
}

/* Those of a thing that begins in the middle of these bytes, or ends there, end them. */
static uint32_t next_cut(const struct taking *t, uint32_t address, uint32_t end)
{
	for (size_t i = 0; i < t->symbol_count; i++) {
		const struct named *s = &t->symbols[i];

		if (s->start > address && s->start < end)
			end = s->start;
		if (s->start + s->size > address && s->start + s->size < end)
			end = s->start + s->size;
	}
	for (size_t i = 0; i < t->part_count; i++) {
		const struct linkmap_part *p = &t->parts[i];

		if (p->address > address && p->address < end)
			end = p->address;
		if (p->address + p->size > address && p->address + p->size < end)
			end = p->address + p->size;
	}
	return end;
}

static void take_section(struct taking *t, const char *section, uint32_t address, uint32_t size, bool flash, bool ram)
{
	const char *kept = arena_printf(t->arena, "%s", section);

	for (uint32_t at = address, next; at < address + size; at = next) {
		const struct named *s = symbol_at(t, at);
		const struct linkmap_part *p = part_at(t, at);
		const char *object = p && strcmp(section, ".got") ? object_name(p->object, t->arena) : t->has_map ? "(image)" : "(unknown)";
		const char *name = s ? s->name : p ? arena_printf(t->arena, "[%.*s]", (int)p->section.size, (const char *)p->section.at) : arena_printf(t->arena, "[%s]", section);

		next = next_cut(t, at, address + size);
		add(t, kept, object, name, flash ? next - at : 0, ram ? next - at : 0);
	}
}

static bool inside(const struct elf_segment *s, const GElf_Shdr *h)
{
	return s->type && h->sh_addr >= s->address && h->sh_addr - s->address <= s->memory_size && h->sh_size <= s->memory_size - (h->sh_addr - s->address);
}

static void take_sections(struct taking *t, const struct elf_file *f, Elf *elf)
{
	size_t names = 0;
	GElf_Shdr h;

	elf_getshdrstrndx(elf, &names);
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn)); ) {
		if (!gelf_getshdr(scn, &h) || !(h.sh_flags & SHF_ALLOC))
			continue;
		bool data = inside(&f->data, &h), text = inside(&f->text, &h), is_filled = h.sh_type == SHT_NOBITS;
		const char *name = elf_strptr(elf, names, h.sh_name);

		/* Thread-local data that is zero has its room in the block of the main thread. */
		if ((data || text) && !(is_filled && h.sh_flags & SHF_TLS))
			take_section(t, name ? name : "?", (uint32_t)h.sh_addr, (uint32_t)h.sh_size, !is_filled, data);
	}
}

static void take_rest(struct taking *t, const struct image *im)
{
	uint32_t flash = IMAGE_HEADER_SIZE + im->reloc_size, ram = im->stack_size + im->heap_size;

	add(t, "header", "(image)", "[header]", IMAGE_HEADER_SIZE, 0);
	add(t, "relocations", "(image)", "[relocations]", im->reloc_size, 0);
	add(t, "stack", "(image)", "[stack]", 0, im->stack_size);
	add(t, "heap", "(image)", "[heap]", 0, im->heap_size);
	for (size_t i = 0; i < t->rows->count; i++) {
		const struct size_row *r = t->rows->at[i];

		flash += strcmp(r->object, "(image)") || r->section[0] == '.' ? r->flash : 0;
		ram += strcmp(r->object, "(image)") || r->section[0] == '.' ? r->ram : 0;
	}
	add(t, "padding", "(image)", "[padding]", im->image_size - flash, image_ram_size(im) - ram);
}

int sizes_of(struct bytes elf, const char *path, struct bytes map, const struct image *im, struct arena *a,
	     struct list *rows, struct err *e)
{
	struct taking t = { .arena = a, .rows = rows };
	struct elf_file f;

	int rc = executable_open(elf, path, &f, e);
	if (rc < 0)
		return rc;
	elf_version(EV_CURRENT);
	/* libelf wants it writable, and does not write: nothing here asks it to update. */
	Elf *file = elf_memory((char *)elf.at, elf.size);
	if (!file)
		return err_set(e, ERR_NOT_EXECUTABLE, "'%s' is not an ELF file", path);

	read_symbols(&t, &f);
	read_map(&t, map);
	take_sections(&t, &f, file);
	take_rest(&t, im);
	elf_end(file);
	return MS_OK;
}

static bool in_window(const struct board_window *w, const GElf_Shdr *h)
{
	return h->sh_addr >= w->base && h->sh_addr - w->base < w->size;
}

int sizes_of_runtime(struct bytes elf, const char *path, const struct board *b, uint32_t *flash, uint32_t *ram, struct err *e)
{
	GElf_Shdr h;
	GElf_Phdr p;
	size_t count = 0;

	elf_version(EV_CURRENT);
	Elf *file = elf_memory((char *)elf.at, elf.size);
	if (!file || elf_getphdrnum(file, &count)) {
		elf_end(file);
		return err_set(e, ERR_NOT_EXECUTABLE, "'%s' is not an ELF file", path);
	}
	*flash = *ram = 0;
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(file, (int)i, &p) && p.p_type == PT_LOAD)
			*flash += (uint32_t)p.p_filesz;
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(file, scn)); )
		if (gelf_getshdr(scn, &h) && h.sh_flags & SHF_ALLOC && in_window(&b->runtime_ram, &h))
			*ram += (uint32_t)h.sh_size;
	elf_end(file);
	return MS_OK;
}

const char *size_row_name(const struct size_row *r, enum size_by by)
{
	return by == SIZE_BY_SECTION ? r->section : by == SIZE_BY_OBJECT ? r->object : r->symbol;
}

static int by_size(const void *a, const void *b)
{
	const struct size_row *x = *(struct size_row *const *)a, *y = *(struct size_row *const *)b;
	uint64_t one = (uint64_t)x->flash + x->ram, other = (uint64_t)y->flash + y->ram;
	int names = strcmp(x->section, y->section);

	if (one != other)
		return one > other ? -1 : 1;
	names = names ? names : strcmp(x->object, y->object);
	return names ? names : strcmp(x->symbol, y->symbol);
}

bool size_row_same(const struct size_row *x, const struct size_row *y, enum size_by by)
{
	if (by == SIZE_BY_SYMBOL)
		return !strcmp(x->symbol, y->symbol) && !strcmp(x->object, y->object) && !strcmp(x->section, y->section);
	return !strcmp(size_row_name(x, by), size_row_name(y, by));
}

void sizes_sum(const struct list *rows, enum size_by by, struct arena *a, struct list *out)
{
	for (size_t i = 0; i < rows->count; i++) {
		const struct size_row *r = rows->at[i];
		struct size_row *to = NULL;

		for (size_t k = 0; k < out->count && !to; k++)
			to = size_row_same(out->at[k], r, by) ? out->at[k] : NULL;
		if (!to) {
			to = arena_new(a, struct size_row);
			*to = (struct size_row){ r->section, r->object, r->symbol, 0, 0 };
			list_push(out, a, to);
		}
		to->flash += r->flash;
		to->ram += r->ram;
	}
	if (out->count)
		qsort(out->at, out->count, sizeof(*out->at), by_size);
}
