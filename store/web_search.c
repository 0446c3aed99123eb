/* SPDX-License-Identifier: Apache-2.0 */
/* A search: words, facets, and what fits on a board or beside a product's services. */
#include <string.h>

#include "category.h"
#include "fitframe.h"
#include "fitsearch.h"
#include "storeweb.h"
#include "target.h"

static const char page_words[] = "'limit' is 1 to 100, 'cursor' what the page before said";

static json_t *said_json(const struct db_facts *f, struct arena *a)
{
	return *f->said ? json_loads(arena_printf(a, "{%s}", f->said), 0, NULL) : NULL;
}

static json_t *hit_json(struct call *c, const struct db_hit *h, bool facts)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o}", "publisher", h->publisher, "name", h->name, "version", h->version, "state", leaf_state_name(h->state),
			      "published", (json_int_t)h->published, "targets", storeweb_targets(h->facts.targets), "categories", storeweb_categories(h->facts.categories), "license", *h->facts.license ? json_string(h->facts.license) : json_null(),
			      "source", *h->source ? json_string(h->source) : json_null());
	json_t *said = facts ? said_json(&h->facts, &c->arena) : NULL;

	if (facts)
		json_object_set_new(o, "facts", said ? said : json_null());
	return o;
}

/* Where the next page begins, or null. */
static json_t *cursor_json(uint64_t at)
{
	return at ? json_sprintf("%llu", (unsigned long long)at) : json_null();
}

bool storeweb_page(const struct call *c, struct db_query *q)
{
	const char *cursor = call_argument(c, "cursor"), *limit = call_argument(c, "limit");
	uint64_t most = 20;

	if ((cursor && !route_number(cursor, &q->after)) || (limit && !route_number(limit, &most)) || !most || most > DB_FOUND_MAX)
		return false;
	q->most = (uint32_t)most;
	return true;
}

/* What the frame has to say of one that was found: where it would lie, and what it needs of others. */
static void tell_fit(json_t *o, const struct fit *fit)
{
	json_object_set_new(o, "fit", json_pack("{s:s, s:I, s:I, s:o}", "target", target_name(fit->target), "flash", (json_int_t)fit->flash.size, "ram", (json_int_t)fit->ram.size, "needs", fitframe_needs(fit)));
}

static int list_fitting(struct call *c, const struct db_query *q, const struct device *frame, json_t *all, uint64_t *next, struct err *e)
{
	struct list hits = { 0 };
	int rc = fitsearch(store_of(c)->db, q, frame, &c->arena, &hits, next, e);

	for (size_t i = 0; rc >= 0 && i < hits.count; i++) {
		const struct fitsearch_hit *h = hits.at[i];
		json_t *one = hit_json(c, h->hit, q->facts);

		tell_fit(one, &h->fit);
		json_array_append_new(all, one);
	}
	return rc;
}

static int list_found(struct call *c, const struct db_query *q, json_t *all, uint64_t *next, struct err *e)
{
	struct db *d = store_of(c)->db;
	struct list hits = { 0 };
	int rc = d->search(d, q, &c->arena, &hits, e);

	for (size_t i = 0; rc >= 0 && i < hits.count; i++)
		json_array_append_new(all, hit_json(c, hits.at[i], q->facts));
	*next = rc >= 0 && hits.count == q->most ? ((const struct db_hit *)hits.at[hits.count - 1])->at : 0;
	return rc;
}

static int add_facets(struct call *c, const struct db_query *q, json_t *body, struct err *e)
{
	struct db *d = store_of(c)->db;
	json_t *facets = json_object();
	struct list all = { 0 };
	int rc = d->facets(d, q, &c->arena, &all, e);

	for (size_t i = 0; rc >= 0 && i < all.count; i++) {
		const struct db_facet *f = all.at[i];

		if (!json_object_get(facets, f->facet))
			json_object_set_new(facets, f->facet, json_array());
		json_array_append_new(json_object_get(facets, f->facet), json_pack("{s:s, s:I}", "value", f->value, "count", (json_int_t)f->count));
	}
	json_object_set_new(body, "facets", facets);
	return rc;
}

enum MHD_Result storeweb_found(struct call *c, const struct db_query *q, const struct device *frame)
{
	const char *facets = call_argument(c, "facets");
	json_t *all = json_array(), *body = json_pack("{s:o}", "services", all);
	uint64_t next;
	struct err e;

	int rc = frame ? list_fitting(c, q, frame, all, &next, &e) : list_found(c, q, all, &next, &e);
	if (rc >= 0)
		json_object_set_new(body, "next", cursor_json(next));
	if (rc >= 0 && facets && !strcmp(facets, "1"))
		rc = add_facets(c, q, body, &e);
	if (rc >= 0)
		return storeweb_send_object(c, body);
	json_decref(body);
	return storeweb_trouble(c, &e);
}

/* NULL, or what is wrong with the arguments. */
static const char *take_arguments(const struct call *c, struct db_query *q)
{
	const char *target = call_argument(c, "target"), *state = call_argument(c, "state"), *facts = call_argument(c, "facts"), *category = call_argument(c, "category");

	*q = (struct db_query){ .words = call_argument(c, "q"), .publisher = call_argument(c, "publisher"), .license = call_argument(c, "license"), .facts = facts && !strcmp(facts, "1") };
	if (!storeweb_page(c, q))
		return page_words;
	if (target) {
		uint8_t t = target_number((struct bytes){ (const uint8_t *)target, strlen(target) });

		if (!target_name(t) || t >= 32)
			return "there is no such target";
		q->targets = 1u << t;
	}
	q->categories = category ? category_bit(category) : 0;
	if (category && !q->categories)
		return "there is no such category";
	q->state = state ? leaf_state_named(state) : 0;
	return state && q->state != LEAF_LIVE && q->state != LEAF_DEPRECATED ? "a search finds what is 'live' or 'deprecated'" : NULL;
}

enum MHD_Result get_search(struct call *c)
{
	const char *fits = call_argument(c, "fits");
	struct device frame = { 0 };
	struct db_query q;
	const char *wrong = take_arguments(c, &q);

	if (wrong)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", wrong);
	if (!fits)
		return storeweb_found(c, &q, NULL);
	const struct board *board = storeboards_find(&store_of(c)->boards, fits);
	if (!board)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "no-such-board", "this store knows no board of that name");
	frame = fitsearch_frame(board);
	fitsearch_narrow(&q, board);
	return storeweb_found(c, &q, &frame);
}

enum MHD_Result post_search(struct call *c)
{
	struct storeboards *boards = &store_of(c)->boards;
	struct device frame;
	struct db_query q;
	const char *wrong = take_arguments(c, &q);
	struct err e;

	if (wrong)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", wrong);
	json_t *o = call_object(c);
	int rc = fitframe_read(o, storeboards_find, boards, &c->arena, &frame, &e);
	json_decref(o);
	if (rc < 0)
		return call_failed(c, MHD_HTTP_UNPROCESSABLE_CONTENT, "no-frame", &e);
	fitsearch_narrow(&q, frame.board);
	return storeweb_found(c, &q, &frame);
}
