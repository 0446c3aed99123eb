/* SPDX-License-Identifier: Apache-2.0 */
#include "sizediff.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "out.h"

enum { SAVED_MAX = 64 << 20 };

struct change { const struct size_row *row; int64_t flash, ram; };

static struct size_service *service_of(struct list *all, const char *name, struct arena *a)
{
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(((struct size_service *)all->at[i])->name, name))
			return all->at[i];
	struct size_service *s = arena_new(a, struct size_service);

	s->name = arena_printf(a, "%s", name);
	list_push(all, a, s);
	return s;
}

static bool take_number(const json_t *line, const char *key, uint32_t *out)
{
	const json_t *value = json_object_get(line, key);

	*out = json_is_integer(value) ? (uint32_t)json_integer_value(value) : 0;
	return json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= UINT32_MAX;
}

static bool take_row(const json_t *line, struct list *all, struct arena *a)
{
	const char *service, *section, *object, *symbol;
	uint32_t flash, ram;

	if (json_unpack((json_t *)line, "{s:s, s:s, s:s, s:s}", "service", &service, "section", &section, "object", &object, "symbol", &symbol) ||
	    !take_number(line, "flash", &flash) || !take_number(line, "ram", &ram))
		return false;
	struct size_row *r = arena_new(a, struct size_row);

	*r = (struct size_row){ arena_printf(a, "%s", section), arena_printf(a, "%s", object), arena_printf(a, "%s", symbol), flash, ram };
	list_push(&service_of(all, service, a)->rows, a, r);
	return true;
}

int sizediff_parse(struct bytes text, const char *path, struct arena *a, struct list *out, struct err *e)
{
	unsigned number = 0;
	int rc = MS_OK;

	while (rc >= 0 && text.size) {
		const uint8_t *end = memchr(text.at, '\n', text.size);
		size_t size = end ? (size_t)(end - text.at) : text.size;
		json_t *line = json_loadb((const char *)text.at, size, 0, NULL);
		const char *type = json_string_value(json_object_get(line, "type"));

		number++;
		if (!type || (!strcmp(type, "size") && !take_row(line, out, a))) {
			rc = err_set(e, ERR_DAMAGED, "line %u of '%s' is not what 'ms size --json' writes", number, path);
			err_fix(e, "keep it by 'ms size --json >FILE'");
		}
		json_decref(line);
		text = bytes_part(text, size + 1, text.size);
	}
	if (rc >= 0 && !out->count) {
		rc = err_set(e, ERR_DAMAGED, "'%s' holds no sizes", path);
		err_fix(e, "keep them by 'ms size --json >FILE'");
	}
	return rc;
}

int sizediff_read(const char *path, struct arena *a, struct list *out, struct err *e)
{
	struct bytes text;

	int rc = file_read(path, SAVED_MAX, a, &text, e);
	return rc < 0 ? rc : sizediff_parse(text, path, a, out, e);
}

static int by_growth(const void *a, const void *b)
{
	const struct change *x = *(struct change *const *)a, *y = *(struct change *const *)b;
	int64_t one = x->flash + x->ram, other = y->flash + y->ram;

	if (one != other)
		return one > other ? -1 : 1;
	int names = strcmp(x->row->symbol, y->row->symbol);
	return names ? names : strcmp(x->row->object, y->row->object);
}

/* Which of the rows is the same thing as this one? */
static const struct size_row *counterpart(const struct list *rows, const struct size_row *r, enum size_by by)
{
	for (size_t i = 0; i < rows->count; i++)
		if (size_row_same(rows->at[i], r, by))
			return rows->at[i];
	return NULL;
}

static void add(struct list *out, const struct size_row *r, int64_t flash, int64_t ram, struct arena *a)
{
	struct change *c;

	if (!flash && !ram)
		return;
	c = arena_new(a, struct change);
	*c = (struct change){ r, flash, ram };
	list_push(out, a, c);
}

static void compare(const struct list *before, const struct list *now, enum size_by by, struct arena *a, struct list *out)
{
	struct list old = { 0 }, new = { 0 };

	sizes_sum(before, by, a, &old);
	sizes_sum(now, by, a, &new);
	for (size_t i = 0; i < new.count; i++) {
		const struct size_row *r = new.at[i], *was = counterpart(&old, r, by);

		add(out, r, (int64_t)r->flash - (was ? was->flash : 0), (int64_t)r->ram - (was ? was->ram : 0), a);
	}
	for (size_t i = 0; i < old.count; i++) {
		const struct size_row *r = old.at[i];

		if (!counterpart(&new, r, by))
			add(out, r, -(int64_t)r->flash, -(int64_t)r->ram, a);
	}
	if (out->count)
		qsort(out->at, out->count, sizeof(*out->at), by_growth);
}

static const char *signed_number(int64_t n, struct arena *a)
{
	return n ? arena_printf(a, "%+lld", (long long)n) : "";
}

static void show(const char *name, const struct list *changes, enum size_by by, uint32_t top, struct arena *a)
{
	int64_t flash = 0, ram = 0;

	out_line("%s%8s %8s  %s%s", out_bold(), "flash", "RAM", name, out_reset());
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = changes->at[i];

		flash += c->flash;
		ram += c->ram;
		if (!top || i < top)
			out_line("%8s %8s  %s%s%s", signed_number(c->flash, a), signed_number(c->ram, a), size_row_name(c->row, by),
				 by == SIZE_BY_SYMBOL ? "  " : "", by == SIZE_BY_SYMBOL ? c->row->object : "");
		out_event("size_change", json_pack("{s:o, s:o, s:o, s:o, s:I, s:I}", "service", out_string(name), "section", out_string(c->row->section),
					      "object", out_string(c->row->object), "symbol", out_string(c->row->symbol),
					      "flash", (json_int_t)c->flash, "ram", (json_int_t)c->ram));
	}
	out_line("%+8lld %+8lld  together", (long long)flash, (long long)ram);
	out_line("%s", "");
}

void sizediff_show(const struct list *before, const struct list *now, enum size_by by, uint32_t top, struct arena *a)
{
	struct list old = *before, none = { 0 };

	for (size_t i = 0; i < now->count; i++) {
		const struct size_service *s = now->at[i];
		struct list changes = { 0 };
		size_t known = old.count;
		struct size_service *was = service_of(&old, s->name, a);

		compare(old.count > known ? &none : &was->rows, &s->rows, out_is_json() ? SIZE_BY_SYMBOL : by, a, &changes);
		show(s->name, &changes, by, top, a);
	}
	for (size_t i = 0; i < before->count; i++) {
		const struct size_service *s = before->at[i];
		struct list changes = { 0 };
		bool is_there = false;

		for (size_t k = 0; k < now->count; k++)
			is_there |= !strcmp(((const struct size_service *)now->at[k])->name, s->name);
		if (is_there)
			continue;
		compare(&s->rows, &none, out_is_json() ? SIZE_BY_SYMBOL : by, a, &changes);
		show(s->name, &changes, by, top, a);
	}
}
