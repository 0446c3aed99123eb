/* SPDX-License-Identifier: Apache-2.0 */
#include "order.h"

#include <string.h>

#include "out.h"
#include "storeindex.h"

int order_refuse(struct order *o, unsigned status, const char *title)
{
	o->status = status;
	o->title = title;
	o->leaf_count = 0;
	return o->why.code ? o->why.code : -MS_EINVAL;
}

bool order_may(const struct order *o, const char *publisher, unsigned scope)
{
	if (!o->publisher || !publisher)
		return false;
	return (o->scopes & DB_ADMIN) || (!strcmp(o->publisher, publisher) && (o->scopes & scope));
}

bool order_sees(const char *publisher, unsigned scopes, const struct db_version *v)
{
	if (storeindex_shows(v->state))
		return true;
	return publisher && ((scopes & DB_ADMIN) || (!strcmp(publisher, v->publisher) && (scopes & (DB_STAGE | DB_PUBLISH | DB_STATE))));
}

/* What was good when the order came may have ended while it waited: by a key that was revoked, say, by whose token nobody makes another then. */
static int check_token(struct store *s, struct order *o)
{
	struct db_token t;
	int rc = o->by ? s->db->token(s->db, o->by, &o->arena, &t, &o->why) : 1;

	if (rc)
		return rc < 0 ? rc : MS_OK;
	err_set(&o->why, ERR_STORE_NOT_AUTHORISED, "the token has ended meanwhile");
	return order_refuse(o, 401, "not-authorised");
}

int order_check(struct store *s, struct order *o)
{
	static int (*const checks[])(struct store *s, struct order *o) = {
		[ORDER_PUBLISH] = order_check_publish, [ORDER_CLAIM] = order_check_claim, [ORDER_STATE] = order_check_state,
		[ORDER_REVOKE] = order_check_revoke, [ORDER_TOKEN] = order_check_token, [ORDER_TOKEN_END] = order_check_token_end,
		[ORDER_STOP] = order_check_stop, [ORDER_DROP] = order_check_drop, [ORDER_APPROVAL] = order_check_approval,
		[ORDER_SOURCE] = order_check_source,
	};

	if (!o->leaves)
		o->leaves = o->own_leaves;
	int rc = check_token(s, o);
	if (rc >= 0)
		rc = checks[o->kind](s, o);

	/* What has no title is no answer to the client, but trouble here. */
	if (rc < 0 && !o->title)
		order_refuse(o, rc == -MS_ENOSPC ? 507 : 500, rc == -MS_ENOSPC ? "no-room" : "trouble");
	return rc;
}

static json_t *scopes_json(unsigned scopes)
{
	static const char *const names[] = { "stage", "publish", "state", "owner", "admin" };
	json_t *all = json_array();

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (scopes >> i & 1)
			json_array_append_new(all, json_string(names[i]));
	return all;
}

/* The entry's place, and the proof of it if it can be made now. */
static void add_proof(struct store *s, struct order *o, json_t *body)
{
	struct bytes proof;
	struct err ignored;

	json_object_set_new(body, o->kind == ORDER_SOURCE ? "entry" : "index", json_integer((json_int_t)o->index));
	if (log_proof(s->log, o->index, &o->arena, &proof, &ignored) == MS_OK)
		json_object_set_new(body, "proof", json_stringn((const char *)proof.at, proof.size));
}

static json_t *published(struct store *s, struct order *o)
{
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:b, s:b}", "publisher", o->of, "name", o->name, "version", o->version,
				 "state", leaf_state_name(o->state), "package", o->package, "size", (json_int_t)o->size, "oci", o->oci, "dry_run", o->dry_run, "repeated", o->repeated);

	if (!o->dry_run)
		add_proof(s, o, body);
	return body;
}

static json_t *sourced(struct store *s, struct order *o)
{
	json_t *body = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:b, s:b}", "publisher", o->of, "name", o->name, "version", o->version,
				 "package", o->package, "source", o->source, "size", (json_int_t)o->size, "dry_run", o->dry_run, "repeated", o->repeated);

	if (!o->dry_run)
		add_proof(s, o, body);
	return body;
}

static json_t *with_token(struct order *o, json_t *body)
{
	json_object_set_new(body, "publisher", json_string(o->token.publisher));
	json_object_set_new(body, "token", json_string(o->shown_token));
	json_object_set_new(body, "id", json_string(o->token.hash));
	json_object_set_new(body, "label", out_string(o->token.label));
	json_object_set_new(body, "scopes", scopes_json(o->token.scopes));
	json_object_set_new(body, "ends", json_integer((json_int_t)o->token.ends));
	return body;
}

void order_answer(struct store *s, struct order *o)
{
	o->status = o->dry_run || o->repeated ? 200 : 201;
	switch (o->kind) {
	case ORDER_PUBLISH:
		o->body = published(s, o);
		break;
	case ORDER_SOURCE:
		o->body = sourced(s, o);
		break;
	case ORDER_CLAIM:
		o->body = with_token(o, json_pack("{s:s}", "proof", o->proof));
		break;
	case ORDER_TOKEN:
		o->body = with_token(o, json_object());
		break;
	case ORDER_STATE:
		o->status = 200;
		o->body = json_pack("{s:s, s:s, s:s, s:s}", "publisher", o->of, "name", o->name, "version", o->version, "state", leaf_state_name(o->state));
		add_proof(s, o, o->body);
		break;
	case ORDER_STOP:	/* has said what it does, and is answered by that; 202 while it waits for another */
		o->status = o->pending ? 202 : 200;
		break;
	case ORDER_APPROVAL:
		o->status = 200;
		o->body = json_pack("{s:s, s:b, s:b}", "publisher", o->of, "approval", o->on, "repeated", o->repeated);
		break;
	case ORDER_DROP:
	case ORDER_REVOKE:
	case ORDER_TOKEN_END:
		o->status = 204;
		break;
	}
}

void order_end(struct order *o)
{
	struct arena own = o->arena;

	json_decref(o->body);
	json_decref(o->wish);
	arena_done(&own);	/* the order itself lies there */
}
