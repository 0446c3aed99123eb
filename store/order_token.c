/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens for programs: never for more than who makes them may, and never for ever. */
#include <string.h>
#include <time.h>

#include "order.h"
#include "token.h"

enum { TOKENS_MAX = 100, ACCOUNT_MAX = 100 };	/* of a name space; bytes in an entry of the log */

static int refuse(struct order *o, const char *sentence)
{
	err_set(&o->why, ERR_STORE_RIGHT, "%s", sentence);
	return order_refuse(o, 403, "not-allowed");
}

/* Each has a share of what may be asked, and a place on the disk. */
static int check_count(struct store *s, struct order *o)
{
	struct list all = { 0 };
	uint64_t now = (uint64_t)time(NULL);
	size_t count = 0;
	int rc = s->db->tokens(s->db, o->token.publisher, &o->arena, &all, &o->why);

	for (size_t i = 0; rc >= 0 && i < all.count; i++)
		count += ((const struct db_token *)all.at[i])->ends > now;
	if (rc < 0 || count < TOKENS_MAX)
		return rc;
	err_set(&o->why, ERR_STORE_RIGHT, "there are %zu tokens of '%s' already", count, o->token.publisher);
	err_fix(&o->why, "end some that are not needed: ms token list, ms token revoke ID");
	return order_refuse(o, 409, "too-many");
}

/* As whom the new one acts: what it does is told apart from what its maker does, and who its maker is can be seen. */
static const char *account_of(struct order *o)
{
	return arena_printf(&o->arena, "%s/%.12s", o->account, o->token.hash + strlen(TOKEN_HASH_PREFIX));
}

int order_check_token(struct store *s, struct order *o)
{
	int rc;

	if (!order_may(o, o->token.publisher, DB_OWNER) || (o->token.scopes & ~o->scopes))
		return refuse(o, "this token may not make such a one");
	rc = check_count(s, o);
	if (rc < 0)
		return rc;
	o->shown_token = token_make(TOKEN_OF_STORE, &o->arena);
	o->token.hash = token_hash(o->shown_token, &o->arena);
	o->token.account = account_of(o);
	if (strlen(o->token.account) > ACCOUNT_MAX)
		return refuse(o, "this token was made by one that was made by another, and so on: make a new one by the first of them");
	return s->db->token_add(s->db, &o->token, &o->why);
}

int order_check_token_end(struct store *s, struct order *o)
{
	struct db_token t;

	int rc = s->db->token_kept(s->db, o->token.hash, &o->arena, &t, &o->why);
	if (rc < 0)
		return rc;
	if (!rc || !order_may(o, t.publisher, DB_OWNER)) {
		err_set(&o->why, ERR_NO_FILE, "there is no such token");
		return order_refuse(o, 404, "no-such-token");
	}
	rc = s->db->token_remove(s->db, o->token.hash, &o->why);
	return rc < 0 ? rc : MS_OK;
}
