/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include <ms/abi/abi.h>

#include "cose.h"
#include "image.h"
#include "reader.h"
#include "table_grants.h"
#include "table_talk.h"

enum { QUANTUM_MAX = 1000, MEASUREMENT = 1, HEAD_SIZE = 16 };
enum { IMAGE_AT = 8, RAM_AT = 16, NAME_AT = 56, EXTENT_AT = 60 };	/* in an entry */

/* The first 16 bytes, which say how much there is. */
struct head { uint32_t entry_count, rule_count, total_size, strings_at; };

static bool head_ok(struct bytes in, struct head *out)
{
	struct reader r = { .left = in };

	uint32_t magic = read_u32(&r);
	uint16_t header_size = read_u16(&r);
	uint16_t entry_size = read_u16(&r);
	out->entry_count = read_u16(&r);
	out->rule_count = read_u16(&r);
	out->total_size = read_u32(&r);

	if (r.failed || magic != TABLE_MAGIC || header_size != TABLE_HEADER_SIZE || entry_size != TABLE_ENTRY_SIZE)
		return false;
	if (out->entry_count < 1 || out->entry_count > TABLE_ENTRY_MAX || out->rule_count > TABLE_RULE_MAX)
		return false;

	out->strings_at = TABLE_HEADER_SIZE + out->entry_count * TABLE_ENTRY_SIZE + out->rule_count * TABLE_RULE_SIZE;
	return out->total_size >= out->strings_at && out->total_size <= TABLE_SIZE_MAX;
}

int table_span(struct bytes bank, uint32_t limit, uint32_t *span)
{
	struct head h;

	if (!head_ok(bank, &h) || limit < COSE_BLOCK_SIZE || h.total_size > limit - COSE_BLOCK_SIZE)
		return -MS_EFORMAT;

	*span = h.total_size + COSE_BLOCK_SIZE;
	return MS_OK;
}

/* Only a fault has a service to quarantine: another event does not say so. */
static bool policies_ok(uint32_t policies)
{
	return policies < 1 << 2 * TABLE_EVENT_COUNT && table_policy(policies, TABLE_EVENT_FAULT) <= TABLE_POLICY_RESET &&
	       (policies & 0x14) == 0;
}

/* The rest of the header, as it stands; false where it is not zero that must be, or sizes differ. */
static bool read_header(struct bytes raw, const struct head *h, struct table *t)
{
	struct reader r = { .left = bytes_part(raw, HEAD_SIZE, TABLE_HEADER_SIZE - HEAD_SIZE) };

	t->raw = raw;
	t->entry_count = (uint16_t)h->entry_count;
	t->rule_count = (uint16_t)h->rule_count;
	t->total_size = h->total_size;
	t->sequence = read_u32(&r);
	t->key_epoch = read_u16(&r);
	t->key_epoch_min = read_u16(&r);
	struct bytes vendor = read_bytes(&r, sizeof(t->vendor));
	struct bytes class_id = read_bytes(&r, sizeof(t->class_id));
	t->abi_major = read_u16(&r);
	t->abi_minor = read_u16(&r);
	t->flash_base = read_u32(&r);
	t->flash_size = read_u32(&r);
	t->ram_base = read_u32(&r);
	t->ram_size = read_u32(&r);
	t->strings_at = read_u32(&r);
	t->strings_size = read_u32(&r);
	uint16_t lifecycle = read_u16(&r);
	t->policies = read_u16(&r);

	if (r.failed || raw.size != t->total_size || lifecycle != 0 || !policies_ok(t->policies) || !bytes_all(r.left, 0))
		return false;
	if (t->strings_at != h->strings_at || t->strings_size != t->total_size - h->strings_at)
		return false;

	memcpy(t->vendor, vendor.at, vendor.size);
	memcpy(t->class_id, class_id.at, class_id.size);
	return true;
}

/* Both windows end below 2^32 and do not overlap. */
static bool windows_ok(const struct table *t)
{
	if (t->flash_size > UINT32_MAX - t->flash_base || t->ram_size > UINT32_MAX - t->ram_base)
		return false;
	return t->flash_base + t->flash_size <= t->ram_base || t->ram_base + t->ram_size <= t->flash_base;
}

/* Entry i as it stands; false where it is not as must be whatever else is there. */
static bool read_entry(const struct table *t, uint32_t i, struct table_entry *e)
{
	struct reader r = { .left = bytes_part(t->raw, TABLE_HEADER_SIZE + i * TABLE_ENTRY_SIZE, TABLE_ENTRY_SIZE) };

	e->id = read_u32(&r);
	uint16_t reserved = read_u16(&r);
	e->flags = read_u16(&r);
	e->image_offset = read_u32(&r);
	e->image_size = read_u32(&r);
	e->ram_offset = read_u32(&r);
	e->ram_extent = read_u32(&r);
	e->stack_size = read_u32(&r);
	e->heap_size = read_u32(&r);
	e->version.major = read_u8(&r);
	e->version.minor = read_u8(&r);
	e->version.patch = read_u16(&r);
	e->version.build = read_u32(&r);
	e->security_counter = read_u32(&r);
	e->priority = read_u8(&r);
	e->ceiling = read_u8(&r);
	e->quantum_msec = read_u16(&r);
	e->restart = read_u8(&r);
	e->restart_limit = read_u8(&r);
	e->backoff_msec = read_u16(&r);
	e->rule_first = read_u16(&r);
	e->rule_count = read_u16(&r);
	uint16_t name_at = read_u16(&r);
	uint8_t name_size = read_u8(&r);
	uint8_t measurement = read_u8(&r);
	e->image_extent = read_u32(&r);
	e->sha256 = read_bytes(&r, 32).at;
	e->signer = read_bytes(&r, 32).at;
	e->name = bytes_part(bytes_part(t->raw, t->strings_at, t->strings_size), name_at, name_size);

	return !r.failed && reserved == 0 && measurement == MEASUREMENT && e->name.size == name_size;
}

void table_entry(const struct table *t, uint32_t i, struct table_entry *out)
{
	read_entry(t, i, out);
}

void table_rule(const struct table *t, uint32_t i, struct table_rule *out)
{
	uint32_t at = TABLE_HEADER_SIZE + t->entry_count * TABLE_ENTRY_SIZE + i * TABLE_RULE_SIZE;
	struct reader r = { .left = bytes_part(t->raw, at, TABLE_RULE_SIZE) };

	out->service = read_u32(&r);
	out->object = read_u32(&r);
	out->operations = read_u32(&r);
	out->argument = read_u32(&r);
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
	return (e->flags & ~(TABLE_START | TABLE_FPU)) == 0 &&
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

/*
 * No entry before i shares its flash, its RAM or its name.  They have been
 * checked, and for 64 entries this runs 2,016 times: it reads what it needs.
 */
static bool alone(const struct table *t, uint32_t i, const struct table_entry *e)
{
	const uint8_t *other = t->raw.at + TABLE_HEADER_SIZE;

	for (; i > 0; i--, other += TABLE_ENTRY_SIZE) {
		const uint8_t *name = t->raw.at + t->strings_at + bytes_u16(other + NAME_AT);

		if (!apart(e->image_offset, e->image_extent, bytes_u32(other + IMAGE_AT), bytes_u32(other + EXTENT_AT)) ||
		    !apart(e->ram_offset, e->ram_extent, bytes_u32(other + RAM_AT), bytes_u32(other + RAM_AT + 4)) ||
		    bytes_equal(e->name, (struct bytes){ name, other[NAME_AT + 2] }))
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
	uint32_t id = 0, rule = 0, name_at = t->strings_at;

	for (uint32_t i = 0; i < t->entry_count; i++) {
		struct table_entry e;

		if (!read_entry(t, i, &e) || e.id <= id || !numbers_ok(&e) || !placement_ok(t, kind, &e))
			return false;
		if (e.rule_first != rule || e.rule_count > t->rule_count - rule || !rules_ok(t, &e))
			return false;
		if (e.name.at != t->raw.at + name_at || !table_name_ok(e.name) || !alone(t, i, &e))
			return false;
		id = e.id;
		rule += e.rule_count;
		name_at += (uint32_t)e.name.size;
	}
	return rule == t->rule_count && name_at == t->total_size;
}

int table_decode(struct bytes raw, enum mpu_kind kind, struct table *out)
{
	struct head h;
	struct table t;

	if (!head_ok(raw, &h) || !read_header(raw, &h, &t))
		return -MS_EFORMAT;
	if (t.abi_major != MS_ABI_MAJOR)
		return -MS_EINCOMPATIBLE;
	if (!windows_ok(&t) || !entries_ok(&t, kind) || !table_talk_ok(&t) || !table_grants_ok(&t, kind))
		return -MS_EFORMAT;

	*out = t;
	return MS_OK;
}
