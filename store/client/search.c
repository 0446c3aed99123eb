/* SPDX-License-Identifier: Apache-2.0 */
/* ms search: in a store that is served, or through the index in a folder.  What fits is looked at here in both cases: a store is told of no product. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "audit_parts.h"
#include "file.h"
#include "fitframe.h"
#include "out.h"
#include "source.h"
#include "storeindex.h"
#include "storeboards.h"
#include "storecommand.h"
#include "storewish.h"
#include "target.h"

enum { LIMIT = 20, FRAME_MAX = 4 << 20, PAGES_MAX = 1000 };

static struct search_wish wish;
const struct opt search_options[] = { SEARCH_OPTIONS(&wish), FRAME_OPTION(&wish.frame), OPT_END };

struct searching {
	struct source from;
	struct storeboards boards;
	struct device frame;
	bool fits;			/* there is a frame */
	const char *words;
	uint32_t shown, looked;
	struct arena *arena;
};

static const char *size_words(const struct storefacts *f, struct arena *a)
{
	return f ? arena_printf(a, "  flash %u  RAM %u", f->target[0].flash, f->target[0].ram) : "";
}

static json_t *needs_json(const struct fit *fit, struct text *words, struct arena *a)
{
	json_t *all = json_array();

	for (size_t i = 0; i < fit->needs.count; i++) {
		const struct fit_need *n = fit->needs.at[i];

		json_array_append_new(all, json_pack("{s:s, s:s, s:b}", "kind", n->kind, "name", n->name, "weak", (int)n->weak));
		if (!n->weak)
			text_add(words, a, "%s %s '%s'", words->size ? "," : "  needs", n->kind, n->name);
	}
	return all;
}

static const char *targets_words(const struct manifest *m, json_t *all, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (uint32_t i = 0; i < m->target_count; i++) {
		text_add(&t, a, "%s%s", i ? " " : "", target_name(m->targets[i]));
		json_array_append_new(all, json_string(target_name(m->targets[i])));
	}
	return t.at;
}

/* One that was found; false: it does not fit. */
static bool show(struct searching *s, const struct storeline *l)
{
	const struct storefacts *f = l->facts;
	struct arena *a = s->arena;
	struct text needs = { 0 };
	struct fit fit = { 0 };

	s->looked++;
	if (s->fits)
		fit_look(&s->frame, f, a, &fit);
	if (s->fits && !fit.fits)
		return false;
	json_t *targets = json_array(), *wanted = needs_json(&fit, &needs, a);
	const char *names = targets_words(&f->manifest, targets, a), *license = arena_string(a, f->manifest.license);
	const char *sizes = s->fits ? arena_printf(a, "  fits: flash %u  RAM %u", fit.flash.size, fit.ram.size) : size_words(f, a);

	out_line("%s%s/%s%s %s  %s  %s%s%s%s", out_bold(), l->vendor, l->name, out_reset(), l->version, names, license, sizes, needs.size ? needs.at : "", l->state == LEAF_LIVE ? "" : "  deprecated");
	out_event("found", json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:b, s:o}", "vendor", out_string(l->vendor), "name", out_string(l->name), "version", out_string(l->version), "state",
				     leaf_state_name(l->state), "targets", targets, "license", out_string(license), "fits", (int)s->fits, "needs", wanted));
	s->shown++;
	return true;
}

static uint32_t limit(void)
{
	return wish.limit ? wish.limit : LIMIT;
}

static void add_argument(struct text *t, struct arena *a, const char *name, const char *value)
{
	if (value)
		text_add(t, a, "&%s=%s", name, client_escape(value, a));
}

/* What a served store says of one that it found, as a line of its index. */
static int take_hit(struct searching *s, const json_t *hit, struct storeline *l, struct err *e)
{
	struct arena *a = s->arena;
	struct storefacts *f = arena_new(a, struct storefacts);

	*l = (struct storeline){ .vendor = connect_text(hit, "publisher", a), .name = connect_text(hit, "name", a), .version = connect_text(hit, "version", a),
				 .state = leaf_state_named(connect_text(hit, "state", a)), .facts = f, .offered = true };
	if (l->state != LEAF_LIVE && l->state != LEAF_DEPRECATED)
		return connect_strange(s->from.client, e);
	return storefacts_read(json_object_get(hit, "facts"), l->vendor, l->name, l->version, a, f, e);
}

static void show_facets(const json_t *facets, struct arena *a)
{
	const char *facet;
	json_t *values;

	json_object_foreach((json_t *)facets, facet, values) {
		struct text t = { 0 };

		for (size_t i = 0; i < json_array_size(values); i++) {
			const json_t *v = json_array_get(values, i);
			text_add(&t, a, "%s%s %d", i ? ", " : "", connect_text(v, "value", a), (int)json_integer_value(json_object_get(v, "count")));
		}
		out_line("%s: %s", facet, t.size ? t.at : "none");
	}
}

static int ask(struct searching *s, const char *cursor, json_t **page, struct err *e)
{
	struct arena *a = s->arena;
	struct text path = { 0 };

	text_add(&path, a, "v1/search?facts=1&limit=%u", limit());
	add_argument(&path, a, "q", *s->words ? s->words : NULL);
	add_argument(&path, a, "publisher", wish.publisher);
	add_argument(&path, a, "license", wish.license);
	add_argument(&path, a, "target", wish.target);
	add_argument(&path, a, "state", wish.state);
	add_argument(&path, a, "cursor", cursor);
	if (s->fits && !s->frame.service_count)
		add_argument(&path, a, "fits", s->frame.board->name);
	if (wish.facets)
		add_argument(&path, a, "facets", "1");
	const struct client_request r = { .path = path.at, .limit = 4 << 20 };
	int rc = connect_json(s->from.client, &r, a, page, NULL, e);
	if (rc == -MS_ENOENT) {
		err_set(e, ERR_STORE_NO_SEARCH, "'%s' has files alone, and nobody there who searches", s->from.files.name);
		return err_fix(e, "bring it here, and search there: ms store mirror %s DIR && ms search --store DIR", s->from.files.name);
	}
	return rc;
}

/* Pages until enough was shown: of one that was narrowed here a page may show less than it has. */
static int search_served(struct searching *s, const char **next, struct err *e)
{
	const char *cursor = wish.cursor;
	int rc = MS_OK;

	for (int pages = 0; rc >= 0 && pages < PAGES_MAX; pages++) {
		json_t *page;

		rc = ask(s, cursor, &page, e);
		if (rc < 0)
			break;
		const json_t *all = json_object_get(page, "services");
		for (size_t i = 0; rc >= 0 && i < json_array_size(all); i++) {
			struct storeline l;

			rc = take_hit(s, json_array_get(all, i), &l, e);
			if (rc >= 0)
				show(s, &l);
		}
		if (rc >= 0 && wish.facets && !pages)
			show_facets(json_object_get(page, "facets"), s->arena);
		cursor = *next = json_is_string(json_object_get(page, "next")) ? connect_text(page, "next", s->arena) : NULL;
		json_decref(page);
		if (!cursor || s->shown >= limit())
			break;
	}
	return rc;
}

/* Does each word begin a part of the name? */
static bool has_words(const char *name, const char *words)
{
	while (*words) {
		size_t size = strcspn(words, " -./_");
		bool found = !size;

		for (const char *at = name; *at && !found; at++)
			found = (at == name || !isalnum((unsigned char)at[-1])) && !strncasecmp(at, words, size);
		if (!found)
			return false;
		words += size + (words[size] != '\0');
	}
	return true;
}

static bool is_wanted(const struct searching *s, const struct storeline *l)
{
	const struct manifest *m = &l->facts->manifest;
	bool has_target = !wish.target;

	for (uint32_t i = 0; i < m->target_count; i++)
		has_target |= wish.target && !strcmp(target_name(m->targets[i]), wish.target);
	return has_target && has_words(arena_printf(s->arena, "%s/%s", l->vendor, l->name), s->words) && (!wish.publisher || !strcmp(wish.publisher, l->vendor)) &&
	       (!wish.license || !strcmp(wish.license, arena_string(s->arena, m->license))) && (!wish.state || !strcmp(wish.state, leaf_state_name(l->state)));
}

/* A path of the index: "index/he/ll/example.org/hello". */
static bool take_path(const char *path, struct arena *a, const char **vendor, const char **name)
{
	const char *slash = strrchr(path, '/'), *before = slash;

	while (before && before > path && before[-1] != '/')
		before--;
	if (!slash || !strcmp(path, STOREINDEX_CONFIG) || before == path)
		return false;
	*vendor = arena_printf(a, "%.*s", (int)(slash - before), before);
	*name = slash + 1;
	return true;
}

static int search_one(struct searching *s, const char *path, struct err *e)
{
	const char *vendor, *name;
	const struct storeline *l;
	struct list lines = { 0 };
	struct err ignored;

	if (!take_path(path, s->arena, &vendor, &name))
		return MS_OK;
	int rc = source_lines(&s->from, vendor, name, s->arena, &lines, e);
	if (rc >= 0 && storeline_choose(&lines, NULL, s->arena, &l, &ignored) >= 0 && is_wanted(s, l))
		show(s, l);
	return rc;
}

static int search_folder(struct searching *s, const char **next, struct err *e)
{
	size_t from = wish.cursor ? strtoul(wish.cursor, NULL, 10) : 0;
	struct list paths = { 0 };

	int rc = audit_walk(&s->from.files, "index", s->arena, &paths, e);
	*next = NULL;
	for (size_t i = from; rc >= 0 && i < paths.count; i++) {
		if (s->shown == limit()) {
			*next = arena_printf(s->arena, "%zu", i);
			break;
		}
		rc = search_one(s, paths.at[i], e);
	}
	return rc;
}

static int read_frame(struct searching *s, struct arena *a, struct err *e)
{
	struct bytes content;

	int rc = file_read(wish.frame, FRAME_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	storeboards_read(&s->boards, a);
	json_t *o = json_loadb((const char *)content.at, content.size, 0, NULL);
	rc = fitframe_read(o, storeboards_find, &s->boards, a, &s->frame, e);
	json_decref(o);
	s->fits = rc >= 0;
	return rc;
}

static void tell(const struct searching *s, const char *next)
{
	if (!s->shown)
		out_line("nothing is found%s%s%s%s", *s->words ? " for '" : "", s->words, *s->words ? "'" : "", s->fits && s->looked ? ": what there is does not fit" : "");
	if (next)
		out_say("there may be more: --cursor %s", next);
	out_field("services", json_integer(s->shown));
	out_field("next", next ? out_string(next) : json_null());
}

int command_search(const struct store_request *r, struct arena *a, struct err *e)
{
	struct searching *s = arena_new(a, struct searching);
	struct text words = { 0 };
	const char *next = NULL;

	text_add(&words, a, "%s", "");
	for (size_t i = 0; r->operands[i]; i++)
		text_add(&words, a, "%s%s", i ? " " : "", r->operands[i]);
	s->words = words.at;
	s->arena = a;
	int rc = source_open(&wish.at, a, &s->from, e);
	if (rc >= 0 && wish.frame)
		rc = read_frame(s, a, e);
	if (rc >= 0)
		rc = s->from.client ? search_served(s, &next, e) : search_folder(s, &next, e);
	source_close(&s->from);
	out_progress(NULL);
	if (rc >= 0)
		tell(s, next);
	return rc;
}
