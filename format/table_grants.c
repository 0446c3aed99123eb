/* SPDX-License-Identifier: Apache-2.0 */
#include "table_grants.h"

enum { NUMBER = 0xffffff, SIGNAL_MIN = 4 };

/* What was seen so far: a bit for each number. */
struct seen { uint32_t devices, owned, lent; };

/* Set the bit of a number below 32; false when it was set, or there is none. */
static bool first_time(uint32_t *seen, uint32_t number)
{
	uint32_t bit = number < 32 ? UINT32_C(1) << number : 0;
	bool is_first = bit & ~*seen;

	*seen |= bit;
	return is_first;
}

static uint32_t local_of(const struct table_rule *r)
{
	return r->object >> 24 == TABLE_SHARED ? table_shared_index(r) : table_device_index(r);
}

/* No rule of the same service and class before this one has its local index; rules are sorted. */
static bool local_ok(const struct table *t, uint32_t i, const struct table_rule *r)
{
	struct table_rule other;

	for (; i > 0; i--) {
		table_rule(t, i - 1, &other);
		if (other.service != r->service || other.object >> 24 != r->object >> 24)
			break;
		if (local_of(&other) == local_of(r))
			return false;
	}
	return true;
}

static bool device_ok(const struct table_rule *r, struct seen *seen)
{
	uint32_t signal = table_signal(r);

	return first_time(&seen->devices, r->object & NUMBER) && (r->operations & TABLE_DEVICE_USE) && (signal == 0 || signal >= SIGNAL_MIN);
}

static bool apart(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size)
{
	return a + a_size <= b || b + b_size <= a;
}

static bool is_owner(const struct table_rule *r)
{
	return r->object >> 24 == TABLE_SHARED && (r->operations & TABLE_SHARED_LEND);
}

/* A block, rule i: nothing else lies there. */
static bool block_alone(const struct table *t, uint32_t i, uint32_t offset, uint32_t size)
{
	for (uint32_t k = 0; k < t->entry_count; k++) {
		struct table_entry e;

		table_entry(t, k, &e);
		if (!apart(offset, size, e.ram_offset, e.ram_extent))
			return false;
	}
	for (uint32_t k = 0; k < i; k++) {
		struct table_rule other;

		table_rule(t, k, &other);
		if (is_owner(&other) && !apart(offset, size, other.argument, table_shared_size(&other)))
			return false;
	}
	return true;
}

static bool owner_ok(const struct table *t, enum mpu_kind kind, uint32_t i, const struct table_rule *r, struct seen *seen)
{
	uint32_t all = TABLE_SHARED_READ | TABLE_SHARED_WRITE | TABLE_SHARED_LEND;
	uint32_t size = table_shared_size(r), offset = r->argument;

	return first_time(&seen->owned, r->object & NUMBER) && (r->operations & all) == all &&
	       size <= t->ram_size && offset <= t->ram_size - size && region_legal(kind, t->ram_base + offset, size) &&
	       block_alone(t, i, offset, size);
}

static bool borrower_ok(const struct table_rule *r, struct seen *seen)
{
	return first_time(&seen->lent, r->object & NUMBER) && (r->operations & TABLE_SHARED_READ) && table_shared_size(r) == 0 && r->argument == 0;
}

bool table_grants_ok(const struct table *t, enum mpu_kind kind)
{
	struct seen seen = { 0 };

	for (uint32_t i = 0; i < t->rule_count; i++) {
		struct table_rule r;

		table_rule(t, i, &r);
		uint32_t class = r.object >> 24;

		if (class != TABLE_DEVICE && class != TABLE_SHARED)
			continue;
		bool ok = class == TABLE_DEVICE ? device_ok(&r, &seen) :
			  is_owner(&r) ? owner_ok(t, kind, i, &r, &seen) : borrower_ok(&r, &seen);

		if (!ok || !local_ok(t, i, &r))
			return false;
	}
	return !(seen.owned & (seen.owned + 1)) && !(seen.lent & ~seen.owned);
}
