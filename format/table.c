/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include <ms/abi/abi.h>

#include "cose.h"
#include "image.h"
#include "table_grants.h"
#include "table_talk.h"

enum { QUANTUM_MAX = 1000, MEASUREMENT = 1, HASH = 32 };

/* Of header and entry, what is held as it lies in flash. */
enum {
	HEADER_USED = sizeof(struct table) - offsetof(struct table, magic),
	ENTRY_USED = offsetof(struct table_entry, sha256),
};
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "tables are little-endian");
_Static_assert(offsetof(struct table, policies) - offsetof(struct table, magic) == 86, "formats.md 5.1");
_Static_assert(offsetof(struct table_entry, image_extent) == 60 && ENTRY_USED + 2 * HASH == TABLE_ENTRY_SIZE, "formats.md 5.2");

static const uint8_t *entry_at(const struct table *t, uint32_t i)
{
	return t->raw.at + TABLE_HEADER_SIZE + i * TABLE_ENTRY_SIZE;
}

/* Where the rules end and the names begin. */
static uint32_t rules_end(const struct table *t)
{
	return TABLE_HEADER_SIZE + t->entry_count * (uint32_t)TABLE_ENTRY_SIZE + t->rule_count * (uint32_t)TABLE_RULE_SIZE;
}

/* The least a header can say wrong: how much there is.  What follows the magic number is only read here. */
static bool read_head(struct bytes in, struct table *t)
{
	if (in.size < TABLE_HEADER_SIZE)
		return false;
	memcpy((uint8_t *)t + offsetof(struct table, magic), in.at, HEADER_USED);
	t->raw = in;
	if (t->magic != TABLE_MAGIC || t->header_size != TABLE_HEADER_SIZE || t->entry_size != TABLE_ENTRY_SIZE)
		return false;
	if (t->entry_count < 1 || t->entry_count > TABLE_ENTRY_MAX || t->rule_count > TABLE_RULE_MAX)
		return false;
	return t->total_size >= rules_end(t) && t->total_size <= TABLE_SIZE_MAX;
}

int table_span(struct bytes bank, uint32_t limit, uint32_t *span)
{
	struct table t;

	if (!read_head(bank, &t) || limit < COSE_BLOCK_SIZE || t.total_size > limit - COSE_BLOCK_SIZE)
		return -MS_EFORMAT;

	*span = t.total_size + COSE_BLOCK_SIZE;
	return MS_OK;
}

/* Only a fault has a service to quarantine: another event does not say so. */
static bool policies_ok(uint32_t policies)
{
	return policies < 1 << 2 * TABLE_EVENT_COUNT && table_policy(policies, TABLE_EVENT_FAULT) <= TABLE_POLICY_RESET &&
	       (policies & 0x14) == 0;
}

static bool header_ok(const struct table *t)
{
	return t->raw.size == t->total_size && t->lifecycle == 0 && t->key_epoch_min <= t->key_epoch && policies_ok(t->policies) &&
	       bytes_all(bytes_part(t->raw, HEADER_USED, TABLE_HEADER_SIZE - HEADER_USED), 0) &&
	       t->strings_at == rules_end(t) && t->strings_size == t->total_size - t->strings_at;
}

/* Both windows end below 2^32 and do not overlap. */
static bool windows_ok(const struct table *t)
{
	if (t->flash_size > UINT32_MAX - t->flash_base || t->ram_size > UINT32_MAX - t->ram_base)
		return false;
	return t->flash_base + t->flash_size <= t->ram_base || t->ram_base + t->ram_size <= t->flash_base;
}

void table_entry(const struct table *t, uint32_t i, struct table_entry *out)
{
	const uint8_t *at = entry_at(t, i);

	memcpy(out, at, ENTRY_USED);
	out->sha256 = at + ENTRY_USED;
	out->signer = out->sha256 + HASH;
	out->name = bytes_part(bytes_part(t->raw, t->strings_at, t->strings_size), out->name_at, out->name_size);
}

void table_rule(const struct table *t, uint32_t i, struct table_rule *out)
{
	memcpy(out, entry_at(t, t->entry_count) + i * TABLE_RULE_SIZE, sizeof(*out));
}

bool table_rule_known(uint32_t object, uint32_t operations)
{
	static const uint32_t known[] = {
#define RULE_CLASS(number, name, operations, doc) [number] = operations,
#include "rule_classes.def"
#undef RULE_CLASS
	};
	uint32_t class = object >> 24;

	return class < sizeof(known) / sizeof(*known) && operations != 0 && (operations & ~known[class]) == 0;
}

bool table_name_ok(struct bytes name)
{
	if (name.size < 1 || name.size > TABLE_NAME_MAX)
		return false;

	for (size_t i = 0; i < name.size; i++) {
		uint8_t c = name.at[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-')
			return false;
	}
	return true;
}

static bool numbers_ok(const struct table_entry *e)
{
	return e->reserved == 0 && e->measurement == MEASUREMENT && (e->flags & ~(TABLE_START | TABLE_FPU)) == 0 &&
	       e->ceiling <= TABLE_PRIORITY_MAX && e->priority <= e->ceiling &&
	       e->quantum_msec >= 1 && e->quantum_msec <= QUANTUM_MAX &&
	       e->restart <= TABLE_RESTART_REBOOT;
}

/* Is an extent inside its window? */
static bool inside(uint32_t offset, uint32_t extent, uint32_t window)
{
	return offset <= window && extent <= window - offset;
}

static bool placement_ok(const struct table *t, enum mpu_kind kind, const struct table_entry *e)
{
	if (!inside(e->image_offset, e->image_extent, t->flash_size) || !inside(e->ram_offset, e->ram_extent, t->ram_size))
		return false;
	if (!region_legal(kind, t->flash_base + e->image_offset, e->image_extent) ||
	    !region_legal(kind, t->ram_base + e->ram_offset, e->ram_extent))
		return false;
	if (e->image_size < IMAGE_HEADER_SIZE || e->image_size > IMAGE_SIZE_MAX || e->image_size % 4 ||
	    e->image_extent != region_extent(kind, e->image_size))
		return false;
	return image_memory_ok(e->stack_size, e->heap_size) && e->stack_size + e->heap_size <= e->ram_extent;
}

static bool apart(uint32_t a, uint32_t a_size, uint32_t b, uint32_t b_size)
{
	return a + a_size <= b || b + b_size <= a;
}

/* No entry before i shares its flash, its RAM or its name.  Each with each: at most 2,016 pairs, which is little beside the signature. */
static bool alone(const struct table *t, uint32_t i, const struct table_entry *e)
{
	struct table_entry other;

	while (i > 0) {
		table_entry(t, --i, &other);
		if (!apart(e->image_offset, e->image_extent, other.image_offset, other.image_extent) ||
		    !apart(e->ram_offset, e->ram_extent, other.ram_offset, other.ram_extent) || bytes_equal(e->name, other.name))
			return false;
	}
	return true;
}

/* The rules of an entry are its own, known and strictly sorted. */
static bool rules_ok(const struct table *t, const struct table_entry *e)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < e->rule_count; i++) {
		struct table_rule rule;

		table_rule(t, e->rule_first + i, &rule);
		if (rule.service != e->id || rule.object <= last || !table_rule_known(rule.object, rule.operations))
			return false;
		last = rule.object;
	}
	return true;
}

/* Entries in order, each with the next of the rules and the next of the names, and none left over. */
static bool entries_ok(const struct table *t, enum mpu_kind kind)
{
	uint32_t id = 0, rule = 0, name_at = 0;

	for (uint32_t i = 0; i < t->entry_count; i++) {
		struct table_entry e;

		table_entry(t, i, &e);
		if (e.id <= id || !numbers_ok(&e) || !placement_ok(t, kind, &e))
			return false;
		if (e.rule_first != rule || e.rule_count > t->rule_count - rule || !rules_ok(t, &e))
			return false;
		if (e.name_at != name_at || e.name.size != e.name_size || !table_name_ok(e.name) || !alone(t, i, &e))
			return false;
		id = e.id;
		rule += e.rule_count;
		name_at += (uint32_t)e.name.size;
	}
	return rule == t->rule_count && name_at == t->strings_size;
}

int table_decode(struct bytes raw, enum mpu_kind kind, struct table *out)
{
	struct table t;

	if (!read_head(raw, &t) || !header_ok(&t))
		return -MS_EFORMAT;
	if (t.abi_major != MS_ABI_MAJOR)
		return -MS_EINCOMPATIBLE;
	if (!windows_ok(&t) || !entries_ok(&t, kind) || !table_talk_ok(&t) || !table_grants_ok(&t, kind))
		return -MS_EFORMAT;

	*out = t;
	return MS_OK;
}
