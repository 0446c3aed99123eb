/* SPDX-License-Identifier: Apache-2.0 */
/* ms search: in a store that is served, or through the index in a folder.  What fits is looked at here in both cases: a store is told of no product. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "audit_parts.h"
#include "file.h"
#include "moving.h"
#include "out.h"
#include "process.h"
#include "source.h"
#include "storeindex.h"
#include "storeboards.h"
#include "storecommand.h"
#include "storewish.h"
#include "target.h"

/* One search ends there, whatever a store says; who wants more goes on from its cursor. */
enum { HASH_DIGITS = 64, WORDS_MAX = 16, LIMIT = 20, PAGE_SERVICES_MAX = 100, PAGE_SIZE_MAX = 2 << 20, PAGES_MAX = 100, SEARCH_MSEC = 60 * 1000 };

static struct search_wish wish;
const struct opt search_options[] = { SEARCH_OPTIONS(&wish), FRAME_OPTION(&wish.frame), OPT_END };

struct searching {
	struct source from;
	struct storeboards boards;
	struct device frame;
	bool fits;			/* there is a frame */
	const char *words;
	uint32_t shown, looked, page_limit;
	struct arena *arena;		/* of the search; what a page or a file of the index takes is given back with it */
};

static const char *size_words(const struct storefacts *f, struct arena *a)
{
	return f ? arena_printf(a, "  flash %u  RAM %u", f->target[0].flash, f->target[0].ram) : "";
}

static const char *needs_words(const struct fit *fit, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (size_t i = 0; i < fit->needs.count; i++) {
		const struct fit_need *n = fit->needs.at[i];

		if (!n->weak)
			text_add(&t, a, "%s %s '%s'", t.size ? "," : "  needs", n->kind, n->name);
	}
	return t.at;
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
static bool show(struct searching *s, const struct storeline *l, const struct storefacts *f, struct arena *a)
{
	struct fit fit = { 0 };

	s->looked++;
	if (s->fits)
		fit_look(&s->frame, f, a, &fit);
	if (s->fits && !fit.fits)
		return false;
	json_t *targets = json_array();
	json_t *categories = json_array();
	const char *names = targets_words(&f->manifest, targets, a), *license = arena_string(a, f->manifest.license);
	const char *sizes = s->fits ? arena_printf(a, "  fits: flash %u  RAM %u", fit.flash.size, fit.ram.size) : size_words(f, a);

	out_line("%s%s/%s%s %s  %s  %s%s%s%s%s", out_bold(), l->vendor, l->name, out_reset(), l->version, names, license, sizes, needs_words(&fit, a), l->state == LEAF_LIVE ? "" : "  deprecated", *l->source ? "  with its source" : "");
	if (f->summary)
		out_line("  %s", f->summary);
	for (uint32_t i = 0; i < f->category_count; i++)
		json_array_append_new(categories, json_string(f->categories[i]));
	out_event("found", json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "vendor", out_string(l->vendor), "name", out_string(l->name), "version", out_string(l->version), "state",
				     leaf_state_name(l->state), "targets", targets, "license", out_string(license), "summary", f->summary ? out_string(f->summary) : json_null(), "categories", categories,
				     "source", *l->source ? json_string(l->source) : json_null(), "fits", (int)s->fits, "needs", fitframe_needs(&fit)));
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

/* What a served store says of one that it found, shown as a line of its index is. */
static int show_hit(struct searching *s, const json_t *hit, struct err *e)
{
	struct arena own = { 0 }, *a = &own;
	struct storefacts *f = arena_new(a, struct storefacts);
	struct storeline l = { .vendor = connect_text(hit, "publisher", a), .name = connect_text(hit, "name", a), .version = connect_text(hit, "version", a),
			       .source = connect_text(hit, "source", a), .state = leaf_state_named(connect_text(hit, "state", a)), .offered = true };
	size_t digits = strspn(l.source, "0123456789abcdef");

	int rc = (l.state == LEAF_LIVE || l.state == LEAF_DEPRECATED) && !l.source[digits] && (!digits || digits == HASH_DIGITS) ? MS_OK : connect_strange(s->from.client, e);
	if (rc >= 0)
		rc = storefacts_read(json_object_get(hit, "facts"), l.vendor, l.name, l.version, a, f, e);
	if (rc >= 0)
		show(s, &l, f, a);
	arena_done(&own);
	return rc;
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

static int ask(struct searching *s, const char *cursor, struct arena *a, json_t **page, struct err *e)
{
	struct text path = { 0 };

	text_add(&path, a, "v1/search?facts=1&limit=%u", s->page_limit);
	add_argument(&path, a, "q", *s->words ? s->words : NULL);
	add_argument(&path, a, "category", wish.category);
	add_argument(&path, a, "publisher", wish.publisher);
	add_argument(&path, a, "license", wish.license);
	add_argument(&path, a, "target", wish.target);
	add_argument(&path, a, "state", wish.state);
	add_argument(&path, a, "cursor", cursor);
	if (s->fits && !s->frame.service_count)
		add_argument(&path, a, "fits", s->frame.board->name);
	if (wish.facets)
		add_argument(&path, a, "facets", "1");
	const struct client_request r = { .path = path.at, .limit = PAGE_SIZE_MAX };
	int rc = connect_json(s->from.client, &r, a, page, NULL, e);
	if (rc == -MS_ENOENT) {
		err_set(e, ERR_STORE_NO_SEARCH, "'%s' has files alone, and nobody there who searches", s->from.files.name);
		return err_fix(e, "bring it here, and search there: ms store mirror %s DIR && ms search --store DIR", s->from.files.name);
	}
	return rc;
}

/* Its services, until enough was shown; *cursor is where the next page begins, or NULL. */
static int show_page(struct searching *s, const json_t *page, const char **cursor, struct err *e)
{
	const json_t *all = json_object_get(page, "services"), *next = json_object_get(page, "next");
	size_t count = json_array_size(all);
	uint32_t before = s->shown;
	int rc = MS_OK;

	if (count > s->page_limit || (json_is_string(next) && *cursor && !strcmp(json_string_value(next), *cursor))) {
		err_set(e, ERR_STORE_ANSWER, count > s->page_limit ? "'%s' gives more than was asked for" : "'%s' gives one page of a search again and again", s->from.files.name);
		return err_fix(e, "mirror it, and search there (ms store mirror); tell who runs the store");
	}
	for (size_t i = 0; rc >= 0 && i < count; i++)
		rc = show_hit(s, json_array_get(all, i), e);
	*cursor = json_is_string(next) ? connect_text(page, "next", s->arena) : NULL;
	s->page_limit = s->shown == before ? PAGE_SERVICES_MAX : limit();	/* where nothing fits many are looked at */
	return rc;
}

/* Pages until enough was shown: of one that was narrowed here a page may show less than it has. */
static int search_served(struct searching *s, const char **next, struct err *e)
{
	uint64_t until = process_now_nsec() + SEARCH_MSEC * UINT64_C(1000000);
	int rc = MS_OK;

	*next = wish.cursor;
	s->page_limit = limit();
	for (int pages = 0; pages < PAGES_MAX && process_now_nsec() < until; pages++) {
		struct arena own = { 0 };
		json_t *page = NULL;

		rc = ask(s, *next, &own, &page, e);
		if (rc >= 0)
			rc = show_page(s, page, next, e);
		if (rc >= 0 && wish.facets && !pages)
			show_facets(json_object_get(page, "facets"), &own);
		json_decref(page);
		arena_done(&own);
		if (rc < 0 || !*next || s->shown >= limit())
			break;
		moving_tell("services looked at", s->looked, 0);
	}
	return rc;
}

/* As a store splits what it is asked (store/db_sqlite_read.c), and looks at no more words: of letters and digits, and of whatever is not ASCII. */
static bool is_of_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c > 127;
}

/* Does a word of the text begin so? */
static bool has_word(const char *text, const char *word, size_t size)
{
	for (const char *at = text; *at; at++)
		if ((at == text || !is_of_word(at[-1])) && !strncasecmp(at, word, size))
			return true;
	return false;
}

static bool has_words(const char *text, const char *words)
{
	for (int count = 0; *words && count < WORDS_MAX;) {
		size_t size = 0;

		while (is_of_word(words[size]))
			size++;
		if (size && !has_word(text, words, size))
			return false;
		count += size > 0;
		words += size ? size : 1;
	}
	return true;
}

static bool has_category(const struct storefacts *f, const char *name)
{
	for (uint32_t i = 0; i < f->category_count; i++)
		if (!strcmp(f->categories[i], name))
			return true;
	return false;
}

static bool is_wanted(const struct searching *s, const struct storeline *l, const struct storefacts *f, struct arena *a)
{
	const struct manifest *m = &f->manifest;
	bool has_target = !wish.target;

	for (uint32_t i = 0; i < m->target_count; i++)
		has_target |= wish.target && !strcmp(target_name(m->targets[i]), wish.target);
	return has_target && has_words(arena_printf(a, "%s/%s %s", l->vendor, l->name, f->summary ? f->summary : ""), s->words) && (!wish.publisher || !strcmp(wish.publisher, l->vendor)) &&
	       (!wish.category || has_category(f, wish.category)) && (!wish.license || !strcmp(wish.license, arena_string(a, m->license))) && (!wish.state || !strcmp(wish.state, leaf_state_name(l->state)));
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
	struct arena own = { 0 };
	const char *vendor, *name;
	const struct storeline *l;
	struct list lines = { 0 };
	struct err ignored;
	int rc = MS_OK;

	if (take_path(path, &own, &vendor, &name))
		rc = source_lines(&s->from, vendor, name, &own, &lines, e);
	if (rc >= 0 && lines.count && storeline_choose(&lines, NULL, &own, &l, &ignored) >= 0) {
		struct storefacts *f = arena_new(&own, struct storefacts);

		rc = storeline_facts(l, &own, f, e);
		if (rc >= 0 && is_wanted(s, l, f, &own))
			show(s, l, f, &own);
	}
	arena_done(&own);
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
	int rc = storeboards_frame(&s->boards, wish.frame, a, &s->frame, e);

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
	moving_end();
	if (rc >= 0)
		tell(s, next);
	return rc;
}
