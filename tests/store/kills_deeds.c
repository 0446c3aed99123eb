/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kills.h"
#include "leaf.h"
#include "release.h"

static const char *name_of(const struct deed *d)
{
	return d->kind == DEED_CLAIM ? d->vendor : d->kind == DEED_TOKEN ? "a token" : d->of->name;
}

/* A change whose answer must have that status, if there is one. */
static bool ask(const struct deed *d, const struct kills *k, const char *head, struct bytes body, const char *token, int wanted, struct arena *a, struct bytes *answer)
{
	int status = kills_ask(k->socket, head, body, token, a, answer);

	if (status && status != wanted)
		give_up("%s: %s gives %d: %.*s", name_of(d), head, status, (int)answer->size, (const char *)answer->at);
	return status != 0;
}

static bool publish(struct deed *d, const struct kills *k, struct arena *a)
{
	struct bytes answer;
	char state[40];

	if (!ask(d, k, "POST /v1/publish", d->of->package, k->token, 201, a, &answer))
		return false;
	kills_field(answer, "state", a, state, sizeof(state));
	if (strcmp(state, "live"))
		give_up("%s: published as %s", d->of->name, state);
	return true;
}

static bool make_token(struct deed *d, const struct kills *k, struct arena *a)
{
	struct bytes answer;

	if (!ask(d, k, "POST /v1/tokens", leaf_text("{\"scopes\":[\"stage\"],\"days\":1,\"label\":\"of a round\"}"), k->token, 201, a, &answer))
		return false;
	kills_field(answer, "token", a, d->token, sizeof(d->token));
	kills_field(answer, "id", a, d->id, sizeof(d->id));
	return true;
}

static bool claim(struct deed *d, const struct kills *k, struct arena *a)
{
	struct bytes answer;

	if (!ask(d, k, "POST /v1/claims", d->claim, NULL, 201, a, &answer))
		return false;
	kills_field(answer, "token", a, d->token, sizeof(d->token));
	return true;
}

bool deed_first(struct deed *d, const struct kills *k, struct arena *a)
{
	d->first = ASKED;
	bool told = d->kind == DEED_TOKEN ? make_token(d, k, a) : d->kind == DEED_CLAIM ? claim(d, k, a) : publish(d, k, a);
	if (told)
		d->first = TOLD;
	return told;
}

static bool change_state(struct deed *d, const struct kills *k, struct arena *a)
{
	bool yank = d->kind == DEED_YANK;
	struct bytes answer;

	return ask(d, k, arena_printf(a, "POST /v1/services/example.org/%s/1.0.0/state", d->of->name),
		   leaf_text(yank ? "{\"state\":\"yanked\",\"reason\":\"broken\"}" : "{\"state\":\"quarantined\",\"reason\":\"malware\"}"), yank ? k->token : k->admin, 200, a, &answer);
}

bool deed_second(struct deed *d, const struct kills *k, struct arena *a)
{
	struct bytes answer, nothing = { 0 };
	bool told;

	d->second = ASKED;
	if (d->kind == DEED_TOKEN)
		told = ask(d, k, arena_printf(a, "DELETE /v1/tokens/%s", d->id), nothing, k->token, 204, a, &answer);
	else if (d->kind == DEED_CLAIM)
		told = ask(d, k, arena_printf(a, "DELETE /v1/keys/%s/%s?reason=lost", d->vendor, key_kid_text(k->kid, a)), nothing, d->token, 204, a, &answer);
	else if (d->kind == DEED_SOURCE)
		told = ask(d, k, "POST /v1/publish", d->of->source, k->token, 201, a, &answer);
	else
		told = change_state(d, k, a);
	if (told)
		d->second = TOLD;
	return told;
}

/* Is the second change there, as it must be?  `there` false: what was before is there. */
static void hold_second(const struct deed *d, bool there)
{
	if (there ? d->second == NOT_ASKED : d->second == TOLD)
		give_up("%s: LOST: the second change %s", name_of(d), there ? "was asked by nobody" : "was told");
}

/* Is the first?  Counts what was told to nobody. */
static bool hold_first(const struct deed *d, struct kills *k, int status)
{
	if (status != 200 && status != 404)
		give_up("%s: it is said: %d", name_of(d), status);
	k->untold_there += d->first == ASKED && status == 200;
	k->untold_not += d->first == ASKED && status == 404;
	if (status == 404 && d->first == TOLD)
		give_up("%s: LOST: it was told that it is there", name_of(d));
	return status == 200;
}

static bool is_given(const uint8_t hash[32], struct bytes wanted, const struct kills *k, struct arena *a)
{
	struct bytes blob, nothing = { 0 };

	return kills_ask(k->socket, arena_printf(a, "GET /blobs/sha256/%s", release_hex(hash, 32, a)), nothing, NULL, a, &blob) == 200 && bytes_equal(blob, wanted);
}

/* Is its source said to be there?  Its bytes are given then, and only then. */
static bool has_source(const struct deed *d, const struct kills *k, struct bytes answer, struct arena *a)
{
	char said[80];
	uint8_t hash[32];

	sha256(d->of->source, hash);
	kills_field(answer, "source", a, said, sizeof(said));
	bool there = !strcmp(said, release_hex(hash, 32, a));
	if ((said[0] && !there) || there != is_given(hash, d->of->source, k, a))
		give_up("%s: LOST: its source is said to be '%s'", name_of(d), said);
	return there;
}

/* The version, its state, and its bytes, which are given as long as it is not quarantined. */
static void hold_version(const struct deed *d, struct kills *k, struct arena *a)
{
	struct bytes answer, nothing = { 0 };
	char state[40];

	if (!hold_first(d, k, kills_ask(k->socket, arena_printf(a, "GET /v1/services/example.org/%s/1.0.0", d->of->name), nothing, NULL, a, &answer)))
		return;
	kills_field(answer, "state", a, state, sizeof(state));
	bool changed = d->kind != DEED_SOURCE && !strcmp(state, d->kind == DEED_QUARANTINE ? "quarantined" : "yanked");
	if (!changed && strcmp(state, "live"))
		give_up("%s: LOST: it is %s", name_of(d), state);
	hold_second(d, d->kind == DEED_SOURCE ? has_source(d, k, answer, a) : changed);
	if (is_given(d->of->hash, d->of->package, k, a) == !strcmp(state, "quarantined"))
		give_up("%s: LOST: it is %s, and its package is another's, or given in spite of that", name_of(d), state);
}

/* Is it a token of this store?  One that is may not see the others. */
static bool token_counts(const struct deed *d, const struct kills *k, struct arena *a)
{
	struct bytes answer;
	int status = kills_ask(k->socket, "GET /v1/tokens", (struct bytes){ 0 }, d->token, a, &answer);

	if (status != 401 && status != 403 && status != 200)
		give_up("%s: its token: %d", name_of(d), status);
	return status != 401;
}

/*
 * The name space, its key, and the token that came of the claim: it alone outlives the key, since by it the key was revoked; but where nobody was told
 * that, the store may have been killed between log and database, and then all tokens of that key end.
 */
static void hold_claim(const struct deed *d, struct kills *k, struct arena *a)
{
	struct bytes answer;
	char revoked[40];

	if (!hold_first(d, k, kills_ask(k->socket, arena_printf(a, "GET /v1/keys/%s", d->vendor), (struct bytes){ 0 }, NULL, a, &answer)))
		return;
	kills_field(answer, "revoked", a, revoked, sizeof(revoked));
	hold_second(d, revoked[0]);
	if (d->first == TOLD && !(revoked[0] && d->second == ASKED) && !token_counts(d, k, a))
		give_up("%s: LOST: its token, which was told", name_of(d));
}

void deed_hold(struct deed *d, struct kills *k)
{
	struct arena a = { 0 };

	k->told += (d->first == TOLD) + (d->second == TOLD);
	if (d->first == NOT_ASKED)
		return;
	if (d->kind == DEED_CLAIM)
		hold_claim(d, k, &a);
	else if (d->kind != DEED_TOKEN)
		hold_version(d, k, &a);
	else if (d->first == TOLD)	/* of one that was not told nobody knows the name */
		hold_second(d, !token_counts(d, k, &a));
	arena_done(&a);
}
