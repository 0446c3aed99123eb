/* SPDX-License-Identifier: Apache-2.0 */
#include "hotspots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "symbol.h"

enum { COUNTS_MAX = 256 << 20 };

/* Whose code lies there: linked at `link`, running at `low`. */
struct owner {
	const char *name;		/* NULL: the runtime */
	const char *elf;
	uint32_t low, high, link;
	uint64_t instructions;
	struct symbols *symbols;	/* NULL: there are none */
};

struct site { uint32_t at; uint64_t runs; };

/* A function being summed up: functions of one name in two sources are two. */
struct spot {
	struct hotspot told;
	const struct owner *owner;
	const char *unit;
};

struct summing {
	struct owner *owners;
	size_t owner_count;
	struct site *sites;
	size_t site_count;
	struct list spots;
	struct arena *arena;
	struct hotspots *out;
};

/* "boot TIMES" on top. */
static bool read_boot(char **text, uint64_t *boot)
{
	static const char word[] = "boot ";

	if (strncmp(*text, word, strlen(word)))
		return false;
	*boot = strtoull(*text + strlen(word), text, 16);
	return *(*text)++ == '\n';
}

/* The lines of a block begin behind its kind; NULL: there is no such block, or no end of it. */
static char *find_block(char *text, uint32_t block)
{
	bool at_end = block == UINT32_MAX;
	const char *kind = at_end ? "end\n" : "line\n";
	char *at = text;

	while (at && (strncmp(at, kind, strlen(kind)) || (!at_end && block--))) {
		at = strstr(at, "\ndone\n");
		at = at ? at + strlen("\ndone\n") : NULL;
	}
	char *end = at ? strstr(at, "\ndone\n") : NULL;
	if (!end)
		return NULL;
	end[1] = '\0';
	return at + strlen(kind);
}

static int by_address(const void *a, const void *b)
{
	const struct site *one = a, *other = b;

	return (one->at > other->at) - (one->at < other->at);
}

static void read_sites(struct summing *s, char *lines)
{
	size_t room = 1;

	for (const char *at = lines; (at = strchr(at, '\n')); at++)
		room++;
	s->sites = arena_array(s->arena, struct site, room);
	for (char *at = lines; *at; at += *at == '\n') {
		struct site *site = &s->sites[s->site_count];

		site->at = (uint32_t)strtoul(at, &at, 16);
		site->runs = strtoull(at, &at, 16);
		s->site_count += site->runs > 0;
		at += strcspn(at, "\n");
	}
	qsort(s->sites, s->site_count, sizeof(*s->sites), by_address);
}

static void add_owner(struct summing *s, struct owner o)
{
	struct err ignored = { 0 };

	if (!o.elf || symbols_open(o.elf, s->arena, &o.symbols, &ignored) < 0)
		o.symbols = NULL;
	s->owners[s->owner_count++] = o;
}

static void find_owners(struct summing *s, const struct plan *p)
{
	const struct board_window *runtime = &p->board.part[BOARD_RUNTIME];

	s->owners = arena_array(s->arena, struct owner, p->services.count + 2);
	add_owner(s, (struct owner){ .elf = p->symbols.runtime, .low = runtime->base, .high = runtime->base + runtime->size, .link = runtime->base });
	for (size_t i = 0; i < p->services.count; i++) {
		const struct plan_service *one = p->services.at[i];
		const struct board_window *flash = &one->device.at.flash;

		add_owner(s, (struct owner){ .name = one->device.name, .elf = one->debug, .low = flash->base + IMAGE_HEADER_SIZE,
					     .high = flash->base + flash->size, .link = MS_LINK_TEXT });
	}
	add_owner(s, (struct owner){ .name = "?" });
}

/* The last one has what is nobody's. */
static struct owner *owner_of(const struct summing *s, uint32_t address)
{
	struct owner *o = s->owners, *last = o + s->owner_count - 1;

	while (o < last && (address < o->low || address >= o->high))
		o++;
	return o;
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static const char *kept(const char *text, struct arena *a)
{
	return text ? arena_printf(a, "%s", text) : NULL;
}

/* The last ones first: addresses come in their order. */
static struct spot *spot_of(struct summing *s, const struct owner *o, const struct symbol_place *p)
{
	const char *function = p->inlined_into ? p->inlined_into : p->function;
	struct spot *f;

	for (size_t i = s->spots.count; i > 0; i--) {
		f = s->spots.at[i - 1];
		if (f->owner == o && is_same(f->told.function, function) && is_same(f->unit, p->unit))
			return f;
	}
	f = arena_new(s->arena, struct spot);
	*f = (struct spot){ { .service = o->name, .function = kept(function, s->arena) }, o, kept(p->unit, s->arena) };
	list_push(&s->spots, s->arena, f);
	list_push(&s->out->functions, s->arena, &f->told);
	return f;
}

static void add_site(struct summing *s, const struct site *site)
{
	struct owner *o = owner_of(s, site->at);
	struct symbol_place p = { 0 };

	if (o->symbols)
		symbols_find(o->symbols, o->link + (site->at - o->low), &p);
	struct spot *f = spot_of(s, o, &p);

	f->told.instructions += site->runs;
	if (!f->told.file && !p.inlined_into)
		f->told.file = kept(p.file, s->arena);
	o->instructions += site->runs;
	s->out->instructions += site->runs;
}

static int by_instructions(const void *a, const void *b)
{
	const struct hotspot *one = *(struct hotspot *const *)a, *other = *(struct hotspot *const *)b;

	if (one->instructions != other->instructions)
		return one->instructions < other->instructions ? 1 : -1;
	int order = strcmp(one->service ? one->service : "", other->service ? other->service : "");
	return order ? order : strcmp(one->function ? one->function : "", other->function ? other->function : "");
}

static void sort(struct list *l)
{
	if (l->count)
		qsort(l->at, l->count, sizeof(*l->at), by_instructions);
}

static void finish(struct summing *s)
{
	struct hotspots *out = s->out;

	for (struct owner *o = s->owners; o < s->owners + s->owner_count; o++) {
		symbols_close(o->symbols);
		if (!o->instructions)
			continue;
		struct hotspot *h = arena_new(s->arena, struct hotspot);
		*h = (struct hotspot){ .service = o->name, .instructions = o->instructions };
		list_push(&out->services, s->arena, h);
	}
	sort(&out->functions);
	sort(&out->services);
}

int hotspots_read(const char *counts, uint32_t block, const struct plan *p, struct arena *a, struct hotspots *out, struct err *e)
{
	struct summing s = { .arena = a, .out = out };
	struct bytes content;

	if (!file_exists(counts))
		return err_set(e, ERR_NO_PROFILE, "the emulator has counted nothing");
	int rc = file_read(counts, COUNTS_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	char *text = arena_string(a, content), *lines = NULL;
	*out = (struct hotspots){ 0 };
	if (read_boot(&text, &out->boot))
		lines = find_block(text, block);
	if (!lines)
		return err_set(e, ERR_NO_PROFILE, "the emulator ended before it had written its counts");
	find_owners(&s, p);
	read_sites(&s, lines);
	for (size_t i = 0; i < s.site_count; i++)
		add_site(&s, &s.sites[i]);
	finish(&s);
	return MS_OK;
}
