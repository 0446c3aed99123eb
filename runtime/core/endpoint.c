/* SPDX-License-Identifier: Apache-2.0 */
#include "endpoint.h"

#include <ms/abi/abi.h>

#include "capacity.h"

static struct endpoint endpoints[ENDPOINT_MAX];
static uint32_t clients;

void endpoint_init(void)
{
	clients = 0;
	for (struct endpoint *e = endpoints; e < endpoints + ENDPOINT_MAX; e++)
		*e = (struct endpoint){ 0 };
}

/* The endpoint that a rule names, if it has all of these operations; NULL. */
static struct endpoint *of_rule(const struct table_rule *r, uint32_t operations)
{
	uint32_t number = r->object - table_object(TABLE_ENDPOINT, 0);

	return number < ENDPOINT_MAX && (r->operations & operations) ? &endpoints[number] : NULL;
}

uint32_t endpoint_clients(void)
{
	return clients;
}

bool endpoint_fits(const struct table_rule *rules, uint32_t count)
{
	for (const struct table_rule *r = rules; r < rules + count; r++)
		if (r->object >> 24 == TABLE_ENDPOINT && (r->object & 0xffffff) >= ENDPOINT_MAX)
			return false;
	return true;
}

bool endpoint_declare(const struct table_rule *rules, uint32_t count, struct service *owner)
{
	bool calls = false;

	if (!endpoint_fits(rules, count))
		return false;
	for (const struct table_rule *r = rules; r < rules + count; r++) {
		struct endpoint *e = of_rule(r, TABLE_ENDPOINT_RECEIVE);

		calls |= of_rule(r, TABLE_ENDPOINT_CALL) != NULL;
		if (!e)
			continue;
		*e = (struct endpoint){ .rule = r, .owner = owner };
		if (owner)
			owner->signals |= endpoint_signal(e);
	}
	clients += calls && owner;
	return true;
}

enum key { BY_SID, BY_INDEX, BY_SIGNAL, BY_OWNER };

/* The first endpoint that the service has these operations on and that has this value for a key. */
static struct endpoint *find(const struct service *s, uint32_t operations, enum key key, uintptr_t value)
{
	for (const struct table_rule *r = s->plan.rules; r < s->plan.rules + s->plan.rule_count; r++) {
		struct endpoint *e = of_rule(r, operations);

		if (!e || !e->rule)
			continue;
		uintptr_t has = key == BY_SID ? e->rule->argument : key == BY_INDEX ? r->argument :
				key == BY_SIGNAL ? endpoint_signal(e) : (uintptr_t)e->owner;

		if (has == value)
			return e;
	}
	return NULL;
}

struct endpoint *endpoint_by_sid(const struct service *client, uint32_t sid)
{
	return find(client, TABLE_ENDPOINT_CALL, BY_SID, sid);
}

struct endpoint *endpoint_by_index(const struct service *client, uint32_t index)
{
	return find(client, TABLE_ENDPOINT_CALL, BY_INDEX, index);
}

struct endpoint *endpoint_by_signal(const struct service *owner, uint32_t signal)
{
	return find(owner, TABLE_ENDPOINT_RECEIVE, BY_SIGNAL, signal);
}

bool endpoint_joins(const struct service *client, const struct service *owner)
{
	return find(client, TABLE_ENDPOINT_CALL, BY_OWNER, (uintptr_t)owner);
}

bool endpoint_serves(const struct endpoint *e, uint32_t version)
{
	uint32_t has = table_endpoint_version(e->rule);

	return e->rule->operations & TABLE_ENDPOINT_STRICT ? version == has : version <= has;
}

bool endpoint_ended(const struct endpoint *e)
{
	return !e->owner || (!e->owner->main && e->owner->state != SERVICE_BACKOFF);
}
