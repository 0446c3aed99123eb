/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Claiming a name space: whoever shows first that they have a key, by signing what this store asked them to sign, acts for it.
 * That alone says nothing about the domain of that name: the log says "none" then, or how it was proven (docs/store.md).
 */
#include <assert.h>
#include <string.h>
#include <time.h>

#include "lookalike.h"
#include "name.h"
#include "order.h"
#include "token.h"

enum { DAY_SEC = 86400, CLAIM_DAYS = 90, CLAIM_TOKENS_MAX = 10 };

static int refuse_taken(struct order *o)
{
	err_set(&o->why, ERR_STORE_RIGHT, "'%s' belongs to somebody whose key this is not", o->claim.vendor);
	err_fix(&o->why, "sign with a key of that name space, or let its owner add this key: the same claim with the owner's token");
	return order_refuse(o, 403, "taken");
}

static int refuse_alike(struct order *o, const char *other, enum lookalike how)
{
	err_set(&o->why, ERR_STORE_RIGHT, "'%s' looks like '%s', which somebody else has here: who reads it %s", o->claim.vendor, other, lookalike_words(how));
	err_fix(&o->why, "choose another name; who has '%s', too, claims by its key or with its owner's token, and an administrator of the store can allow any", other);
	return order_refuse(o, 403, "looks-alike");
}

/* Is the other name space the claimer's own: by its key, or by a token of its owner? */
static int is_own(struct store *s, struct order *o, const char *other)
{
	struct db_key k;

	if (o->publisher && !strcmp(o->publisher, other) && o->scopes & DB_OWNER)
		return 1;
	int has = s->db->key(s->db, other, o->claim.key.kid, &o->arena, &k, &o->why);
	return has <= 0 ? has : !k.revoked && !k.stopped && !memcmp(k.point, o->claim.key.point, sizeof(k.point));
}

/* Is anything of it there for others: is it proven, or has it a service that can be taken?  Else nobody can know it, and take the claimer's for it. */
static int is_known(struct store *s, struct order *o, const char *other)
{
	struct db_query q = { .publisher = other, .most = 1 };
	struct db_publisher p = { .proof = PROOF_NONE };
	struct list hits = { 0 };

	int rc = s->db->claimed(s->db, other, &o->arena, &p, &o->why);
	if (rc < 0 || strcmp(p.proof, PROOF_NONE))
		return rc < 0 ? rc : 1;
	rc = s->db->search(s->db, &q, &o->arena, &hits, &o->why);
	return rc < 0 ? rc : hits.count > 0;
}

/*
 * Does what is there keep the claim out?  Who proves the very domain is not kept out by a name that nobody can know, nor by that of a domain above or
 * below: who has the one has given away the other.  A name space that shows nothing reserves no name below it either.
 */
static int keeps_out(struct store *s, struct order *o, const char *other, enum lookalike how)
{
	bool proven = strcmp(o->proof, PROOF_NONE), nested = how == LOOKALIKE_BELOW;

	if (proven && nested)
		return 0;
	int rc = is_own(s, o, other);
	if (rc)
		return rc < 0 ? rc : 0;
	return proven || nested ? is_known(s, o, other) : 1;
}

static int check_alike(struct store *s, struct order *o)
{
	struct list names = { 0 };
	int rc = s->db->publishers(s->db, &o->arena, &names, &o->why);

	for (size_t i = 0; rc >= 0 && i < names.count; i++) {
		enum lookalike how = lookalike(names.at[i], o->claim.vendor);

		rc = how ? keeps_out(s, o, names.at[i], how) : 0;
		if (rc > 0)
			return refuse_alike(o, names.at[i], how);
	}
	return rc;
}

static void add_leaf(struct order *o, struct leaf l)
{
	assert(o->leaf_count < ORDER_LEAF_OWN);
	l.time = (uint64_t)time(NULL);
	l.publisher = leaf_text(o->claim.vendor);
	o->leaves[o->leaf_count++] = l;
}

static int begin_name(struct store *s, struct order *o)
{
	bool admin = o->scopes & DB_ADMIN;
	int rc;

	if (o->closed && !admin) {
		err_set(&o->why, ERR_STORE_RIGHT, "new name spaces are given by an administrator here");
		err_fix(&o->why, "ask who runs the store");
		return order_refuse(o, 403, "closed");
	}
	if (o->proven_only && !admin && !strcmp(o->proof, PROOF_NONE)) {
		err_set(&o->why, ERR_CLAIM_DOMAIN, "this store gives '%s' to who proves to have that domain", o->claim.vendor);
		err_fix(&o->why, "sign by the key of a certificate for it, too: ms login URL --claim %s --certificate FILE --certificate-key FILE", o->claim.vendor);
		return order_refuse(o, 403, "not-proven");
	}
	rc = admin ? MS_OK : check_alike(s, o);
	if (rc >= 0)
		add_leaf(o, (struct leaf){ .kind = LEAF_PUBLISHER, .proof = leaf_text(o->proof) });
	return rc;
}

/* A key that is not the name space's yet: the first, or one that its owner adds. */
static int add_key(struct store *s, struct order *o, bool known)
{
	if (known && !(o->publisher && !strcmp(o->publisher, o->claim.vendor) && (o->scopes & DB_OWNER)))
		return refuse_taken(o);
	int rc = known ? MS_OK : begin_name(s, o);
	if (rc >= 0)
		add_leaf(o, (struct leaf){ .kind = LEAF_KEY, .key = { o->claim.key.point, sizeof(o->claim.key.point) } });
	return rc;
}

/* A claim always gives a token: of those that the same key got, the oldest ends for it. */
static int end_oldest(struct store *s, struct order *o)
{
	struct list all = { 0 };
	const struct db_token *oldest = NULL;
	size_t count = 0;
	int rc = s->db->tokens(s->db, o->token.publisher, &o->arena, &all, &o->why);

	for (size_t i = 0; rc >= 0 && i < all.count; i++) {
		const struct db_token *t = all.at[i];

		if (strcmp(t->label, o->token.label))
			continue;
		oldest = oldest ? oldest : t;
		count++;
	}
	return rc < 0 || count < CLAIM_TOKENS_MAX ? rc : s->db->token_remove(s->db, oldest->hash, &o->why);
}

static int make_token(struct store *s, struct order *o)
{
	uint64_t now = (uint64_t)time(NULL);

	o->shown_token = token_make(TOKEN_OF_STORE, &o->arena);
	o->token = (struct db_token){
		.hash = token_hash(o->shown_token, &o->arena), .publisher = o->claim.vendor, .scopes = DB_STAGE | DB_PUBLISH | DB_STATE | DB_OWNER,
		.made = now, .ends = now + CLAIM_DAYS * DAY_SEC, .label = arena_printf(&o->arena, "key %s", key_kid_text(o->claim.key.kid, &o->arena)),
		.account = arena_printf(&o->arena, "key:%s", key_kid_text(o->claim.key.kid, &o->arena)),
	};
	int rc = end_oldest(s, o);
	return rc < 0 ? rc : s->db->token_add(s->db, &o->token, &o->why);
}

/* Of a name space that was there: how it was proven, or is by this very claim, which is by a key of it. */
static void prove_later(struct order *o, const char *before)
{
	if (strcmp(before, PROOF_NONE))
		o->proof = before;
	else if (strcmp(o->proof, PROOF_NONE))
		add_leaf(o, (struct leaf){ .kind = LEAF_PROOF, .proof = leaf_text(o->proof) });
}

int order_check_claim(struct store *s, struct order *o)
{
	struct db_key k;

	if (name_check_vendor(o->claim.vendor, &o->why) < 0)
		return order_refuse(o, 422, "no-name");
	struct db_publisher p = { .proof = o->proof };
	int known = s->db->claimed(s->db, o->claim.vendor, &o->arena, &p, &o->why);
	int has = known < 0 ? known : s->db->key(s->db, o->claim.vendor, o->claim.key.kid, &o->arena, &k, &o->why);
	if (has < 0)
		return has;
	if (has && (k.revoked || memcmp(k.point, o->claim.key.point, sizeof(k.point)))) {
		err_set(&o->why, ERR_STORE_RIGHT, "the key %s was revoked here", key_kid_text(o->claim.key.kid, &o->arena));
		return order_refuse(o, 403, "revoked");
	}
	if (has && k.stopped) {	/* by its token one could add another key, and publish by that */
		err_set(&o->why, ERR_STORE_RIGHT, "the key %s is quarantined here: %s", key_kid_text(o->claim.key.kid, &o->arena), k.stopped);
		err_fix(&o->why, "claim by another key of '%s', or ask who runs the store", o->claim.vendor);
		return order_refuse(o, 403, "quarantined");
	}
	int rc = has ? MS_OK : add_key(s, o, known);
	if (rc >= 0 && known)
		prove_later(o, p.proof);
	return rc < 0 ? rc : make_token(s, o);
}

int order_check_revoke(struct store *s, struct order *o)
{
	struct db_key k;

	if (!order_may(o, o->of, DB_OWNER)) {
		err_set(&o->why, ERR_STORE_RIGHT, "this token may not revoke keys of '%s'", o->of);
		return order_refuse(o, 403, "not-allowed");
	}
	int rc = s->db->key(s->db, o->of, o->kid, &o->arena, &k, &o->why);
	if (rc < 0)
		return rc;
	if (!rc || k.revoked) {
		err_set(&o->why, ERR_NO_FILE, "'%s' has no such key", o->of);
		return order_refuse(o, 404, "no-such-key");
	}
	/* Whoever had the key may have made tokens by it, and others by these: of all only the one that says so stays. */
	rc = s->db->tokens_end(s->db, o->of, o->token.hash, &o->why);
	if (rc < 0)
		return rc;
	o->leaves[0] = (struct leaf){ .kind = LEAF_REVOKE, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .kid = { o->kid, sizeof(o->kid) },
				      .reason = leaf_text(o->reason), .words = leaf_text(o->words) };
	o->leaf_count = 1;
	return MS_OK;
}
