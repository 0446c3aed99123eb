/* SPDX-License-Identifier: Apache-2.0 */
#include "overlay.h"

#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include "board_tree.h"
#include "opt.h"

enum { LABEL_MAX = 256 };

struct reading { struct overlay *o; struct arena *a; struct err *e; };

static int refuse(const struct reading *r, const char *why)
{
	err_set(r->e, ERR_OVERLAY, "'%s' is no overlay of a device tree that can be used: %s", r->o->name, why);
	return err_fix(r->e, "compile it with dtc from parts such as '&uart1 { status = \"okay\"; };', without -@");
}

static const char *child_name(const void *fdt, int node)
{
	const char *name = fdt_get_name(fdt, node, NULL);

	return name ? name : "";
}

/* What a fragment has beside its target would be lost. */
static int read_fragment(struct reading *r, int node)
{
	const void *fdt = r->o->blob.at;
	bool by_reference = fdt_getprop(fdt, node, "target", NULL), by_path = fdt_getprop(fdt, node, "target-path", NULL);
	int property, child, properties = 0, children = 0;

	fdt_for_each_property_offset(property, fdt, node)
		properties++;
	fdt_for_each_subnode(child, fdt, node)
		children++;
	if (fdt_subnode_offset(fdt, node, "__overlay__") < 0 || children != 1 || by_reference == by_path || properties != 1)
		return refuse(r, "a fragment is not one target and one '__overlay__'");
	if (r->o->fragment_count == OVERLAY_FRAGMENT_MAX)
		return refuse(r, "it has too many fragments");
	r->o->fragments[r->o->fragment_count++].name = arena_printf(r->a, "/%s", child_name(fdt, node));
	return MS_OK;
}

/* "/fragment@0:target:0": the four bytes that a label's number goes to are inside their property. */
static int check_reference(struct reading *r, const char *text)
{
	const char *first = strchr(text, ':'), *second = first ? strchr(first + 1, ':') : NULL;
	char *end = NULL;
	int size = 0;

	if (!second || second[1] < '0' || second[1] > '9' || strchr(second + 1, ':'))
		return refuse(r, "a reference to a label cannot be read");
	unsigned long offset = strtoul(second + 1, &end, 10);
	int node = fdt_path_offset_namelen(r->o->blob.at, text, (int)(first - text));

	if (node < 0 || !fdt_getprop_namelen(r->o->blob.at, node, first + 1, (int)(second - first - 1), &size) || *end)
		return refuse(r, "a reference to a label is not where it says");
	return offset > OVERLAY_SIZE_MAX || size < 4 || offset > (unsigned long)size - 4 ? refuse(r, "a reference to a label leaves its property") : MS_OK;
}

/* Each property is a label, with the places that it is used at, one text behind the other. */
static int check_references(struct reading *r, int node)
{
	const void *fdt = r->o->blob.at;
	int property, rc = MS_OK;

	if (fdt_first_subnode(fdt, node) >= 0)
		return refuse(r, "its '__fixups__' are none");
	fdt_for_each_property_offset(property, fdt, node) {
		int size;
		const char *label, *text = fdt_getprop_by_offset(fdt, property, &label, &size);

		if (!text || size < 1 || text[size - 1] || strlen(label) > LABEL_MAX)
			return refuse(r, "its '__fixups__' are none");
		for (const char *end = text + size; rc >= 0 && text < end; text += strlen(text) + 1)
			rc = check_reference(r, text);
		if (rc < 0)
			break;
	}
	return rc;
}

static int read_root(struct reading *r)
{
	const void *fdt = r->o->blob.at;
	int node, property, rc = MS_OK;

	fdt_for_each_property_offset(property, fdt, 0) {
		const char *name = NULL;

		if (!fdt_getprop_by_offset(fdt, property, &name, NULL) || strcmp(name, "compatible"))
			return refuse(r, "its root has a property beside 'compatible'");
		r->o->for_boards = true;
	}
	fdt_for_each_subnode(node, fdt, 0) {
		const char *name = child_name(fdt, node);

		if (!strcmp(name, "__local_fixups__") || !strcmp(name, "__symbols__"))
			return refuse(r, "it has labels or references to nodes of its own");
		rc = !strcmp(name, "__fixups__") ? check_references(r, node) : read_fragment(r, node);
		if (rc < 0)
			return rc;
	}
	return r->o->fragment_count ? MS_OK : refuse(r, "it has no fragments");
}

int overlay_read(struct bytes blob, const char *name, struct arena *a, struct overlay *out, struct err *e)
{
	struct overlay o = { .name = name, .blob = arena_copy(a, blob) };
	struct reading r = { &o, a, e };

	if (blob.size > OVERLAY_SIZE_MAX)
		return refuse(&r, "it is too large");
	int why = tree_check(o.blob);
	if (why)
		return refuse(&r, fdt_strerror(why));
	if (fdt_totalsize(o.blob.at) != blob.size || fdt_num_mem_rsv(o.blob.at) != 0)
		return refuse(&r, "it reserves memory, or something follows it");
	int rc = read_root(&r);
	if (rc < 0)
		return rc;

	*out = o;
	return MS_OK;
}

bool overlay_fits(const struct overlay *o, struct bytes compatible)
{
	int count = fdt_stringlist_count(o->blob.at, 0, "compatible");

	for (int i = 0; i < count; i++) {
		const char *one = fdt_stringlist_get(o->blob.at, 0, "compatible", i, NULL);

		if (one && compatible.size && fdt_stringlist_contains((const char *)compatible.at, (int)compatible.size, one))
			return true;
	}
	return !o->for_boards;
}

/* The label that a fragment's target refers to, or NULL. */
static const char *label_of(const struct overlay *o, const char *fragment, struct arena *a)
{
	int property, node = fdt_path_offset(o->blob.at, "/__fixups__");
	const char *wanted = arena_printf(a, "%s:target:0", fragment);

	if (node < 0)
		return NULL;
	fdt_for_each_property_offset(property, o->blob.at, node) {
		int size;
		const char *label, *texts = fdt_getprop_by_offset(o->blob.at, property, &label, &size);

		if (texts && fdt_stringlist_contains(texts, size, wanted))
			return label;
	}
	return NULL;
}

static int refuse_label(const struct overlay *o, const void *board, const char *label, struct arena *a, struct err *e)
{
	int property, node = fdt_path_offset(board, "/__symbols__");
	struct list names = { 0 };

	if (node >= 0) {
		fdt_for_each_property_offset(property, board, node) {
			const char *name = NULL;

			if (fdt_getprop_by_offset(board, property, &name, NULL))
				list_push(&names, a, (void *)name);
		}
	}
	const char *near = opt_nearest(label, (const char *const *)names.at, names.count);

	err_set(e, ERR_OVERLAY_TARGET, "the overlay '%s' is about '&%s', and the board has no such label", o->name, label);
	return near ? err_fix(e, "did you mean '&%s'?", near) : err_fix(e, "'ms product tree' shows the board's devices by their names");
}

/* All labels, those of targets and those of values, are the board's. */
static int resolve_labels(const struct overlay *o, const void *board, struct arena *a, struct err *e)
{
	int property, node = fdt_path_offset(o->blob.at, "/__fixups__"), symbols = fdt_path_offset(board, "/__symbols__");

	if (node < 0)
		return MS_OK;
	fdt_for_each_property_offset(property, o->blob.at, node) {
		const char *label = NULL, *used = fdt_getprop_by_offset(o->blob.at, property, &label, NULL);

		if (symbols >= 0 && fdt_getprop(board, symbols, label, NULL))
			continue;
		const char *colon = strchr(used, ':'), *user = arena_printf(a, "%.*s", (int)(colon - used), used);

		refuse_label(o, board, label, a, e);
		return overlay_err(o, strchr(user + 1, '/') ? user : arena_printf(a, "%s/__overlay__", user), NULL, a, e);
	}
	return MS_OK;
}

static int resolve_fragment(struct overlay *o, struct overlay_fragment *f, const void *board, struct arena *a, struct err *e)
{
	const char *label = label_of(o, f->name, a);
	int size = 0, node = fdt_path_offset(o->blob.at, f->name), symbols = fdt_path_offset(board, "/__symbols__");
	const char *path = label && symbols >= 0 ? fdt_getprop(board, symbols, label, &size) : fdt_getprop(o->blob.at, node, "target-path", &size);

	/* A number in place of a label is one of nobody's. */
	if (!path || size < 2 || path[size - 1] || path[0] != '/') {
		err_set(e, ERR_OVERLAY_TARGET, "the overlay '%s' has a fragment '%s' that is about no node", o->name, f->name);
		return err_fix(e, "write '&LABEL { ... };' or '&{/PATH} { ... };'");
	}
	f->target = arena_printf(a, "%s", path);
	if (fdt_path_offset(board, path) >= 0)
		return MS_OK;
	err_set(e, ERR_OVERLAY_TARGET, "the overlay '%s' is about '%s', and the board has no such node", o->name, path);
	err_fix(e, "'ms product tree' shows the nodes of the board");
	return overlay_err(o, arena_printf(a, "%s/__overlay__", f->name), NULL, a, e);
}

int overlay_resolve(struct overlay *o, const void *board, struct arena *a, struct err *e)
{
	int rc = resolve_labels(o, board, a, e);

	for (uint32_t i = 0; rc >= 0 && i < o->fragment_count; i++)
		rc = resolve_fragment(o, &o->fragments[i], board, a, e);
	return rc;
}

/* The node of the merged tree that a node of the overlay goes to. */
static const char *merged(const struct overlay *o, const char *node, struct arena *a)
{
	for (uint32_t i = 0; i < o->fragment_count; i++) {
		const char *inside = arena_printf(a, "%s/__overlay__", o->fragments[i].name);
		size_t size = strlen(inside);

		if (o->fragments[i].target && !strncmp(node, inside, size) && (node[size] == '/' || !node[size]))
			return arena_printf(a, "%s%s", strcmp(o->fragments[i].target, "/") || !node[size] ? o->fragments[i].target : "", node + size);
	}
	return node;
}

static bool same_property(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The last one counts, as for dtc. */
static const struct overlay_place *find_place(const struct overlay *o, const char *node, const char *property, struct arena *a)
{
	for (uint32_t i = o->place_count; i > 0; i--) {
		const struct overlay_place *p = &o->places[i - 1];

		if (same_property(p->property, property) && (!strcmp(p->node, node) || !strcmp(merged(o, p->node, a), node)))
			return p;
	}
	return NULL;
}

int overlay_err(const struct overlay *o, const char *node, const char *property, struct arena *a, struct err *e)
{
	const struct overlay_place *p = find_place(o, node, property, a);

	if (!p)
		p = find_place(o, node, NULL, a);
	return p ? err_at(e, p->file, p->line, p->column) : e->code;
}
