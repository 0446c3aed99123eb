/* SPDX-License-Identifier: Apache-2.0 */
#include "table_talk.h"

enum { NUMBER = 0xffffff, LOCAL_MAX = 255, SIGNAL_MIN = 4, KINDS = 7 };

static uint32_t class_of(const struct table_rule *r)
{
	return r->object >> 24;
}

static bool receives(const struct table_rule *r)
{
	return class_of(r) == TABLE_ENDPOINT && (r->operations & KINDS) == TABLE_ENDPOINT_RECEIVE;
}

static bool alone_ok(const struct table_rule *r)
{
	if (receives(r))
		return r->argument != 0 && table_endpoint_version(r) != 0 && table_signal(r) >= SIGNAL_MIN;
	return r->operations == TABLE_ENDPOINT_CALL && r->argument <= LOCAL_MAX;
}

/* May there be both, of which one at least is about an endpoint? */
static bool agree(const struct table_rule *a, const struct table_rule *b)
{
	bool takes = receives(a), other = receives(b), same = a->service == b->service;

	if (takes && other)
		return a->object != b->object && a->argument != b->argument && !(same && table_signal(a) == table_signal(b));
	if (class_of(a) == class_of(b))
		return takes || other || !same || a->argument != b->argument;
	if (class_of(a) == TABLE_DEVICE || class_of(b) == TABLE_DEVICE)
		return !same || !(takes || other) || table_signal(a) != table_signal(b);
	return true;
}

bool table_talk_ok(const struct table *t)
{
	uint32_t owned = 0, beyond = 0;

	for (uint32_t i = 0; i < t->rule_count; i++) {
		struct table_rule r, other;

		table_rule(t, i, &r);
		if (class_of(&r) != TABLE_ENDPOINT)
			continue;
		if (!alone_ok(&r))
			return false;
		for (uint32_t k = 0; k < t->rule_count; k++) {
			table_rule(t, k, &other);
			if (k != i && !agree(&r, &other))
				return false;
		}
		owned += receives(&r);
		if ((r.object & NUMBER) >= beyond)
			beyond = (r.object & NUMBER) + 1;
	}
	return owned == beyond;
}
