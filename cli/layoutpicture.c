/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For each memory a thin bar of all of it, which is mostly free, and below it a
 * bar of what services take of it, spread over the same width; then a row for
 * each piece.  A piece has one colour in all three.
 */
#include "layoutpicture.h"

#include <string.h>

enum { WIDTH = 1040, LEFT = 24, RIGHT = WIDTH - LEFT, BAR = 22, ZOOM = 60, ROW = 22, COLOURS = 8, LETTER = 8 };

struct picture {
	struct text text;
	struct arena *arena;
	uint32_t y;
	const char *owners[COLOURS * 16];	/* each with its colour: the place in this list */
	uint32_t owner_count;
};

/* Colours that people who see few of them can tell apart (Okabe and Ito), lighter on dark paper. */
static const char style[] =
	"svg{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--dim:#57606a;--line:#d0d7de;--free:#f6f8fa;--kept:#e4e8ec;--waste:#8c959f;background:var(--paper)}"
	"text{fill:var(--ink);font:13px system-ui,sans-serif}.mono{font:12px ui-monospace,monospace}.dim{fill:var(--dim)}.h1{font-size:19px;font-weight:600}"
	".h2{font-size:15px;font-weight:600}.in{fill:#10151a;font-weight:600}.num{text-anchor:end}.mid{text-anchor:middle}"
	"rect,path{stroke:var(--paper);stroke-width:.5}.frame{fill:none;stroke:var(--dim);stroke-width:1}.lens{fill:var(--kept);opacity:.45;stroke:none}.rule{stroke:var(--line);stroke-width:1}"
	".c0{fill:#e69f00}.c1{fill:#56b4e9}.c2{fill:#3bb58f}.c3{fill:#f0e442}.c4{fill:#7fa8d8}.c5{fill:#e8875a}.c6{fill:#d79bbd}.c7{fill:#b8c26a}"
	".free{fill:var(--free)}.kept{fill:var(--kept)}.wasted{fill:url(#hatch)}.hatch{stroke:var(--waste);stroke-width:2}"
	"@media(prefers-color-scheme:dark){svg{--paper:#0d1117;--ink:#e6edf3;--dim:#9aa4af;--line:#30363d;--free:#161b22;--kept:#2d333b;--waste:#8b949e}}";

#define ADD(p, ...) text_add(&(p)->text, (p)->arena, __VA_ARGS__)

static const char *escaped(const char *text, struct arena *a)
{
	struct text t = { 0 };

	for (; *text; text++) {
		const char *as = *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : *text == '"' ? "&quot;" : NULL;

		text_add(&t, a, as ? "%s" : "%.1s", as ? as : text);
	}
	return t.at ? t.at : "";
}

/* 12345678 as "12 345 678". */
static const char *number(uint32_t n, struct arena *a)
{
	if (n < 1000)
		return arena_printf(a, "%u", n);
	return arena_printf(a, "%s\xe2\x80\xaf%03u", number(n / 1000, a), n % 1000);
}

static uint32_t colour(struct picture *p, const char *owner)
{
	for (uint32_t i = 0; i < p->owner_count; i++)
		if (!strcmp(p->owners[i], owner))
			return i % COLOURS;
	if (p->owner_count == sizeof(p->owners) / sizeof(*p->owners))
		return 0;
	p->owners[p->owner_count] = owner;
	return p->owner_count++ % COLOURS;
}

static const char *class_of(struct picture *p, const struct layout_piece *x)
{
	if (x->kind != LAYOUT_USED)
		return layout_kind_name(x->kind);
	return arena_printf(p->arena, "c%u", colour(p, x->owner));
}

/* "server image", "free" */
static const char *label(const struct layout_piece *x, struct arena *a)
{
	return escaped(x->owner ? arena_printf(a, "%s %s", x->owner, x->what) : x->what, a);
}

/* What a row says beside its numbers. */
static const char *remark(const struct layout_piece *x, struct arena *a)
{
	if (x->reason && !x->region)
		return escaped(x->reason, a);
	if (!x->region)
		return "";
	return arena_printf(a, "%s%s%d of 8 sub-regions of %s", x->reason ? escaped(x->reason, a) : "", x->reason ? "; " : "", __builtin_popcount(x->eighths),
			    number(x->region / 8, a));
}

static const char *told(const struct layout_piece *x, struct arena *a)
{
	const char *more = remark(x, a);

	return arena_printf(a, "%s, %s: %u bytes at 0x%08x%s%s", label(x, a), layout_kind_name(x->kind), x->at.size, x->at.base, *more ? "; " : "", more);
}

/* Where an address is in a bar of this window. */
static double place(const struct board_window *shown, uint32_t address)
{
	return LEFT + (double)(address - shown->base) * (RIGHT - LEFT) / shown->size;
}

static void add_rect(struct picture *p, const struct board_window *shown, const struct layout_piece *x, uint32_t height)
{
	uint32_t from = x->at.base > shown->base ? x->at.base : shown->base;
	uint32_t end = shown->base + shown->size, to = x->at.base + x->at.size < end ? x->at.base + x->at.size : end;

	if (from >= to)
		return;
	double left = place(shown, from), width = place(shown, to) - left;

	ADD(p, "<rect class=\"%s\" x=\"%.2f\" y=\"%u\" width=\"%.2f\" height=\"%u\"><title>%s</title></rect>\n", class_of(p, x), left, p->y, width, height, told(x, p->arena));
	if (height == ZOOM && x->kind == LAYOUT_USED && width > LETTER * (strlen(x->owner) + 1.0)) {
		ADD(p, "<text class=\"in mid\" x=\"%.2f\" y=\"%u\" aria-hidden=\"true\">%s</text>\n", left + width / 2, p->y + ZOOM / 2 - 3, escaped(x->owner, p->arena));
		ADD(p, "<text class=\"in mid mono\" x=\"%.2f\" y=\"%u\" aria-hidden=\"true\">%s</text>\n", left + width / 2, p->y + ZOOM / 2 + 14, number(x->at.size, p->arena));
	}
}

static void add_bar(struct picture *p, const struct layout_memory *m, const struct board_window *shown, uint32_t height)
{
	for (uint32_t i = 0; i < m->count; i++)
		add_rect(p, shown, &m->at[i], height);
	ADD(p, "<rect class=\"frame\" x=\"%d\" y=\"%u\" width=\"%d\" height=\"%u\"/>\n", LEFT, p->y, RIGHT - LEFT, height);
	p->y += height;
}

static void add_addresses(struct picture *p, const struct board_window *shown)
{
	p->y += 15;
	ADD(p, "<text class=\"mono dim\" x=\"%d\" y=\"%u\">0x%08x</text><text class=\"mono dim num\" x=\"%d\" y=\"%u\">0x%08x</text>\n", LEFT, p->y, shown->base,
	    RIGHT, p->y, shown->base + shown->size);
	p->y += 8;
}

/* What services take of a memory, and some of what is free behind it. */
static struct board_window taken(const struct layout_memory *m)
{
	uint32_t end = m->services.base;

	for (uint32_t i = 0; i < m->count; i++)
		if (m->at[i].region || m->at[i].align || (m->at[i].cause && !strcmp(m->at[i].cause, "region")))
			end = m->at[i].at.base + m->at[i].at.size;
	uint32_t size = end - m->services.base, more = size / 16 < m->services.size - size ? size / 16 : m->services.size - size;

	return (struct board_window){ m->services.base, size + more };
}

static void add_zoom(struct picture *p, const struct layout_memory *m)
{
	struct board_window shown = taken(m);

	if (!shown.size)
		return;
	double left = place(&m->all, shown.base), right = place(&m->all, shown.base + shown.size);

	ADD(p, "<path class=\"lens\" d=\"M%.2f %uL%.2f %uL%d %uL%d %uZ\"/>\n", left, p->y, right, p->y, RIGHT, p->y + 26, LEFT, p->y + 26);
	p->y += 26;
	add_bar(p, m, &shown, ZOOM);
	add_addresses(p, &shown);
}

static void add_row(struct picture *p, const struct layout_piece *x)
{
	p->y += ROW;
	ADD(p, "<rect class=\"%s\" x=\"%d\" y=\"%u\" width=\"12\" height=\"12\"/><text class=\"mono\" x=\"%d\" y=\"%u\">0x%08x</text>", class_of(p, x), LEFT, p->y - 11,
	    LEFT + 22, p->y, x->at.base);
	ADD(p, "<text class=\"mono num\" x=\"%d\" y=\"%u\">%s</text><text x=\"%d\" y=\"%u\">%s</text><text class=\"dim\" x=\"%d\" y=\"%u\">%s</text>\n", LEFT + 196, p->y,
	    number(x->at.size, p->arena), LEFT + 214, p->y, label(x, p->arena), LEFT + 420, p->y, remark(x, p->arena));
	ADD(p, "<path class=\"rule\" d=\"M%d %uH%d\"/>\n", LEFT, p->y + 6, RIGHT);
}

static void add_memory(struct picture *p, const struct layout_memory *m)
{
	struct arena *a = p->arena;

	p->y += 44;
	ADD(p, "<g role=\"group\" aria-label=\"%s\">\n<text class=\"h2\" x=\"%d\" y=\"%u\">%s</text>", m->name, LEFT, p->y, strcmp(m->name, "RAM") ? "Flash" : "RAM");
	ADD(p, "<text class=\"dim\" x=\"%d\" y=\"%u\">%s bytes: %s used, %s wasted, %s kept, %s free</text>\n", LEFT + 60, p->y, number(m->all.size, a), number(m->sum[LAYOUT_USED], a),
	    number(m->sum[LAYOUT_WASTED], a), number(m->sum[LAYOUT_KEPT], a), number(m->sum[LAYOUT_FREE], a));
	p->y += 12;
	add_bar(p, m, &m->all, BAR);
	add_zoom(p, m);
	for (uint32_t i = 0; i < m->count; i++)
		add_row(p, &m->at[i]);
	ADD(p, "</g>\n");
}

char *layout_picture(const struct layout_map *map, const char *title, struct arena *a)
{
	struct picture body = { .arena = a, .y = 34 }, head = { .arena = a };

	add_memory(&body, &map->flash);
	add_memory(&body, &map->ram);
	ADD(&head, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %u\" width=\"%d\" role=\"img\" aria-labelledby=\"title what\">\n", WIDTH, body.y + 30, WIDTH);
	ADD(&head, "<title id=\"title\">%s</title>\n", escaped(title, a));
	ADD(&head, "<desc id=\"what\">Where services lie: of flash %u bytes are used, %u wasted, %u kept and %u free; of RAM %u, %u, %u and %u.</desc>\n",
	    map->flash.sum[LAYOUT_USED], map->flash.sum[LAYOUT_WASTED], map->flash.sum[LAYOUT_KEPT], map->flash.sum[LAYOUT_FREE], map->ram.sum[LAYOUT_USED],
	    map->ram.sum[LAYOUT_WASTED], map->ram.sum[LAYOUT_KEPT], map->ram.sum[LAYOUT_FREE]);
	ADD(&head, "<style>%s</style>\n<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">", style);
	ADD(&head, "<path class=\"hatch\" d=\"M0 0V6\"/></pattern></defs>\n<rect x=\"0\" y=\"0\" width=\"%d\" height=\"%u\" fill=\"var(--paper)\"/>\n", WIDTH, body.y + 30);
	ADD(&head, "<text class=\"h1\" x=\"%d\" y=\"36\">%s</text>\n", LEFT, escaped(title, a));
	return arena_printf(a, "%s%s</svg>\n", head.text.at, body.text.at);
}
