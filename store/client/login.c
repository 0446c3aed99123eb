/* SPDX-License-Identifier: Apache-2.0 */
/* ms login: keeping a token, and getting one by a key. */
#include <string.h>
#include <unistd.h>

#include "claim.h"
#include "connect.h"
#include "domainproof.h"
#include "file.h"
#include "login.h"
#include "out.h"
#include "storecommand.h"
#include "storetrust.h"
#include "token.h"

static struct login_wish wish;
const struct opt login_options[] = { LOGIN_OPTIONS(&wish), CLAIMED_OPTION(&wish), OPT_END };

static struct challenge_wish challenge_wish;
const struct opt challenge_options[] = { CHALLENGE_OPTIONS(&challenge_wish), OPT_END };

struct bytes login_read_claim(struct arena *a)
{
	char text[CLAIM_SIZE_MAX];
	size_t size = 0;

	for (ssize_t n = 1; n > 0 && size < sizeof(text); size += n > 0 ? (size_t)n : 0)
		n = read(STDIN_FILENO, text + size, sizeof(text) - size);
	return arena_copy(a, (struct bytes){ (uint8_t *)text, size });
}

int login_claim(struct client *c, struct bytes claim, struct arena *a, struct known *k, const char **proof, struct err *e)
{
	struct client_request r = { .method = "POST", .path = "v1/claims", .type = "text/plain", .body = claim };
	json_t *answer = NULL;

	int rc = connect_json(c, &r, a, &answer, NULL, e);
	if (rc < 0)
		return rc;
	k->token = connect_text(answer, "token", a);
	k->publisher = connect_text(answer, "publisher", a);
	if (proof)
		*proof = connect_text(answer, "proof", a);
	json_decref(answer);
	return *k->publisher && token_is_one(TOKEN_OF_STORE, k->token) ? client_show(c, k->token, e) : connect_strange(c, e);
}

static bool is_trusted(const char *key, struct arena *a)
{
	struct list keys = { 0 };
	struct err ignored;

	if (storetrust_list(a, &keys, &ignored) < 0)
		return false;
	for (size_t i = 0; i < keys.count; i++)
		if (!strcmp(note_key_write(keys.at[i], a), key))
			return true;
	return false;
}

/* A store says it, and people copy it into a command: nothing but a key. */
static bool is_key(const char *key, struct arena *a)
{
	struct note_key k;
	struct err ignored;

	return !strchr(key, '\'') && note_key_read(key, a, &k, &ignored) >= 0;
}

static void tell(const char *name, const char *key, const struct known *k, struct arena *a)
{
	bool trusted = is_trusted(key, a);

	out_say("logged in to '%s'%s%s", name, k->publisher ? " for " : "", k->publisher ? k->publisher : "");
	if (!trusted)
		out_say("its log is not trusted yet; if who runs it says the same key: ms key trust --store '%s'", key);
	out_field("store", out_string(name));
	out_field("key", out_string(key));
	out_field("trusted", json_boolean(trusted));
	out_field("publisher", out_string(k->publisher));
}

/* Which store it is, that it takes the token (one that is shown must be good), and whose that is. */
static int look(struct client *c, struct known *k, struct arena *a, struct err *e)
{
	json_t *answer = NULL;

	int rc = connect_json(c, &(struct client_request){ .path = "v1/store" }, a, &answer, NULL, e);
	if (rc < 0)
		return rc;
	const char *name = connect_text(answer, "name", a), *key = connect_text(answer, "key", a), *publisher = connect_text(answer, "publisher", a);
	json_decref(answer);
	if (!*name || !is_key(key, a))
		return connect_strange(c, e);
	if (*publisher)
		k->publisher = publisher;
	tell(name, key, k, a);
	return MS_OK;
}

static int list(struct arena *a, struct err *e)
{
	struct list logins = { 0 };

	int rc = known_list(NULL, a, &logins, e);
	for (size_t i = 0; rc >= 0 && i < logins.count; i++) {
		const struct known *k = logins.at[i];

		out_line("%s%s%s", k->url, k->publisher ? "  " : "", k->publisher ? k->publisher : "");
		out_event("store_login", json_pack("{s:o, s:o}", "url", out_string(k->url), "publisher", out_string(k->publisher)));
	}
	if (rc >= 0 && !logins.count)
		out_say("you are logged in to no store: ms login URL");
	out_field("logins", json_integer((json_int_t)logins.count));
	return rc < 0 ? rc : MS_OK;
}

/* The claim and, if there is one, the proof: before any line is opened, after which no private key is here. */
static int read_claim(struct arena *a, struct bytes *claim, struct err *e)
{
	if (wish.claimed)
		*claim = login_read_claim(a);
	return wish.certificate ? domainproof_sign(*claim, wish.certificate, wish.certificate_key, a, claim, e) : MS_OK;
}

static void tell_proof(const char *proof)
{
	if (wish.certificate && !strcmp(proof, "certificate"))
		out_say("it is proven that the domain is yours");
	out_field("proof", out_string(proof));
}

/* The token that was given, or the one that the claim gets, for which the one that was given vouches. */
static int get_token(struct client *c, struct bytes claim, struct known *k, struct arena *a, struct err *e)
{
	const char *proof = "";

	int rc = wish.claimed && !wish.token_file ? MS_OK : known_read_token(wish.token_file, a, &k->token, e);
	if (rc >= 0)
		rc = client_show(c, k->token, e);
	if (rc < 0 || !wish.claimed)
		return rc;
	rc = login_claim(c, claim, a, k, &proof, e);
	if (rc >= 0)
		tell_proof(proof);
	return rc;
}

static int log_in(const char *url, struct arena *a, struct err *e)
{
	struct client_options o = { .ca = wish.ca ? path_absolute(a, wish.ca) : NULL };
	struct known k = { 0 }, before = { 0 };
	struct bytes claim = { 0 };
	struct client *c;

	int rc = o.ca ? MS_OK : known_find(url, NULL, a, &before, e);
	if (rc >= 0)
		rc = read_claim(a, &claim, e);
	if (rc < 0)
		return rc;
	k.ca = o.ca = o.ca ? o.ca : before.ca;
	rc = client_open(url, &o, a, &c, e);
	if (rc < 0)
		return rc;
	k.url = client_url(c);
	rc = get_token(c, claim, &k, a, e);
	if (rc >= 0)
		rc = look(c, &k, a, e);
	if (rc >= 0)
		rc = known_keep(&k, a, e);
	out_field("url", out_string(k.url));
	client_close(c);
	return rc;
}

int command_login(const struct store_request *r, struct arena *a, struct err *e)
{
	const char *url = r->operands[0];

	if (!url)
		return list(a, e);
	if (!wish.remove)
		return log_in(url, a, e);
	out_field("url", out_string(url));
	return known_forget(url, a, e);
}

/* For ms, which has the key: what is to be signed? */
int command_challenge(const struct store_request *r, struct arena *a, struct err *e)
{
	struct connection c = { 0 };
	json_t *answer = NULL;

	int rc = connect_store(&challenge_wish.at, NULL, MAY_BE_ANYBODY, a, &c, e);
	if (rc < 0)
		return rc;
	(void)r;
	rc = client_keeps_secrets(c.client, e);	/* a claim is worth a token to who reads it first */
	if (rc >= 0)
		rc = client_show(c.client, NULL, e);	/* one that has ended would be refused, and a claim is how to get another */
	if (rc >= 0)
		rc = connect_json(c.client, &(struct client_request){ .method = "POST", .path = "v1/challenges", .repeatable = true }, a, &answer, NULL, e);
	if (rc >= 0) {
		out_field("nonce", out_string(connect_text(answer, "nonce", a)));
		out_field("store", out_string(connect_text(answer, "store", a)));
		out_field("at", out_string(client_address(c.client)));
		json_decref(answer);
	}
	client_close(c.client);
	return rc < 0 ? rc : MS_OK;
}
