/* SPDX-License-Identifier: Apache-2.0 */
/* Who may do something here: name spaces, their keys, tokens. */
#include <string.h>
#include <time.h>

#include "domainproof.h"
#include "key.h"
#include "out.h"
#include "process.h"
#include "storeweb.h"
#include "token.h"

enum { DAY_SEC = 86400, TOKEN_DAYS_MAX = 90, LABEL_MAX = 60 };

static const struct { const char *name; unsigned scope; } scopes[] = {
	{ "stage", DB_STAGE }, { "publish", DB_PUBLISH }, { "state", DB_STATE }, { "owner", DB_OWNER }, { "admin", DB_ADMIN },
};

enum MHD_Result post_challenges(struct call *c)
{
	const char *nonce = nonces_make(&store_of(c)->nonces, process_now_nsec(), &c->arena);

	return call_json(c, MHD_HTTP_CREATED, json_pack("{s:s, s:s, s:i}", "nonce", nonce, "store", store_of(c)->store->name, "seconds", NONCE_SEC));
}

/* Its signer dialled another server, which has what was signed for it: it may be just what that one wants. */
static enum MHD_Result refuse_passed_on(struct call *c, const char *at)
{
	struct err e;

	err_set(&e, ERR_STORE_RIGHT, "the claim is signed for '%s', which is none of this store's addresses", at);
	err_fix(&e, "use the address that who runs the store tells; they tell it to the store by: ms store serve --url URL");
	return call_failed(c, MHD_HTTP_FORBIDDEN, "other-address", &e);
}

static enum MHD_Result refuse_claim(struct call *c, const struct err *e)
{
	bool odd = e->code == -MS_EFORMAT;

	return call_failed(c, odd ? MHD_HTTP_BAD_REQUEST : MHD_HTTP_FORBIDDEN, odd ? "not-understood" : "not-believed", e);
}

/* Is the claim for this store, made just now?  Otherwise an answer was given, *rc. */
static bool is_for_us(struct call *c, const struct claim *said, enum MHD_Result *rc)
{
	struct storeweb *s = store_of(c);

	if (strcmp(said->store, s->store->name))
		*rc = call_problem(c, MHD_HTTP_FORBIDDEN, "other-store", "the claim is for a store of another name");
	else if (!reached_has(&s->reached, said->at, storeweb_is_from_here(c), &c->arena))
		*rc = refuse_passed_on(c, said->at);
	else if (!nonces_take(&s->nonces, said->nonce, process_now_nsec()))
		*rc = call_problem(c, MHD_HTTP_CONFLICT, "old-nonce", "the claim's nonce was not given out by this store, was used, or is too old: ask for another one");
	else
		return true;
	return false;
}

/* Without one it is nobody's domain as far as the store knows; one that is shown must be good. */
static int take_proof(const struct storeweb *s, struct order *o, struct bytes text, struct bytes proof, struct err *e)
{
	o->proof = proof.size ? PROOF_CERTIFICATE : PROOF_NONE;
	return proof.size ? domainproof_check(s->authorities, text, proof, o->claim.vendor, e) : MS_OK;
}

enum MHD_Result post_claims(struct call *c)
{
	struct bytes text, proof;
	enum MHD_Result rc;
	struct order *o;
	struct err e;

	if (asked_of(c)->order)
		return storeweb_result(c);
	o = storeweb_order(c, ORDER_CLAIM);
	o->closed = store_of(c)->closed;
	o->proven_only = store_of(c)->proven_only;
	domainproof_split((struct bytes){ (const uint8_t *)c->body.at, c->body.size }, &text, &proof);
	if (claim_read(arena_copy(&o->arena, text), &o->arena, &o->claim, &e) < 0)
		rc = refuse_claim(c, &e);
	else if (is_for_us(c, &o->claim, &rc)) {
		if (take_proof(store_of(c), o, text, proof, &e) >= 0)
			return storeweb_hand_over(c, o);
		rc = refuse_claim(c, &e);
	}
	order_end(o);
	return rc;
}

enum MHD_Result get_keys(struct call *c)
{
	struct db *d = store_of(c)->db;
	struct db_publisher p = { .proof = PROOF_NONE };
	struct list keys = { 0 };
	json_t *all;
	struct err e;

	if (d->claimed(d, c->parts.at[0], &c->arena, &p, &e) < 0 || d->keys(d, c->parts.at[0], &c->arena, &keys, &e) < 0)
		return storeweb_trouble(c, &e);
	if (!keys.count)
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-publisher", "nobody has that name space here");
	all = json_array();
	for (size_t i = 0; i < keys.count; i++) {
		const struct db_key *k = keys.at[i];
		struct key_public public;
		char *pem = NULL;

		key_public_from_point(&public, k->point);
		key_public_pem(&public, &c->arena, &pem, &e);
		json_array_append_new(all, json_pack("{s:s, s:s, s:I, s:o}", "kid", key_kid_text(k->kid, &c->arena), "key", pem ? pem : "", "since", (json_int_t)k->at, "revoked", out_string(k->revoked)));
		json_object_set_new(json_array_get(all, i), "quarantined", out_string(k->stopped));
	}
	return call_json(c, MHD_HTTP_OK, json_pack("{s:s, s:s, s:b, s:o}", "publisher", c->parts.at[0], "proof", p.proof, "approval", (int)p.approval, "keys", all));
}

enum MHD_Result delete_key(struct call *c)
{
	const char *reason = call_argument(c, "reason");
	struct order *o;

	if (asked_of(c)->order)
		return storeweb_result(c);
	if (!reason || !*reason || strlen(reason) > 40 || strspn(reason, "abcdefghijklmnopqrstuvwxyz0123456789-") < strlen(reason))
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "no-reason", "'reason' is to be a word, such as lost or stolen");
	o = storeweb_order(c, ORDER_REVOKE);
	o->of = arena_printf(&o->arena, "%s", c->parts.at[0]);
	o->reason = arena_printf(&o->arena, "%s", reason);
	o->token.hash = arena_printf(&o->arena, "%s", asked_of(c)->token.hash);
	if (key_kid_parse(c->parts.at[1], o->kid) == MS_OK)
		return storeweb_hand_over(c, o);
	order_end(o);
	return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-key", "a key is named by 16 hexadecimal digits");
}

static json_t *scopes_json(unsigned mask)
{
	json_t *all = json_array();

	for (size_t i = 0; i < sizeof(scopes) / sizeof(*scopes); i++)
		if (mask & scopes[i].scope)
			json_array_append_new(all, json_string(scopes[i].name));
	return all;
}

enum MHD_Result get_tokens(struct call *c)
{
	const struct db_token *own = &asked_of(c)->token;
	struct db *d = store_of(c)->db;
	struct list tokens = { 0 };
	json_t *all;
	struct err e;

	if (!(own->scopes & DB_OWNER))
		return call_problem(c, MHD_HTTP_FORBIDDEN, "not-allowed", "this token may not see the others");
	if (d->tokens(d, own->publisher, &c->arena, &tokens, &e) < 0)
		return storeweb_trouble(c, &e);
	all = json_array();
	for (size_t i = 0; i < tokens.count; i++) {
		const struct db_token *t = tokens.at[i];

		json_array_append_new(all, json_pack("{s:s, s:o, s:o, s:I, s:I}", "id", t->hash, "label", out_string(t->label), "scopes", scopes_json(t->scopes),
						     "made", (json_int_t)t->made, "ends", (json_int_t)t->ends));
	}
	return call_json(c, MHD_HTTP_OK, json_pack("{s:s, s:o}", "publisher", own->publisher, "tokens", all));
}

static unsigned scope_named(const char *name)
{
	for (size_t i = 0; name && i < sizeof(scopes) / sizeof(*scopes); i++)
		if (!strcmp(scopes[i].name, name))
			return scopes[i].scope;
	return 0;
}

/* What is wished, within its bounds; 0 scopes when it is not understood. */
static void read_wish(struct call *c, struct order *o)
{
	json_t *wish = call_object(c), *names = json_object_get(wish, "scopes"), *name;
	json_int_t days = json_object_get(wish, "days") ? json_integer_value(json_object_get(wish, "days")) : 30;
	const char *label = json_string_value(json_object_get(wish, "label"));
	bool good = json_array_size(names) > 0 && days >= 1 && days <= TOKEN_DAYS_MAX && label && *label && strlen(label) <= LABEL_MAX;
	unsigned mask = 0;
	size_t i;

	json_array_foreach(names, i, name) {
		good = good && scope_named(json_string_value(name));
		mask |= scope_named(json_string_value(name));
	}
	o->token = (struct db_token){ .publisher = o->publisher, .scopes = good ? mask : 0, .made = (uint64_t)time(NULL), .label = arena_printf(&o->arena, "%s", label ? label : "") };
	o->token.ends = o->token.made + (uint64_t)(good ? days : 0) * DAY_SEC;
	/* None outlives the one by which it was made. */
	if (o->token.ends > asked_of(c)->token.ends)
		o->token.ends = asked_of(c)->token.ends;
	json_decref(wish);
}

enum MHD_Result post_tokens(struct call *c)
{
	struct order *o;

	if (asked_of(c)->order)
		return storeweb_result(c);
	o = storeweb_order(c, ORDER_TOKEN);
	read_wish(c, o);
	if (o->token.scopes)
		return storeweb_hand_over(c, o);
	order_end(o);
	return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "the body is to be {\"scopes\": [\"stage\", \"publish\", \"state\", \"owner\"], \"days\": 1 to 90, \"label\": \"...\"}");
}

enum MHD_Result delete_token(struct call *c)
{
	struct order *o;

	if (asked_of(c)->order)
		return storeweb_result(c);
	o = storeweb_order(c, ORDER_TOKEN_END);
	o->token.hash = arena_printf(&o->arena, "%s", c->parts.at[0]);
	return storeweb_hand_over(c, o);
}
