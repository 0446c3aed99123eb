/* SPDX-License-Identifier: Apache-2.0 */
/* Maps and lists of a manifest; the values in them are read by schema_value.c. */
#include "schema_value.h"

#include <string.h>

#include "opt.h"

enum { KEY_COUNT_MAX = 64 };

static void note_place(struct schema_reading *r, const char *key, int line, int column)
{
	struct schema_places *p = r->places;

	if (!line)
		return;		/* a default stands nowhere */
	if (p->count == r->place_room) {
		struct schema_place *old = p->at;

		r->place_room = r->place_room ? 2 * r->place_room : 32;
		p->at = arena_array(r->a, struct schema_place, r->place_room);
		if (p->count)
			memcpy(p->at, old, sizeof(*old) * p->count);
	}
	p->at[p->count++] = (struct schema_place){ key, line, column };
}

static int check_count(struct schema_reading *r, const struct schema *row, const struct node *n)
{
	uint32_t max = row->max ? row->max : SCHEMA_ITEM_MAX;

	if (n->count >= row->min && n->count <= max)
		return MS_OK;
	err_set(r->e, ERR_VALUE_RANGE, "'%s' has %u items, expected %u to %u", row->key, n->count, row->min, max);
	return schema_fail_at(r, n->line, n->column);
}

static int read_texts(struct schema_reading *r, const struct schema *row, const struct node *list, const char *path, struct texts *out)
{
	struct texts t = { arena_array(r->a, const char *, list->count + 1), 0 };

	int rc = check_count(r, row, list);
	for (const struct node *n = list->first; n && rc == MS_OK; n = n->next) {
		note_place(r, arena_printf(r->a, "%s[%u]", path, t.count), n->line, n->column);
		rc = n->kind == NODE_TEXT ? schema_read_text(r, row, n, &t.at[t.count++]) : schema_wrong_type(r, row, n, "a list of texts");
	}
	if (rc < 0)
		return rc;

	*out = t;
	return MS_OK;
}

static int read_map(struct schema_reading *r, const struct schema *rows, const struct node *map, const char *prefix,
		    const char *name, char *out);

/* An item written as a text alone, as the map that it stands for. */
static const struct node *long_form(struct schema_reading *r, const struct schema *row, const struct node *n)
{
	struct node *map = arena_new(r->a, struct node), *value = arena_new(r->a, struct node), *key = arena_new(r->a, struct node);

	if (!row->short_key || n->kind != NODE_TEXT || (!n->quoted && !*n->text))
		return n;
	*key = (struct node){ .kind = NODE_TEXT, .text = row->short_key, .line = n->line, .column = n->column };
	*value = *n;
	value->key = key;
	value->next = NULL;
	*map = (struct node){ .kind = NODE_MAP, .first = value, .count = 1, .line = n->line, .column = n->column };
	return map;
}

static int read_maps(struct schema_reading *r, const struct schema *row, const struct node *list, const char *path, struct schema_items *out)
{
	char *items = arena_take(r->a, row->item_size * (list->count + 1));
	uint32_t count = 0;

	int rc = check_count(r, row, list);
	for (const struct node *n = list->first; n && rc == MS_OK; n = n->next, count++) {
		char *item = arena_printf(r->a, "%s[%u]", path, count);

		const struct node *map = long_form(r, row, n);

		note_place(r, item, n->line, n->column);
		rc = map->kind != NODE_MAP ? schema_wrong_type(r, row, n, schema_type_name(row->type)) :
		     read_map(r, row->fields, map, arena_printf(r->a, "%s.", item), item, items + row->item_size * count);
	}
	if (rc < 0)
		return rc;

	*out = (struct schema_items){ items, count };
	return MS_OK;
}

static enum node_kind kind_of(enum schema_type type)
{
	if (type == SCHEMA_MAP)
		return NODE_MAP;

	return type == SCHEMA_TEXTS || type == SCHEMA_MAPS ? NODE_LIST : NODE_TEXT;
}

static int read_value(struct schema_reading *r, const struct schema *row, const struct node *n, const char *path, char *out)
{
	void *to = out + row->offset;

	if (n->kind != kind_of(row->type) || (n->kind == NODE_TEXT && !n->quoted && !*n->text))
		return schema_wrong_type(r, row, n, schema_type_name(row->type));

	switch (row->type) {
	case SCHEMA_TEXTS:
		return read_texts(r, row, n, path, to);
	case SCHEMA_MAP:
		return read_map(r, row->fields, n, arena_printf(r->a, "%s.", path), path, out);
	case SCHEMA_MAPS:
		return read_maps(r, row, n, path, to);
	default:
		return schema_read_scalar(r, row, n, to);
	}
}

/* A default is written as a person would write it, and read the same way; a list's items stand apart by blanks. */
static int read_standard(struct schema_reading *r, const struct schema *row, char *out)
{
	struct node list = { .kind = NODE_LIST };
	struct node text = { .kind = NODE_TEXT, .text = row->standard };
	struct node **end = &list.first;

	if (kind_of(row->type) == NODE_TEXT)
		return read_value(r, row, &text, row->key, out);

	char *words = arena_printf(r->a, "%s", row->standard);
	for (char *save, *at = strtok_r(words, " ", &save); at; at = strtok_r(NULL, " ", &save)) {
		struct node *n = arena_new(r->a, struct node);

		*n = (struct node){ .kind = NODE_TEXT, .text = at };
		*end = n;
		end = &n->next;
		list.count++;
	}
	return read_texts(r, row, &list, row->key, (struct texts *)(void *)(out + row->offset));
}

static int fill_standards(struct schema_reading *r, const struct schema *rows, char *out)
{
	for (const struct schema *row = rows; row->type; row++) {
		int rc = row->standard ? read_standard(r, row, out) :
			 row->type == SCHEMA_MAP ? fill_standards(r, row->fields, out) : MS_OK;
		if (rc < 0)
			return rc;
	}

	return MS_OK;
}

/* The map among the rows that knows this key, or NULL: keys are easily written one level too high. */
static const char *home_of(const struct schema *rows, const char *key)
{
	for (const struct schema *row = rows; row->type; row++)
		for (const struct schema *field = row->type == SCHEMA_MAP ? row->fields : NULL; field && field->type; field++)
			if (strcmp(field->key, key) == 0)
				return row->key;

	return NULL;
}

static int unknown_key(struct schema_reading *r, const struct schema *rows, const struct node *n, const char *name)
{
	const char *names[KEY_COUNT_MAX];
	struct text list = { 0 };
	size_t count = 0;

	for (const struct schema *row = rows; row->type && count < KEY_COUNT_MAX; row++) {
		text_add(&list, r->a, "%s%s", count ? ", " : "", row->key);
		names[count++] = row->key;
	}
	const char *near = opt_nearest(n->key->text, names, count);
	const char *home = home_of(rows, n->key->text);

	err_set(r->e, ERR_UNKNOWN_KEY, "'%.60s' is no key of %s%s%s", n->key->text, *name ? "'" : "", *name ? name : "this file", *name ? "'" : "");
	if (home)
		err_fix(r->e, "it belongs into '%s', as in '%s: { %s: ... }'", home, home, n->key->text);
	else if (near)
		err_fix(r->e, "did you mean '%s'?", near);
	else
		err_fix(r->e, "its keys are: %s", list.at);
	return schema_fail_at(r, n->key->line, n->key->column);
}

static int check_missing(struct schema_reading *r, const struct schema *rows, const struct node *map, const char *prefix)
{
	for (const struct schema *row = rows; row->type; row++) {
		if (!row->required || node_find(map, row->key))
			continue;
		err_set(r->e, ERR_KEY_MISSING, "'%s%s' is missing", prefix, row->key);
		err_fix(r->e, "add '%s: %s': %s", row->key, row->example, row->doc);
		return schema_fail_at(r, map->line, map->column);
	}

	return MS_OK;
}

static int read_key(struct schema_reading *r, const struct schema *rows, const struct node *n, const char *prefix, const char *name, char *out)
{
	const struct schema *row = rows;

	while (row->type && strcmp(row->key, n->key->text) != 0)
		row++;
	if (!row->type)
		return unknown_key(r, rows, n, name);

	char *path = arena_printf(r->a, "%s%s", prefix, row->key);
	note_place(r, path, n->line, n->column);
	if (row->later) {
		err_set(r->e, ERR_KEY_LATER, "'%s' has no effect in this version of ms", path);
		err_fix(r->e, "%s", row->later);
		return schema_fail_at(r, n->key->line, n->key->column);
	}

	return read_value(r, row, n, path, out);
}

static int read_map(struct schema_reading *r, const struct schema *rows, const struct node *map, const char *prefix,
		    const char *name, char *out)
{
	int rc = fill_standards(r, rows, out);

	for (const struct node *n = map->first; n && rc == MS_OK; n = n->next)
		rc = read_key(r, rows, n, prefix, name, out);

	return rc < 0 ? rc : check_missing(r, rows, map, prefix);
}

int schema_read(struct bytes text, const char *file, const struct schema *rows, struct arena *a,
		void *out, struct schema_places *places, struct err *e)
{
	struct schema_reading r = { .file = file, .a = a, .places = places, .e = e };
	struct node *root;

	*places = (struct schema_places){ .file = file };
	int rc = yaml_read(text, file, a, &root, e);
	if (rc < 0)
		return rc;
	if (root->kind != NODE_MAP) {
		err_set(e, ERR_NOT_A_MAP, "this is %s, expected keys and values", schema_node_name(root));
		err_fix(e, "write a line such as '%s: %s'", rows->key, rows->example);
		return schema_fail_at(&r, root->line, root->column);
	}

	return read_map(&r, rows, root, "", "", out);
}

/* The place of the longest noted key that `key` is or lies in. */
int schema_err(const struct schema_places *places, const char *key, struct err *e)
{
	struct schema_place best = { "", 1, 1 };

	for (uint32_t i = 0; i < places->count; i++) {
		const struct schema_place *p = &places->at[i];
		size_t size = strlen(p->key);
		bool holds = strncmp(p->key, key, size) == 0 && (!key[size] || key[size] == '.' || key[size] == '[');

		if (holds && size > strlen(best.key))
			best = *p;
	}

	return err_at(e, places->file, best.line, best.column);
}
