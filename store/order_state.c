/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a version: from which state to which, and who may. */
#include <string.h>
#include <time.h>

#include "identity.h"
#include "ledger.h"
#include "order.h"
#include "storeline.h"

#define STATE(name) (1u << LEAF_##name)

/* From each state: where who has the name space may bring it, and with which scope.  Where else it may go (ledger.h) an administrator brings it. */
static const struct step { unsigned to, scope; } own_steps[] = {
	[LEAF_STAGED] = { STATE(LIVE) | STATE(REJECTED), DB_PUBLISH },
	[LEAF_LIVE] = { STATE(DEPRECATED) | STATE(YANKED), DB_STATE },
	[LEAF_DEPRECATED] = { STATE(LIVE) | STATE(YANKED), DB_STATE },
	[LEAF_YANKED] = { STATE(LIVE), DB_STATE },
	[LEAF_REMOVED] = { 0, 0 },
};

/* May this administrator alone?  What stops a version, and lets it go on, is said by two where two are asked for. */
static bool is_administrators(const struct store *s, const struct order *o, enum leaf_state from)
{
	bool stops = o->state == LEAF_HELD || o->state == LEAF_QUARANTINED || from == LEAF_HELD || from == LEAF_QUARANTINED;

	return (o->scopes & DB_ADMIN) && !(stops && s->two_admins);
}

static int check_step(const struct store *s, struct order *o, const struct db_version *v)
{
	enum leaf_state from = v->state;
	const struct step *t = &own_steps[from];

	if (!ledger_may_become(from, v->before, o->state)) {
		err_set(&o->why, ERR_STORE_STATE, "%s/%s %s is %s and cannot become %s", o->of, o->name, o->version, leaf_state_name(from), leaf_state_name(o->state));
		return order_refuse(o, 409, "no-such-step");
	}
	if (is_administrators(s, o, from) || ((t->to >> o->state & 1) && order_may(o, o->of, t->scope)))
		return MS_OK;
	err_set(&o->why, ERR_STORE_RIGHT, "this token may not make %s/%s %s %s", o->of, o->name, o->version, leaf_state_name(o->state));
	if (o->scopes & DB_ADMIN)
		err_fix(&o->why, "it takes two administrators here: ms store quarantine, hold, release or remove, and the other says: ms store confirm ID");
	return order_refuse(o, 403, o->scopes & DB_ADMIN ? "needs-two" : "not-allowed");
}

/* Where the name space has said so, somebody else than who staged it. */
static int check_approver(struct store *s, struct order *o, const struct db_version *v)
{
	struct db_publisher p = { 0 };
	struct leaf staged;

	if (v->state != LEAF_STAGED || o->state != LEAF_LIVE)
		return MS_OK;
	int rc = s->db->claimed(s->db, o->of, &o->arena, &p, &o->why);
	if (rc < 0 || !p.approval)
		return rc < 0 ? rc : MS_OK;
	rc = store_leaf(s, v->index, &o->arena, &staged, &o->why);
	if (rc < 0 || !ledger_same_person(staged.account, leaf_text(o->account)))
		return rc;
	err_set(&o->why, ERR_STORE_RIGHT, "%s/%s %s was staged by this token, or by one that made it: somebody else has to approve it", o->of, o->name, o->version);
	err_fix(&o->why, "let another person approve it, by a token of their own: ms publish --approve PACKAGE");
	return order_refuse(o, 403, "same-person");
}

/* Whoever is told that something is not to be used is told why. */
int order_check_reason(struct order *o, bool needed)
{
	if (o->reason && strspn(o->reason, "abcdefghijklmnopqrstuvwxyz0123456789-") < strlen(o->reason)) {
		err_set(&o->why, ERR_STORE_STATE, "a reason is a word of small letters, digits and '-'");
		return order_refuse(o, 422, "no-reason");
	}
	if (!needed || (o->reason && *o->reason))
		return MS_OK;
	err_set(&o->why, ERR_STORE_STATE, "it is not said why");
	err_fix(&o->why, "give 'reason', a word such as vulnerable or broken, and 'words' for people");
	return order_refuse(o, 422, "no-reason");
}

/* What stands in the log for ever names another version or a service, whether it is there yet or not: a version of another service is none of them. */
static int check_replacement(struct order *o)
{
	const char *r = o->replacement ? o->replacement : "";
	struct storeline_word service;
	struct table_version version;
	struct err ignored;

	if (!*r || (strcmp(r, o->version) && identity_version(r, &version, &ignored) == MS_OK) || (storeline_word(r, &o->arena, &service, &ignored) == MS_OK && !service.version))
		return MS_OK;
	err_set(&o->why, ERR_STORE_STATE, "'%s' is no replacement for %s %s", r, o->name, o->version);
	err_fix(&o->why, "name another version, as in 1.0.1, or another service, as VENDOR/NAME");
	return order_refuse(o, 422, "no-replacement");
}

int order_check_state(struct store *s, struct order *o)
{
	struct db_version v;

	int rc = s->db->version(s->db, o->of, o->name, o->version, &o->arena, &v, &o->why);
	if (rc < 0)
		return rc;
	/* What is not public yet does not exist for others. */
	if (!rc || !order_sees(o->publisher, o->scopes, &v)) {
		err_set(&o->why, ERR_NO_FILE, "there is no %s/%s %s", o->of, o->name, o->version);
		return order_refuse(o, 404, "no-such-version");
	}
	rc = check_step(s, o, &v);
	if (rc >= 0)
		rc = check_approver(s, o, &v);
	if (rc >= 0)
		rc = order_check_reason(o, o->state != LEAF_LIVE);
	if (rc >= 0)
		rc = check_replacement(o);
	if (rc < 0)
		return rc;
	o->leaves[0] = (struct leaf){
		.kind = LEAF_STATE, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .name = leaf_text(o->name), .version = leaf_text(o->version),
		.state = o->state, .reason = leaf_text(o->reason), .words = leaf_text(o->words), .replacement = leaf_text(o->replacement),
		.account = leaf_text(v.state == LEAF_STAGED && o->state == LEAF_LIVE ? o->account : NULL),
	};
	o->leaf_count = 1;
	return MS_OK;
}

/* That somebody else approves is the owner's to say, in the log, for all to see. */
int order_check_approval(struct store *s, struct order *o)
{
	struct db_publisher p;

	if (!order_may(o, o->of, DB_OWNER)) {
		err_set(&o->why, ERR_STORE_RIGHT, "this token may not say who approves what '%s' publishes", o->of);
		err_fix(&o->why, "use a token of scope owner, such as the one of: ms login URL --claim %s", o->of);
		return order_refuse(o, 403, "not-allowed");
	}
	int rc = s->db->claimed(s->db, o->of, &o->arena, &p, &o->why);
	if (rc < 0)
		return rc;
	if (!rc) {
		err_set(&o->why, ERR_NO_FILE, "nobody has the name space '%s' in this store", o->of);
		return order_refuse(o, 404, "no-such-publisher");
	}
	o->repeated = p.approval == o->on;
	o->leaves[0] = (struct leaf){ .kind = LEAF_APPROVAL, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .change = o->on ? LEAF_ADDED : LEAF_LEFT };
	o->leaf_count = !o->repeated;
	return MS_OK;
}
