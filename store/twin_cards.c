/* SPDX-License-Identifier: Apache-2.0 */
/* Services in a list, and what somebody publishes. */
#include <inttypes.h>
#include <string.h>

#include "category.h"
#include "key.h"
#include "out.h"
#include "target.h"
#include "twin_parts.h"

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

json_t *twin_categories(const struct twin *t, uint32_t mask)
{
	json_t *all = json_array();

	for (unsigned i = 0; i < 32; i++)
		if (mask >> i & 1 && category_name(i))
			json_array_append_new(all, json_pack("{s:s, s:s, s:o}", "name", category_name(i), "title", category_title(i), "url", twin_place(t, arena_printf(t->a, "/services?category=%s", category_name(i)))));
	return all;
}

json_t *twin_card(const struct twin *t, const struct db_hit *h, const struct fit *fit)
{
	json_t *facts = twin_facts(t, h->facts.said), *targets = json_object_get(facts, "targets");
	json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:s?}", "publisher", out_string(h->publisher), "name", out_string(h->name),
			      "url", twin_place(t, twin_address(t, h->publisher, h->name, NULL)), "version", out_string(h->version), "summary", twin_words(json_string_value(json_object_get(facts, "summary")), TWIN_WORDS_MAX),
			      "has_categories", h->facts.categories != 0, "categories", twin_categories(t, h->facts.categories), "fit", fit ? twin_fit(t, fit) : json_null(), "flash", least(targets, "flash"), "ram", least(targets, "ram"), "targets", target_names(h->facts.targets), "license", twin_words(h->facts.license, 80),
			      "published", twin_time(h->published, t->a), "warning", h->state == LEAF_LIVE ? NULL : leaf_state_name(h->state));

	json_decref(facts);
	return o;
}

json_t *twin_cards(const struct twin *t, const struct list *hits)
{
	json_t *all = json_array();

	for (size_t i = 0; i < hits->count && i < TWIN_CARDS; i++)
		json_array_append_new(all, twin_card(t, hits->at[i], NULL));
	return all;
}

const char *twin_next(const struct twin *t, const struct list *hits, const char *path, const char *query)
{
	if (hits->count <= TWIN_CARDS)
		return NULL;
	const struct db_hit *last = hits->at[TWIN_CARDS - 1];
	return arena_printf(t->a, "%s%s%scursor=%" PRIu64, path, query, *query ? "&" : "?", last->at);
}

json_t *twin_key(const struct twin *t, const struct db_key *k)
{
	const char *word = k->stopped ? "quarantined" : k->revoked ? "revoked" : "in use", *reason = k->stopped ? k->stopped : k->revoked;

	if (k->stopped && k->revoked)
		reason = arena_printf(t->a, "%s; revoked: %s", k->stopped, k->revoked);
	return json_pack("{s:s, s:o, s:o, s:o}", "kid", key_kid_text(k->kid, t->a), "state", twin_mark(word, reason != NULL), "reason", twin_words(reason, TWIN_WORDS_MAX), "since", twin_time(k->at, t->a));
}

static json_t *keys_json(const struct twin *t, const struct list *keys)
{
	json_t *all = json_array();

	for (size_t i = 0; i < keys->count && i < TWIN_ROWS; i++)
		json_array_append_new(all, twin_key(t, keys->at[i]));
	return all;
}

static const char *proof_text(const char *proof)
{
	if (!strcmp(proof, "certificate"))
		return "Has shown by a certificate of the domain that this name is theirs.";
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
	twin_add(twin, json_pack("{s:{s:o, s:s, s:s, s:b, s:o}, s:o, s:o, s:o, s:o, s:o}", "publisher", "name", out_string(name), "proven_by", p.proof, "proof", proof_text(p.proof), "is_approved", (int)p.approval, "since", twin_time(p.at, t->a),
				 "keys", keys_json(t, &keys), "keys_url", twin_place(t, arena_printf(t->a, "/v1/keys/%s", name)), "more_keys", twin_more(keys.count > TWIN_ROWS ? keys.count - TWIN_ROWS : 0), "services", twin_cards(t, &hits),
				 "pager", twin_pager(t, after ? path : NULL, twin_next(t, &hits, path, ""))));
	*out = twin;
	return 1;
}
