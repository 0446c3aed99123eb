/* SPDX-License-Identifier: Apache-2.0 */
#include "template.h"

#include <string.h>

#include "template_filter.h"

enum { DEPTH_MAX = 16, NAME_MAX_SIZE = 64 };

/* What stands around a name: the innermost first. */
struct around {
	const json_t *value;
	const struct around *outer;
};

struct render {
	template_find *find;
	struct arena *arena;
	struct text *out;
	struct err *err;
};

/* A template while it is read. */
struct reader {
	struct render *r;
	const char *name, *text, *at;
	int depth;
};

struct tag {
	char kind;			/* '#', '^', '/', '>', '!', or 0: a value */
	char name[NAME_MAX_SIZE];
	const char *filter;		/* within name, or NULL */
	const char *from;		/* where it stands */
};

static int wrong(const struct reader *t, const char *at, const char *what, const char *name)
{
	int line = 1;

	for (const char *c = t->text; c < at; c++)
		line += *c == '\n';
	err_set(t->r->err, ERR_BUG, "%s '%s'", what, name);
	return err_at(t->r->err, t->name, line, 0);
}

/* Within one object, "a.b" step by step; NULL if it is not there. */
static const json_t *step_down(const json_t *value, const char *name)
{
	char key[NAME_MAX_SIZE];

	for (size_t size; value && *name; name += size + (name[size] == '.')) {
		size = strcspn(name, ".");
		snprintf(key, sizeof(key), "%.*s", (int)size, name);
		value = json_object_get(value, key);
	}
	return value;
}

static const json_t *look_up(const struct around *around, const char *name)
{
	const json_t *found = NULL;

	if (!strcmp(name, "."))
		return around->value;
	for (; around && !found; around = around->outer)
		found = step_down(around->value, name);
	return found;
}

static void add_escaped(struct text *out, struct arena *a, const char *text)
{
	for (const char *c = text; *c; c++) {
		if (*c == '&')
			text_add(out, a, "&amp;");
		else if (*c == '<')
			text_add(out, a, "&lt;");
		else if (*c == '>')
			text_add(out, a, "&gt;");
		else if (*c == '"')
			text_add(out, a, "&quot;");
		else if (*c == '\'')
			text_add(out, a, "&#39;");
		else
			text_add_bytes(out, a, (struct bytes){ (const uint8_t *)c, 1 });
	}
}

static const char *as_text(const json_t *v, struct arena *a)
{
	if (json_is_string(v))
		return json_string_value(v);
	if (json_is_integer(v))
		return arena_printf(a, "%lld", (long long)json_integer_value(v));
	return json_is_null(v) ? "" : json_is_true(v) ? "yes" : json_is_false(v) ? "no" : NULL;
}

static int put_value(struct reader *t, const struct tag *tag, const struct around *around)
{
	const json_t *v = look_up(around, tag->name);
	const char *shown = tag->filter && !json_is_null(v) ? template_filter(tag->filter, v, t->r->arena) : as_text(v, t->r->arena);

	if (!v)
		return wrong(t, tag->from, "the page's data has no", tag->name);
	if (!shown)
		return wrong(t, tag->from, "this cannot be shown:", tag->name);
	add_escaped(t->r->out, t->r->arena, shown);
	return MS_OK;
}

static bool is_there(const json_t *v)
{
	if (json_is_array(v))
		return json_array_size(v) > 0;
	return json_is_string(v) ? *json_string_value(v) != '\0' : !json_is_null(v) && !json_is_false(v);
}

/* The text up to the next tag is put out if `shown`.  1: a tag; 0: the template's end. */
static int next_tag(struct reader *t, bool shown, struct tag *tag)
{
	const char *open = strstr(t->at, "{{"), *close = open ? strstr(open, "}}") : NULL;
	size_t size = open ? (size_t)(open - t->at) : strlen(t->at);

	if (shown)
		text_add_bytes(t->r->out, t->r->arena, (struct bytes){ (const uint8_t *)t->at, size });
	t->at += size;
	if (!open)
		return 0;
	*tag = (struct tag){ .from = open };
	tag->kind = strchr("#^/>!", open[2]) && open[2] ? open[2] : '\0';
	open += tag->kind ? 3 : 2;
	if (!close)
		return wrong(t, tag->from, "this tag is not closed:", "{{");
	t->at = close + 2;
	if (tag->kind == '!')
		return 1;
	if (close <= open || (size_t)(close - open) >= sizeof(tag->name))
		return wrong(t, tag->from, "no name, or one that is too long:", "{{");
	memcpy(tag->name, open, (size_t)(close - open));
	char *bar = strchr(tag->name, '|');

	if (bar)
		*bar++ = '\0';
	tag->filter = bar;
	return 1;
}

static int put_part(struct reader *t, const char *end, bool shown, const struct around *around);

/* A list item by item, from the same place again and again; what is skipped is read once, for its end. */
static int put_section(struct reader *t, const struct tag *tag, bool shown, const struct around *around)
{
	const json_t *v = shown ? look_up(around, tag->name) : NULL;
	size_t count = json_is_array(v) ? json_array_size(v) : 1;
	bool wanted = shown && is_there(v) == (tag->kind == '#');
	const char *from = t->at;
	int rc = MS_OK;

	if (shown && !v)
		return wrong(t, tag->from, "the page's data has no", tag->name);
	if (!wanted || tag->kind == '^')
		return put_part(t, tag->name, wanted, around);
	for (size_t i = 0; rc >= 0 && i < count; i++) {
		t->at = from;
		rc = put_part(t, tag->name, true, &(struct around){ json_is_array(v) ? json_array_get(v, i) : v, around });
	}
	return rc;
}

static int put_template(struct render *r, const char *name, int depth, const struct around *around)
{
	struct reader t = { .r = r, .name = name, .text = r->find(name), .depth = depth };

	t.at = t.text;
	if (!t.text || depth > DEPTH_MAX) {
		t.text = "";
		return wrong(&t, "", t.at ? "templates are nested too deep at" : "there is no template", name);
	}
	return put_part(&t, NULL, true, around);
}

static int put_tag(struct reader *t, const struct tag *tag, bool shown, const struct around *around)
{
	if (tag->kind == '#' || tag->kind == '^')
		return put_section(t, tag, shown, around);
	if (!shown || tag->kind == '!')
		return MS_OK;
	return tag->kind == '>' ? put_template(t->r, tag->name, t->depth + 1, around) : put_value(t, tag, around);
}

/* Up to {{/end}}, or to the template's end if `end` is NULL. */
static int put_part(struct reader *t, const char *end, bool shown, const struct around *around)
{
	struct tag tag;
	int rc = MS_OK, more;

	if (++t->depth > DEPTH_MAX)
		return wrong(t, t->at, "sections are nested too deep at", end ? end : "");
	while (rc >= 0 && (more = next_tag(t, shown, &tag)) != 0) {
		if (more < 0)
			return more;
		if (tag.kind == '/')
			break;
		rc = put_tag(t, &tag, shown, around);
	}
	t->depth--;
	if (rc < 0)
		return rc;
	if (more ? !end || strcmp(end, tag.name) != 0 : end != NULL)
		return wrong(t, t->at, more ? "this closes nothing:" : "this section is not closed:", more ? tag.name : end);
	return MS_OK;
}

int template_render(const char *name, const json_t *data, template_find *find, struct arena *a, struct text *out, struct err *e)
{
	struct render r = { find, a, out, e };

	return put_template(&r, name, 0, &(struct around){ data, NULL });
}
