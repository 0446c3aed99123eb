/* SPDX-License-Identifier: Apache-2.0 */
#include "device_rights.h"

enum { SIGNAL_COUNT = 32 };

/* The signals that a rule takes for itself, one for each interrupt or the one of an interface; *fits is false when they reach beyond the last. */
static uint32_t signals_of(const struct table_rule *r, uint32_t count, bool *fits)
{
	uint32_t first = table_signal(r);

	*fits = !first || first + count <= SIGNAL_COUNT;
	return first && *fits ? (uint32_t)(((UINT64_C(1) << count) - 1) << first) : 0;
}

/* May one service have all these rules on this board? NULL, or why not. */
static const char *check_service(const struct board *b, const struct table *t, const struct table_entry *e, struct arena *a)
{
	const char *name = arena_string(a, e->name);
	uint32_t taken = 0;

	for (uint32_t i = e->rule_first; i < e->rule_first + e->rule_count; i++) {
		struct table_rule r;
		bool fits = true, device;

		table_rule(t, i, &r);
		uint32_t number = r.object & 0xffffff, signals = 0;

		device = r.object >> 24 == TABLE_DEVICE;
		if (device && number >= b->device_count)
			return arena_printf(a, "'%s' has a right to device %u, and %s has %u", name, (unsigned)number, b->name, (unsigned)b->device_count);
		if (device)
			signals = signals_of(&r, b->devices[number].line_count, &fits);
		else if (r.object >> 24 == TABLE_ENDPOINT && r.operations & TABLE_ENDPOINT_RECEIVE)
			signals = signals_of(&r, 1, &fits);
		if (!fits || signals & taken)
			return arena_printf(a, "two rights of '%s' have one signal, or one beyond the last", name);
		taken |= signals;
	}
	return NULL;
}

static uint32_t count_endpoints(const struct table *t)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < t->rule_count; i++) {
		struct table_rule r;

		table_rule(t, i, &r);
		count += r.object >> 24 == TABLE_ENDPOINT && r.operations & TABLE_ENDPOINT_RECEIVE;
	}
	return count;
}

const char *device_rights(const struct board *b, const struct table *t, struct arena *a)
{
	const char *why = NULL;

	if (t->entry_count > b->limit[BOARD_LIMIT_SERVICE_MAX])
		return arena_printf(a, "it has %u services, and %s has room for %u", t->entry_count, b->name, (unsigned)b->limit[BOARD_LIMIT_SERVICE_MAX]);
	if (count_endpoints(t) > b->limit[BOARD_LIMIT_ENDPOINT_MAX])
		return arena_printf(a, "it has %u interfaces, and %s has room for %u", (unsigned)count_endpoints(t), b->name, (unsigned)b->limit[BOARD_LIMIT_ENDPOINT_MAX]);
	for (uint32_t i = 0; !why && i < t->entry_count; i++) {
		struct table_entry e;

		table_entry(t, i, &e);
		why = check_service(b, t, &e, a);
	}
	return why;
}
