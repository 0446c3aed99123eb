/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What administrators stop, and let go on: a version, by name or by its package's hash, or a key of a name space with all that it signed and
 * what it may sign later.  Where two administrators are asked for (struct store), a wish waits in the private database until another one, who is no
 * token of the first, says the same, or agrees to it by its id.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fact.h"
#include "ledger.h"
#include "order.h"
#include "out.h"
#include "release.h"

enum { WAITS_SEC = 7 * 86400, TOLD_MAX = 100, BY_KEY_MAX = ORDER_LEAF_MAX - 1 };

#define STATE(name) (1u << LEAF_##name)
#define TAKEN (STATE(STAGED) | STATE(LIVE) | STATE(DEPRECATED) | STATE(YANKED))

/* `to` is 0 where a version goes back to what it was.  What is held is seen by nobody as it is, and would be live with the rest when its key is released. */
static const struct act { const char *name; enum leaf_state to; unsigned from, of_key; bool reason; } acts[] = {
	{ "quarantine", LEAF_QUARANTINED, TAKEN | STATE(HELD), TAKEN, true },
	{ "hold", LEAF_HELD, TAKEN, 0, true },
	{ "release", 0, STATE(HELD) | STATE(QUARANTINED), STATE(QUARANTINED), false },
	{ "remove", LEAF_REMOVED, STATE(HELD) | STATE(QUARANTINED), STATE(HELD) | STATE(QUARANTINED), true },
};

struct stop {
	const struct act *act;
	struct list versions;		/* struct db_version *, that change */
	const char *publisher;		/* of a key */
	struct db_key key;
	bool by_key, key_changes, more;	/* more: there are more versions than one order takes */
};

static const char *said(const struct order *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o->wish, name));

	return text ? text : "";
}

static int refuse_words(struct order *o, const char *sentence, const char *fix)
{
	err_set(&o->why, ERR_STORE_STATE, "%s", sentence);
	err_fix(&o->why, "%s", fix);
	return order_refuse(o, 422, "not-understood");
}

static int find_act(struct order *o, struct stop *t)
{
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (!strcmp(said(o, "order"), acts[i].name))
			t->act = &acts[i];
	if (t->act)
		return MS_OK;
	return refuse_words(o, "it is not said what to do", "'order' is one of quarantine, hold, release, remove");
}

static enum leaf_state next_of(const struct stop *t, const struct db_version *v)
{
	if (!t->act->to)
		return v->before;
	return t->act->to == LEAF_REMOVED && v->state == LEAF_HELD ? LEAF_REJECTED : t->act->to;
}

/* One that is named; where it is already what it is to be, nothing has to be done. */
static int take_version(struct store *s, struct order *o, struct stop *t)
{
	struct db_version *v = arena_new(&o->arena, struct db_version);
	const char *package = said(o, "package");

	int rc = *package ? s->db->by_package(s->db, package, &o->arena, v, &o->why) :
			    s->db->version(s->db, said(o, "publisher"), said(o, "name"), said(o, "version"), &o->arena, v, &o->why);
	if (rc < 0)
		return rc;
	if (!rc) {
		const char *name = arena_printf(&o->arena, "%s/%s %s", said(o, "publisher"), said(o, "name"), said(o, "version"));

		err_set(&o->why, ERR_NO_FILE, "there is no %s here", *package ? arena_printf(&o->arena, "package sha256:%s", package) : name);
		err_fix(&o->why, "name it as VENDOR/NAME VERSION, or by the SHA-256 of its package");
		return order_refuse(o, 404, "no-such-version");
	}
	if (t->act->to && v->state == t->act->to)
		return MS_OK;
	if (!(t->act->from >> v->state & 1)) {
		err_set(&o->why, ERR_STORE_STATE, "%s/%s %s is %s", v->publisher, v->name, v->version, leaf_state_name(v->state));
		err_fix(&o->why, t->act->from & TAKEN ? "what is rejected or removed stays so for ever" : "what is released or removed was held or quarantined before: ms store quarantine");
		return order_refuse(o, 409, "no-such-step");
	}
	list_push(&t->versions, &o->arena, v);
	return MS_OK;
}

/* Of a key that is released, what was quarantined with it; what was before stays. */
static int take_signed(struct store *s, struct order *o, struct stop *t, const uint8_t kid[8])
{
	bool releases = !t->act->to;
	int rc = MS_OK;

	t->key_changes = (t->act->to == LEAF_QUARANTINED && !t->key.stopped) || (releases && t->key.stopped);
	if (!releases || t->key.stopped)
		rc = s->db->signed_by(s->db, t->publisher, kid, t->act->of_key, releases ? t->key.stopped_by : 0, BY_KEY_MAX + 1, &o->arena, &t->versions, &o->why);
	t->more = t->versions.count > BY_KEY_MAX;
	t->versions.count -= t->more;
	t->key_changes = t->key_changes && !(releases && t->more);	/* it ends when the last version is let go */
	return rc < 0 ? rc : MS_OK;
}

static int take_key(struct store *s, struct order *o, struct stop *t)
{
	uint8_t kid[8];

	if (!t->act->of_key)
		return refuse_words(o, "a key is quarantined, not held", "ms store quarantine VENDOR key:KID; or hold its versions one by one");
	t->by_key = true;
	t->publisher = said(o, "publisher");
	int rc = key_kid_parse(said(o, "key"), kid) == MS_OK ? s->db->key(s->db, t->publisher, kid, &o->arena, &t->key, &o->why) : 0;
	if (rc > 0)
		return take_signed(s, o, t, kid);
	if (rc < 0)
		return rc;
	err_set(&o->why, ERR_NO_FILE, "'%s' has no key '%s' here", t->publisher, said(o, "key"));
	err_fix(&o->why, "its keys are on the page /publishers/%s of the store", t->publisher);
	return order_refuse(o, 404, "no-such-key");
}

static void add_key_leaf(struct order *o, const struct stop *t)
{
	o->leaves[o->leaf_count++] = (struct leaf){
		.kind = LEAF_KEY_STATE, .time = (uint64_t)time(NULL), .publisher = leaf_text(t->publisher), .kid = arena_copy(&o->arena, BYTES_OF(t->key.kid)),
		.state = t->act->to ? t->act->to : LEAF_LIVE, .reason = leaf_text(o->reason), .words = leaf_text(o->words),
	};
}

/* What goes back to what it was says again why it was that: a version that was yanked is yanked for its old reason. */
static int add_leaf(struct store *s, struct order *o, const struct stop *t, const struct db_version *v)
{
	struct leaf was = { 0 }, *l = &o->leaves[o->leaf_count++];
	int rc = t->act->to ? MS_OK : store_leaf(s, v->earlier, &o->arena, &was, &o->why);

	*l = (struct leaf){
		.kind = LEAF_STATE, .time = (uint64_t)time(NULL), .publisher = leaf_text(v->publisher), .name = leaf_text(v->name), .version = leaf_text(v->version), .state = next_of(t, v),
		.reason = leaf_text(o->reason), .words = leaf_text(o->words),
	};
	if (was.kind == LEAF_STATE && was.reason.size) {
		l->reason = was.reason;
		l->words = was.words;
		l->replacement = was.replacement;
	}
	return rc < 0 ? rc : MS_OK;
}

static int add_leaves(struct store *s, struct order *o, const struct stop *t)
{
	int rc = MS_OK;

	o->leaves = arena_take(&o->arena, (t->versions.count + 1) * sizeof(*o->leaves));
	if (t->key_changes && t->act->to)
		add_key_leaf(o, t);
	for (size_t i = 0; rc >= 0 && i < t->versions.count; i++)
		rc = add_leaf(s, o, t, t->versions.at[i]);
	if (t->key_changes && !t->act->to)
		add_key_leaf(o, t);
	return rc;
}

static json_t *told(const struct order *o, const struct stop *t)
{
	json_t *all = json_array(), *body;

	for (size_t i = 0; i < t->versions.count && i < TOLD_MAX; i++) {
		const struct db_version *v = t->versions.at[i];

		json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "publisher", v->publisher, "name", v->name, "version", v->version, "package", v->package,
						     "before", leaf_state_name(v->state), "state", leaf_state_name(next_of(t, v))));
	}
	body = json_pack("{s:s, s:o, s:I, s:b, s:b, s:b}", "order", t->act->name, "versions", all, "count", (json_int_t)t->versions.count, "more", t->more,
			 "repeated", !t->key_changes && !t->versions.count, "dry_run", o->dry_run);
	json_object_set_new(body, "key", t->by_key ? json_string(said(o, "key")) : json_null());
	json_object_set_new(body, "pending", out_string(o->pending));
	return body;
}

/* The whole hash: of a part of it somebody could find two wishes that have it, show one, take that back, and have the other confirmed by who has seen the first. */
static const char *id_of(struct order *o, char **text)
{
	*text = json_dumps(o->wish, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
	return release_sha256(leaf_text(*text), &o->arena);
}

static int refuse_same(struct order *o, const char *id)
{
	err_set(&o->why, ERR_STORE_RIGHT, "the order %s is of this administrator, or of one whose token was made by theirs: another has to agree", id);
	err_fix(&o->why, "let another administrator say: ms store confirm %s", id);
	return order_refuse(o, 403, "same-person");
}

/* The same order is the same wish, whoever says it: the second who does agrees.  1: it may be done now. */
static int agree(struct store *s, struct order *o)
{
	uint64_t now = (uint64_t)time(NULL);
	struct db_pending p;
	char *text;
	const char *id = id_of(o, &text);
	bool confirms = o->pending;

	int there = s->db->pending(s->db, id, &o->arena, &p, &o->why);
	bool lives = there > 0 && now < p.ends;
	bool same = lives && (ledger_same_person(leaf_text(p.account), leaf_text(o->account)) || ledger_same_person(leaf_text(o->account), leaf_text(p.account)));
	int rc = there;
	o->pending = id;
	if (lives && !same)
		rc = s->db->pending_remove(s->db, id, &o->why);
	else if (lives && confirms)
		rc = refuse_same(o, id);
	else if (there >= 0 && !lives)
		rc = s->db->pending_add(s->db, &(struct db_pending){ id, o->account, now, now + WAITS_SEC, text }, &o->why);
	free(text);
	return rc < 0 ? rc : lives && !same;
}

/* One is enough, also for what another one wanted when it was not.  1: it may be done now. */
static int forget(struct store *s, struct order *o)
{
	int rc = o->pending ? s->db->pending_remove(s->db, o->pending, &o->why) : MS_OK;

	return rc < 0 ? rc : 1;
}

/* That of another administrator, by its id. */
static int read_pending(struct store *s, struct order *o)
{
	struct db_pending p;
	int rc = s->db->pending(s->db, o->pending, &o->arena, &p, &o->why);

	if (rc < 0)
		return rc;
	if (rc && (uint64_t)time(NULL) < p.ends)
		o->wish = json_loads(p.wish, 0, NULL);
	if (o->wish)
		return MS_OK;
	err_set(&o->why, ERR_NO_FILE, "no order '%s' waits", o->pending);
	err_fix(&o->why, "which do: ms store status");
	return order_refuse(o, 404, "no-such-order");
}

static int check_admin(struct order *o)
{
	if (o->scopes & DB_ADMIN)
		return MS_OK;
	err_set(&o->why, ERR_STORE_RIGHT, "this token is no administrator's");
	err_fix(&o->why, "--token-file FILE, such as admin-token in the store's folder; a version of your own is withdrawn by: ms yank");
	return order_refuse(o, 403, "not-allowed");
}

static int read_wish(struct store *s, struct order *o, struct stop *t)
{
	int rc = check_admin(o);

	if (rc >= 0 && o->pending)
		rc = read_pending(s, o);
	if (rc >= 0)
		rc = find_act(o, t);
	if (rc < 0)
		return rc;
	o->reason = said(o, "reason");
	o->words = said(o, "words");
	return order_check_reason(o, t->act->reason);
}

int order_check_stop(struct store *s, struct order *o)
{
	struct stop t = { 0 };
	int rc = read_wish(s, o, &t);

	if (rc >= 0)
		rc = *said(o, "key") ? take_key(s, o, &t) : take_version(s, o, &t);
	if (rc >= 0)
		rc = o->dry_run ? 1 : s->two_admins ? agree(s, o) : forget(s, o);
	if (rc == 1)
		o->pending = NULL;
	if (rc >= 0 && !o->pending && !o->dry_run)
		rc = add_leaves(s, o, &t);
	if (rc >= 0)
		o->body = told(o, &t);
	return rc < 0 ? rc : MS_OK;
}

int order_check_drop(struct store *s, struct order *o)
{
	int rc = check_admin(o);

	if (rc >= 0)
		rc = s->db->pending_remove(s->db, o->pending, &o->why);
	if (rc)
		return rc < 0 ? rc : MS_OK;
	err_set(&o->why, ERR_NO_FILE, "no order '%s' waits", o->pending);
	err_fix(&o->why, "which do: ms store status");
	return order_refuse(o, 404, "no-such-order");
}
