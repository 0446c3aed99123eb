/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of services: what is found, with what it could be narrowed to, and what somebody publishes. */
#include <inttypes.h>
#include <string.h>

#include "key.h"
#include "out.h"
#include "target.h"
#include "template_filter.h"
#include "twin_parts.h"

static const struct { const char *name, *what; } known_targets[] = {
#define MS_TARGET(number, name, text, mpu, doc) [number] = { text, doc },
#include <ms/abi/targets.def>
#undef MS_TARGET
};

/* The least that it takes of flash or RAM, on the target where that is least; 0 where nothing is known. */
static json_int_t least(const json_t *targets, const char *what)
{
	json_int_t found = 0;
	size_t i;
	json_t *one;

	json_array_foreach(targets, i, one) {
		json_int_t value = json_integer_value(json_object_get(one, what));

		found = !found || value < found ? value : found;
	}
	return found;
}

static json_t *target_names(uint32_t mask)
{
	json_t *all = json_array();

	for (uint8_t i = 0; i < 32; i++)
		if (mask >> i & 1 && target_name(i))
			json_array_append_new(all, json_string(target_name(i)));
	return all;
}

static json_t *card(const struct twin *t, const struct db_hit *h)
{
	json_t *facts = twin_facts(t, h->facts.said), *targets = json_object_get(facts, "targets");
	json_t *o = json_pack("{s:o, s:o, s:s, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:s?}", "publisher", out_string(h->publisher), "name", out_string(h->name),
			      "url", twin_address(t, h->publisher, h->name, NULL), "version", out_string(h->version), "summary", twin_words(json_string_value(json_object_get(facts, "summary")), TWIN_WORDS_MAX),
			      "flash", least(targets, "flash"), "ram", least(targets, "ram"), "targets", target_names(h->facts.targets), "license", twin_words(h->facts.license, 80),
			      "published", twin_time(h->published, t->a), "warning", h->state == LEAF_LIVE ? NULL : leaf_state_name(h->state));

	json_decref(facts);
	return o;
}

static json_t *cards_of(const struct twin *t, const struct list *hits)
{
	json_t *all = json_array();

	for (size_t i = 0; i < hits->count && i < TWIN_CARDS; i++)
		json_array_append_new(all, card(t, hits->at[i]));
	return all;
}

/* The query without where the page begins; "" for one that asks for nothing. */
static const char *query_of(const struct twin *t, const struct twin_search *s)
{
	const struct { const char *name, *value; } all[] = { { "q", s->words }, { "target", s->target }, { "license", s->license }, { "publisher", s->publisher } };
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

/* Where the list goes on behind the last of `hits`, of which one more was asked for than is shown; NULL: nowhere. */
static const char *next_of(const struct twin *t, const struct list *hits, const char *path, const char *query)
{
	if (hits->count <= TWIN_CARDS)
		return NULL;
	const struct db_hit *last = hits->at[TWIN_CARDS - 1];
	return arena_printf(t->a, "%s%s%scursor=%" PRIu64, path, query, *query ? "&" : "?", last->at);
}

static json_t *choice(const char *value, const char *title, uint64_t count, const char *chosen)
{
	return json_pack("{s:o, s:o, s:I, s:b}", "value", out_string(value), "title", out_string(title), "count", (json_int_t)count, "chosen", chosen && !strcmp(chosen, value));
}

static const char *target_title(const char *target)
{
	for (size_t i = 0; i < sizeof(known_targets) / sizeof(known_targets[0]); i++)
		if (known_targets[i].name && !strcmp(known_targets[i].name, target))
			return known_targets[i].what;
	return target;
}

static struct db_query db_query_of(const struct twin_search *s)
{
	bool targeted = s->target && *s->target;
	uint8_t target = targeted ? target_number((struct bytes){ (const uint8_t *)s->target, strlen(s->target) }) : 0;

	return (struct db_query){ .words = s->words, .publisher = s->publisher && *s->publisher ? s->publisher : NULL, .license = s->license && *s->license ? s->license : NULL,
				  .targets = target ? 1u << target : 0, .facts = true, .after = s->after, .most = TWIN_CARDS + 1 };
}

/*
 * What a search could be narrowed to by this facet: counted in what all the others let through, so that one can change one's mind.  What is chosen
 * is there to be seen, and taken back, also when nothing has it.
 */
struct facet { const char *name, *title, *chosen; };

static int add_facet(const struct twin *t, const struct facet *f, struct db_query q, json_t *facets, struct err *e)
{
	bool there = !f->chosen || !*f->chosen;
	json_t *values = json_array();
	struct list all = { 0 };

	int rc = t->db->facets(t->db, &q, t->a, &all, e);
	for (size_t i = 0; i < all.count; i++) {
		const struct db_facet *one = all.at[i];

		if (strcmp(one->facet, f->name) || !*one->value || strlen(one->value) > TWIN_FACET_MAX || json_array_size(values) == TWIN_FACET_VALUES)
			continue;
		json_array_append_new(values, choice(one->value, strcmp(f->name, "target") ? one->value : target_title(one->value), one->count, f->chosen));
		there = there || !strcmp(f->chosen, one->value);
	}
	if (!there)
		json_array_append_new(values, choice(f->chosen, strcmp(f->name, "target") ? f->chosen : target_title(f->chosen), 0, f->chosen));
	json_array_append_new(facets, json_pack("{s:s, s:s, s:o}", "name", f->name, "title", f->title, "values", values));
	return rc;
}

static int add_facets(const struct twin *t, const struct twin_search *s, json_t *facets, struct err *e)
{
	struct db_query target = db_query_of(s), license = target, publisher = target;

	target.targets = 0;
	license.license = publisher.publisher = NULL;
	int rc = add_facet(t, &(struct facet){ "target", "Processor", s->target }, target, facets, e);
	if (rc >= 0)
		rc = add_facet(t, &(struct facet){ "license", "Licence", s->license }, license, facets, e);
	return rc < 0 ? rc : add_facet(t, &(struct facet){ "publisher", "Publisher", s->publisher }, publisher, facets, e);
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

int twin_market(const struct twin *t, const struct twin_search *s, json_t **out, struct err *e)
{
	struct db_query q = db_query_of(s);
	const char *query = query_of(t, s);
	json_t *facets = json_array();
	struct list hits = { 0 };
	uint64_t total = 0;

	int rc = t->db->search(t->db, &q, t->a, &hits, e);
	if (rc >= 0)
		rc = count_all(t, &q, &total, e);
	if (rc >= 0)
		rc = add_facets(t, s, facets, e);
	if (rc < 0) {
		json_decref(facets);
		return rc;
	}
	const char *begun = s->after ? arena_printf(t->a, "%s%scursor=%" PRIu64, query, *query ? "&" : "?", s->after) : query;
	json_t *twin = twin_frame(t, *query ? "Found services" : "Services", "/services", begun, "services");
	twin_add(twin, json_pack("{s:{s:o, s:b}, s:o, s:o, s:b, s:b, s:o, s:o}", "query", "q", out_string(s->words ? s->words : ""), "is_empty", !*query, "facets", facets,
				 "total", total ? json_integer((json_int_t)total) : json_null(), "is_one", total == 1, "is_more", total >= DB_FACET_HITS, "services", cards_of(t, &hits),
				 "pager", twin_pager(s->after ? arena_printf(t->a, "/services%s", query) : NULL, next_of(t, &hits, "/services", query))));
	*out = twin;
	return 1;
}

static json_t *key_json(const struct twin *t, const struct db_key *k)
{
	return json_pack("{s:s, s:o, s:o, s:o}", "kid", key_kid_text(k->kid, t->a), "state", twin_mark(k->revoked ? "revoked" : "in use", k->revoked != NULL),
			 "reason", twin_words(k->revoked, TWIN_WORDS_MAX), "since", twin_time(k->at, t->a));
}

static json_t *keys_json(const struct twin *t, const struct list *keys)
{
	json_t *all = json_array();

	for (size_t i = 0; i < keys->count && i < TWIN_ROWS; i++)
		json_array_append_new(all, key_json(t, keys->at[i]));
	return all;
}

static const char *proof_text(const char *proof)
{
	if (!strcmp(proof, "dns"))
		return "Has shown by a record of the domain that this name is theirs.";
	if (!strcmp(proof, "well-known"))
		return "Has shown by a file on the domain that this name is theirs.";
	return "Was the first here to claim this name with a key. Whether the domain is theirs was not shown.";
}

int twin_publisher(const struct twin *t, const char *name, uint64_t after, json_t **out, struct err *e)
{
	struct db_query q = { .publisher = name, .facts = true, .after = after, .most = TWIN_CARDS + 1 };
	const char *path = arena_printf(t->a, "/publishers/%s", name);
	struct list hits = { 0 }, keys = { 0 };
	struct db_publisher p;

	int rc = t->db->claimed(t->db, name, t->a, &p, e);
	if (rc != 1)
		return rc;
	rc = t->db->search(t->db, &q, t->a, &hits, e);
	if (rc >= 0)
		rc = t->db->keys(t->db, name, t->a, &keys, e);
	if (rc < 0)
		return rc;
	json_t *twin = twin_frame(t, name, path, after ? arena_printf(t->a, "?cursor=%" PRIu64, after) : NULL, "services");
	twin_add(twin, json_pack("{s:{s:o, s:s, s:s, s:o}, s:o, s:o, s:o, s:o}", "publisher", "name", out_string(name), "proven_by", p.proof, "proof", proof_text(p.proof), "since", twin_time(p.at, t->a),
				 "keys", keys_json(t, &keys), "more_keys", twin_more(keys.count > TWIN_ROWS ? keys.count - TWIN_ROWS : 0), "services", cards_of(t, &hits),
				 "pager", twin_pager(after ? path : NULL, next_of(t, &hits, path, ""))));
	*out = twin;
	return 1;
}
