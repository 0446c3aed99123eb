/* SPDX-License-Identifier: Apache-2.0 */
/* The marketplace: what is found, with what it could be narrowed to. */
#include <inttypes.h>
#include <string.h>

#include "category.h"
#include "fitsearch.h"
#include "out.h"
#include "target.h"
#include "template_filter.h"
#include "twin_parts.h"

static const struct { const char *name, *what; } known_targets[] = {
#define MS_TARGET(number, name, text, mpu, doc) [number] = { text, doc },
#include <ms/abi/targets.def>
#undef MS_TARGET
};

/* The query without where the page begins; "" for one that asks for nothing. */
static const char *query_of(const struct twin *t, const struct twin_search *s)
{
	const struct { const char *name, *value; } all[] = { { "q", s->words }, { "target", s->target }, { "license", s->license }, { "publisher", s->publisher }, { "category", s->category }, { "fits", s->fits } };
	struct text out = { 0 };

	text_add(&out, t->a, "%s", "");
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		json_t *value = all[i].value && *all[i].value ? out_string(all[i].value) : NULL;

		if (value)
			text_add(&out, t->a, "%s%s=%s", out.size ? "&" : "?", all[i].name, template_filter("query", value, t->a));
		json_decref(value);
	}
	return out.at;
}

/* `count` NULL: it is not known. */
static json_t *choice(const char *value, const char *title, const uint64_t *count, const char *chosen)
{
	return json_pack("{s:o, s:o, s:o, s:b}", "value", out_string(value), "title", out_string(title), "count", count ? json_integer((json_int_t)*count) : json_null(), "chosen", chosen && !strcmp(chosen, value));
}

static const char *target_title(const char *target)
{
	for (size_t i = 0; i < sizeof(known_targets) / sizeof(known_targets[0]); i++)
		if (known_targets[i].name && !strcmp(known_targets[i].name, target))
			return known_targets[i].what;
	return target;
}

static const char *title_of(const char *facet, const char *value)
{
	uint32_t category = strcmp(facet, "category") ? 0 : category_bit(value);

	for (unsigned i = 0; category && i < 32; i++)
		if (category >> i & 1)
			return category_title(i);
	return strcmp(facet, "target") ? value : target_title(value);
}

static struct db_query db_query_of(const struct twin_search *s)
{
	bool targeted = s->target && *s->target;
	uint8_t target = targeted ? target_number((struct bytes){ (const uint8_t *)s->target, strlen(s->target) }) : 0;

	return (struct db_query){ .words = s->words, .publisher = s->publisher && *s->publisher ? s->publisher : NULL, .license = s->license && *s->license ? s->license : NULL,
				  .targets = target ? 1u << target : 0, .categories = s->category && *s->category ? category_bit(s->category) : 0, .facts = true, .after = s->after, .most = TWIN_CARDS + 1 };
}

/*
 * What a search could be narrowed to by this facet: counted in what all the others let through, so that one can change one's mind.  What is chosen
 * is there to be seen, and taken back, also when nothing has it.  What fits on a board is not counted: that would take a look at each.
 */
struct facet { const char *name, *title, *chosen; bool uncounted; };

static int add_facet(const struct twin *t, const struct facet *f, struct db_query q, json_t *facets, struct err *e)
{
	bool there = !f->chosen || !*f->chosen;
	json_t *values = json_array();
	const uint64_t none = 0;
	struct list all = { 0 };

	int rc = t->db->facets(t->db, &q, t->a, &all, e);
	for (size_t i = 0; i < all.count; i++) {
		const struct db_facet *one = all.at[i];

		if (strcmp(one->facet, f->name) || !*one->value || strlen(one->value) > TWIN_FACET_MAX || json_array_size(values) == TWIN_FACET_VALUES)
			continue;
		json_array_append_new(values, choice(one->value, title_of(f->name, one->value), f->uncounted ? NULL : &one->count, f->chosen));
		there = there || !strcmp(f->chosen, one->value);
	}
	if (!there)
		json_array_append_new(values, choice(f->chosen, title_of(f->name, f->chosen), &none, f->chosen));
	json_array_append_new(facets, json_pack("{s:s, s:s, s:o}", "name", f->name, "title", f->title, "values", values));
	return rc;
}

static void add_board_facet(const struct twin *t, const char *chosen, json_t *facets)
{
	json_t *values = json_array();

	for (size_t i = 0; t->boards && i < t->boards->count; i++)
		json_array_append_new(values, choice(t->boards->at[i]->name, t->boards->at[i]->name, NULL, chosen));
	if (json_array_size(values))
		json_array_append_new(facets, json_pack("{s:s, s:s, s:O}", "name", "fits", "title", "Fits on the board", "values", values));
	json_decref(values);
}

static int add_facets(const struct twin *t, const struct twin_search *s, const struct db_query *q, json_t *facets, struct err *e)
{
	struct db_query category = *q, target = *q, license = *q, publisher = *q;
	bool uncounted = s->fits && *s->fits;

	category.categories = target.targets = 0;
	license.license = publisher.publisher = NULL;
	add_board_facet(t, s->fits, facets);
	int rc = add_facet(t, &(struct facet){ "category", "Category", s->category, uncounted }, category, facets, e);
	if (rc >= 0)
		rc = add_facet(t, &(struct facet){ "target", "Processor", s->target, uncounted }, target, facets, e);
	if (rc >= 0)
		rc = add_facet(t, &(struct facet){ "license", "Licence", s->license, uncounted }, license, facets, e);
	return rc < 0 ? rc : add_facet(t, &(struct facet){ "publisher", "Publisher", s->publisher, uncounted }, publisher, facets, e);
}

/* How many are found; DB_FACET_HITS stands for as many or more.  Each has one state. */
static int count_all(const struct twin *t, const struct db_query *q, uint64_t *total, struct err *e)
{
	struct list all = { 0 };

	int rc = t->db->facets(t->db, q, t->a, &all, e);
	*total = 0;
	for (size_t i = 0; i < all.count; i++) {
		const struct db_facet *one = all.at[i];

		*total += strcmp(one->facet, "state") ? 0 : one->count;
	}
	return rc;
}

/* What there is of each kind, with the way there: of the whole marketplace. */
static int add_kinds(const struct twin *t, json_t *twin, struct err *e)
{
	const struct db_query q = { .most = 1 };
	json_t *kinds = json_array();
	struct list all = { 0 };

	int rc = t->db->facets(t->db, &q, t->a, &all, e);
	for (size_t i = 0; i < all.count; i++) {
		const struct db_facet *f = all.at[i];

		if (!strcmp(f->facet, "category") && *f->value)
			json_array_append_new(kinds, json_pack("{s:s, s:s, s:I, s:o}", "name", f->value, "title", title_of("category", f->value), "count", (json_int_t)f->count,
							       "url", twin_place(t, arena_printf(t->a, "/services?category=%s", f->value))));
	}
	twin_add(twin, json_pack("{s:b, s:o}", "has_kinds", json_array_size(kinds) > 0, "kinds", kinds));
	return rc;
}

/* The page's cards, how many there are in all (or null), and where it goes on (or NULL). */
struct found { json_t *cards, *total; bool is_one, is_more; const char *next; };

static int find_all(const struct twin *t, const struct db_query *q, const char *query, struct found *f, struct err *e)
{
	struct list hits = { 0 };
	uint64_t total = 0;

	int rc = t->db->search(t->db, q, t->a, &hits, e);
	if (rc >= 0)
		rc = count_all(t, q, &total, e);
	*f = (struct found){ twin_cards(t, &hits), total ? json_integer((json_int_t)total) : json_null(), total == 1, total >= DB_FACET_HITS, twin_next(t, &hits, "/services", query) };
	return rc;
}

/* What fits is found by looking at one after the other: nobody knows how many there are in all. */
static int find_fitting(const struct twin *t, const struct db_query *q, const struct board *b, const char *query, struct found *f, struct err *e)
{
	const struct device frame = fitsearch_frame(b);
	struct db_query page = *q;
	struct list hits = { 0 };
	uint64_t next = 0;

	page.most = TWIN_CARDS;
	int rc = fitsearch(t->db, &page, &frame, t->a, &hits, &next, e);
	*f = (struct found){ .cards = json_array(), .total = hits.count ? json_integer((json_int_t)hits.count) : json_null(), .is_one = hits.count == 1,
			     .next = next ? arena_printf(t->a, "/services%s&cursor=%" PRIu64, query, next) : NULL };
	for (size_t i = 0; rc >= 0 && i < hits.count; i++) {
		const struct fitsearch_hit *h = hits.at[i];
		json_array_append_new(f->cards, twin_card(t, h->hit, &h->fit));
	}
	return rc;
}

static const struct board *board_of(const struct twin *t, const char *name)
{
	return name && *name && t->boards ? storeboards_find((void *)t->boards, name) : NULL;
}

static json_t *query_json(const struct twin *t, const struct twin_search *s, const char *query)
{
	const struct board *b = board_of(t, s->fits);
	json_t *board = b ? json_pack("{s:s, s:s}", "name", b->name, "about", b->description ? b->description : "") : json_null();

	return json_pack("{s:o, s:b, s:o, s:o}", "q", out_string(s->words ? s->words : ""), "is_empty", !*query, "board", board,
			 "category", s->category && *s->category ? json_string(title_of("category", s->category)) : json_null());
}

int twin_market(const struct twin *t, const struct twin_search *s, json_t **out, struct err *e)
{
	const struct board *board = board_of(t, s->fits);
	struct db_query q = db_query_of(s);
	const char *query = query_of(t, s), *begun = s->after ? arena_printf(t->a, "%s%scursor=%" PRIu64, query, *query ? "&" : "?", s->after) : query;
	json_t *facets = json_array(), *twin = twin_frame(t, *query ? "Found services" : "Services", "/services", begun, "services");
	struct found f;

	if (board)
		fitsearch_narrow(&q, board);
	int rc = board ? find_fitting(t, &q, board, query, &f, e) : find_all(t, &q, query, &f, e);
	if (rc >= 0)
		rc = add_facets(t, s, &q, facets, e);
	if (rc >= 0)
		rc = add_kinds(t, twin, e);
	twin_add(twin, json_pack("{s:o, s:o, s:o, s:b, s:b, s:o, s:o}", "query", query_json(t, s, query), "facets", facets, "total", f.total, "is_one", (int)f.is_one, "is_more", (int)f.is_more, "services", f.cards,
				 "pager", twin_pager(t, s->after ? arena_printf(t->a, "/services%s", query) : NULL, f.next)));
	if (rc < 0) {
		json_decref(twin);
		return rc;
	}
	*out = twin;
	return 1;
}
