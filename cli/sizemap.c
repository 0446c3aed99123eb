/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Squarified treemaps (Bruls, Huizing, van Wijk): rows along the shorter side, each as long as makes its worst rectangle nearest to a
 * square.  Services, then their objects, then symbols.
 */
#include "sizemap.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 1200, HEIGHT = 480, TITLE = 22, GAP = 24, LABEL = 12 };

struct node { const char *name; double size; struct list children; int hue; };
struct box { double x, y, w, h; };

struct drawing { struct text *t; struct arena *a; };

static void put_text(struct drawing *d, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '<': text_add(d->t, d->a, "&lt;"); break;
		case '>': text_add(d->t, d->a, "&gt;"); break;
		case '&': text_add(d->t, d->a, "&amp;"); break;
		case '"': text_add(d->t, d->a, "&quot;"); break;
		default: text_add(d->t, d->a, "%c", (unsigned char)*text < ' ' || (unsigned char)*text > '~' ? '?' : *text);
		}
	}
}

static struct node *child(struct node *of, const char *name, struct arena *a)
{
	for (size_t i = 0; i < of->children.count; i++)
		if (!strcmp(((struct node *)of->children.at[i])->name, name))
			return of->children.at[i];
	struct node *n = arena_new(a, struct node);

	n->name = name;
	n->hue = of->hue;
	list_push(&of->children, a, n);
	return n;
}

static int largest_first(const void *a, const void *b)
{
	const struct node *x = *(struct node *const *)a, *y = *(struct node *const *)b;

	if (x->size < y->size || x->size > y->size)
		return x->size > y->size ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void sort(struct node *n)
{
	if (!n->children.count)
		return;
	qsort(n->children.at, n->children.count, sizeof(*n->children.at), largest_first);
	for (size_t i = 0; i < n->children.count; i++)
		sort(n->children.at[i]);
}

static struct node *tree(const struct list *services, bool ram, struct arena *a)
{
	struct node *all = arena_new(a, struct node);

	for (size_t i = 0; i < services->count; i++) {
		const struct size_service *s = services->at[i];
		struct node *service = child(all, s->name, a);

		service->hue = (int)(210 + 67 * i) % 360;
		for (size_t k = 0; k < s->rows.count; k++) {
			const struct size_row *r = s->rows.at[k];
			uint32_t size = ram ? r->ram : r->flash;
			struct node *object, *symbol;

			if (!size)
				continue;
			object = child(service, r->object, a);
			symbol = child(object, r->symbol, a);
			symbol->size += size;
			object->size += size;
			service->size += size;
			all->size += size;
		}
	}
	sort(all);
	return all;
}

/* The worst ratio of sides among children [from, to) of this sum, in a row along `side`; `scale` is area per byte. */
static double worst(const struct node *n, size_t from, size_t to, double sum, double side, double scale)
{
	double thick = sum * scale / side, most = 1;

	for (size_t i = from; i < to; i++) {
		double length = ((const struct node *)n->children.at[i])->size * scale / thick, ratio = length > thick ? length / thick : thick / length;

		most = ratio > most ? ratio : most;
	}
	return most;
}

static void draw(struct drawing *d, const struct node *n, struct box b, const char *path, int level);

/* Lay children out in what is left of a box. */
static void lay(struct drawing *d, const struct node *n, struct box b, const char *path, int level)
{
	double scale = n->size > 0 ? b.w * b.h / n->size : 0;

	for (size_t from = 0, to; from < n->children.count; from = to) {
		double side = b.w < b.h ? b.w : b.h, sum = 0, best = 0;

		if (side < 0.5)
			return;
		for (to = from; to < n->children.count; to++) {
			double next = sum + ((const struct node *)n->children.at[to])->size;
			double ratio = worst(n, from, to + 1, next, side, scale);

			if (to > from && ratio > best)
				break;
			best = ratio;
			sum = next;
		}
		double thick = sum * scale / side, at = 0;

		for (size_t i = from; i < to; i++) {
			const struct node *c = n->children.at[i];
			double length = c->size * scale / thick;
			struct box one = b.w < b.h ? (struct box){ b.x + at, b.y, length, thick } : (struct box){ b.x, b.y + at, thick, length };

			draw(d, c, one, path, level + 1);
			at += length;
		}
		if (b.w < b.h)
			b = (struct box){ b.x, b.y + thick, b.w, b.h - thick };
		else
			b = (struct box){ b.x + thick, b.y, b.w - thick, b.h };
	}
}

static void draw(struct drawing *d, const struct node *n, struct box b, const char *path, int level)
{
	const char *whole = *path ? arena_printf(d->a, "%s / %s", path, n->name) : n->name;
	bool is_leaf = !n->children.count, has_title = !is_leaf && b.h > 3 * LABEL && b.w > 60;
	int fits = (int)(b.w / 6.6);

	text_add(d->t, d->a, "<g><title>");
	put_text(d, whole);
	text_add(d->t, d->a, ": %.0f bytes</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"hsl(%d,45%%,%d%%)\"/>",
		 n->size, b.x, b.y, b.w, b.h, n->hue, is_leaf ? 84 : 90 - 12 * level);
	if (b.w > 40 && b.h > LABEL + 3) {
		const char *label = arena_printf(d->a, "%s %.0f", n->name, n->size);

		text_add(d->t, d->a, "<text x=\"%.1f\" y=\"%.1f\">", b.x + 3, b.y + LABEL);
		put_text(d, (int)strlen(label) <= fits ? label : arena_printf(d->a, "%.*s", fits, n->name));	/* no number rather than a part of it */
		text_add(d->t, d->a, "</text>");
	}
	text_add(d->t, d->a, "</g>\n");
	if (has_title)
		lay(d, n, (struct box){ b.x + 1, b.y + LABEL + 4, b.w - 2, b.h - LABEL - 5 }, whole, level);
	else if (!is_leaf)
		lay(d, n, b, whole, level);
}

static void put_svg(struct drawing *d, const struct list *services)
{
	text_add(d->t, d->a, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">\n"
		 "<style>rect { stroke: #fff; stroke-width: 0.7 } .head { font-size: 15px; font-weight: bold }</style>\n", WIDTH, 2 * (HEIGHT + TITLE) + GAP);
	for (int ram = 0; ram < 2; ram++) {
		const struct node *all = tree(services, ram, d->a);
		double top = ram * (HEIGHT + TITLE + GAP);

		text_add(d->t, d->a, "<text class=\"head\" x=\"0\" y=\"%.0f\">%s: %.0f bytes</text>\n", top + 15, ram ? "RAM" : "flash", all->size);
		lay(d, all, (struct box){ 0, top + TITLE, WIDTH, HEIGHT }, "", 0);
	}
	text_add(d->t, d->a, "</svg>\n");
}

struct bytes sizemap_svg(const struct list *services, struct arena *a)
{
	struct text t = { 0 };

	put_svg(&(struct drawing){ &t, a }, services);
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

static void put_table(struct drawing *d, const struct size_service *s)
{
	struct list rows = { 0 };

	sizes_sum(&s->rows, SIZE_BY_SYMBOL, d->a, &rows);
	text_add(d->t, d->a, "<h2>");
	put_text(d, s->name);
	text_add(d->t, d->a, "</h2>\n<table><tr><th>flash<th>RAM<th>symbol<th>object<th>section\n");
	for (size_t i = 0; i < rows.count; i++) {
		const struct size_row *r = rows.at[i];

		text_add(d->t, d->a, "<tr><td>%u<td>%u<td>", r->flash, r->ram);
		put_text(d, r->symbol);
		text_add(d->t, d->a, "<td>");
		put_text(d, r->object);
		text_add(d->t, d->a, "<td>");
		put_text(d, r->section);
		text_add(d->t, d->a, "\n");
	}
	text_add(d->t, d->a, "</table>\n");
}

struct bytes sizemap_html(const struct list *services, const char *board, struct arena *a)
{
	struct text t = { 0 };
	struct drawing d = { &t, a };

	text_add(&t, a, "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>ms size: %s</title>\n"
		 "<style>body { font: 15px sans-serif; margin: 1.5em } td, th { text-align: left; padding: 0 1em 0 0 } td:nth-child(-n+2) { text-align: right; font-variant-numeric: tabular-nums }</style>\n"
		 "<h1>What services take on %s</h1>\n", board, board);
	put_svg(&d, services);
	for (size_t i = 0; i < services->count; i++)
		put_table(&d, services->at[i]);
	text_add(&t, a, "</html>\n");
	return (struct bytes){ (const uint8_t *)t.at, t.size };
}
