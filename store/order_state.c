/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a version: from which state to which, and who may. */
#include <string.h>
#include <time.h>

#include "ledger.h"
#include "order.h"

#define STATE(name) (1u << LEAF_##name)

/* From each state: where who has the name space may bring it, and with which scope.  Where else it may go (ledger.h) an administrator brings it. */
static const struct step { unsigned to, scope; } own_steps[] = {
	[LEAF_STAGED] = { STATE(LIVE) | STATE(REJECTED), DB_PUBLISH },
	[LEAF_LIVE] = { STATE(DEPRECATED) | STATE(YANKED), DB_STATE },
	[LEAF_DEPRECATED] = { STATE(LIVE) | STATE(YANKED), DB_STATE },
	[LEAF_YANKED] = { STATE(LIVE), DB_STATE },
	[LEAF_REMOVED] = { 0, 0 },
};

static int check_step(struct order *o, enum leaf_state from)
{
	const struct step *t = &own_steps[from];

	if (!ledger_may_become(from, o->state)) {
		err_set(&o->why, ERR_STORE_STATE, "%s/%s %s is %s and cannot become %s", o->of, o->name, o->version, leaf_state_name(from), leaf_state_name(o->state));
		return order_refuse(o, 409, "no-such-step");
	}
	if ((o->scopes & DB_ADMIN) || ((t->to >> o->state & 1) && order_may(o, o->of, t->scope)))
		return MS_OK;
	err_set(&o->why, ERR_STORE_RIGHT, "this token may not make %s/%s %s %s", o->of, o->name, o->version, leaf_state_name(o->state));
	return order_refuse(o, 403, "not-allowed");
}

/* Whoever is told that something is not to be used is told why. */
static int check_reason(struct order *o)
{
	bool needs = o->state != LEAF_LIVE;

	if (o->reason && strspn(o->reason, "abcdefghijklmnopqrstuvwxyz0123456789-") < strlen(o->reason)) {
		err_set(&o->why, ERR_STORE_STATE, "a reason is a word of small letters, digits and '-'");
		return order_refuse(o, 422, "no-reason");
	}
	if (!needs || (o->reason && *o->reason))
		return MS_OK;
	err_set(&o->why, ERR_STORE_STATE, "it is not said why");
	err_fix(&o->why, "give 'reason', a word such as vulnerable or broken, and 'words' for people");
	return order_refuse(o, 422, "no-reason");
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
	rc = check_step(o, v.state);
	if (rc >= 0)
		rc = check_reason(o);
	if (rc < 0)
		return rc;
	o->leaves[0] = (struct leaf){
		.kind = LEAF_STATE, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .name = leaf_text(o->name), .version = leaf_text(o->version),
		.state = o->state, .reason = leaf_text(o->reason), .words = leaf_text(o->words), .replacement = leaf_text(o->replacement),
	};
	o->leaf_count = 1;
	return MS_OK;
}
