/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table: the signed record of what a device runs (docs/formats.md 5).
 * What is not in it does not exist.  Decoding checks every rule of the format
 * that needs nothing but the table; where flash and RAM are, and the floors
 * of counters, are the caller's to compare.
 */
#ifndef TABLE_H
#define TABLE_H

#include "region.h"
#include "writer.h"

enum {
	TABLE_HEADER_SIZE = 96,
	TABLE_ENTRY_SIZE = 128,
	TABLE_RULE_SIZE = 16,
	TABLE_ENTRY_MAX = 64,
	TABLE_RULE_MAX = 1024,
	TABLE_NAME_MAX = 63,
	TABLE_PRIORITY_MAX = 31,
	TABLE_SIZE_MAX = 0x8000,
	TABLE_DEVICE_MAX = 32,	/* numbers of devices, and of blocks of shared memory, are below */
	TABLE_SHARED_MAX = 32,

	TABLE_START = 1,	/* entry flags */
	TABLE_FPU = 2,

	TABLE_RESTART_NEVER = 0,
	TABLE_RESTART_FAILURE = 1,
	TABLE_RESTART_REBOOT = 2,	/* a failure resets the device */
};

/* What the product has a policy for (docs/formats.md 5.1). */
enum table_event { TABLE_EVENT_FAULT, TABLE_EVENT_REFUSED, TABLE_EVENT_STORM, TABLE_EVENT_COUNT };
enum table_event_policy { TABLE_POLICY_RECORD, TABLE_POLICY_QUARANTINE /* of a fault only */, TABLE_POLICY_RESET };
#define TABLE_MAGIC UINT32_C(0x3154534d)

struct table_version {
	uint8_t major, minor;
	uint16_t patch;
	uint32_t build;
};

struct table {
	struct bytes raw;	/* header to strings, without the block; borrowed */
	/* The header as it lies in flash (docs/formats.md 5.1), which is how a little-endian processor holds it. */
	uint32_t magic;
	uint16_t header_size, entry_size;
	uint16_t entry_count, rule_count;
	uint32_t total_size, sequence;
	uint16_t key_epoch, key_epoch_min;
	uint8_t vendor[16], class_id[16];
	uint16_t abi_major, abi_minor;
	uint32_t flash_base, flash_size;
	uint32_t ram_base, ram_size;
	uint32_t strings_at, strings_size;
	uint16_t lifecycle;
	uint16_t policies;	/* of events: table_policy */
};

struct table_entry {
	/* As in flash, up to the hashes (docs/formats.md 5.2). */
	uint32_t id;
	uint16_t reserved, flags;
	uint32_t image_offset, image_size;
	uint32_t ram_offset, ram_extent;
	uint32_t stack_size, heap_size;
	struct table_version version;
	uint32_t security_counter;
	uint8_t priority, ceiling;
	uint16_t quantum_msec;
	uint8_t restart, restart_limit;
	uint16_t backoff_msec;
	uint16_t rule_first, rule_count;
	uint16_t name_at;
	uint8_t name_size, measurement;
	uint32_t image_extent;
	/* Where the rest is: in the table, or the caller's when encoding. */
	const uint8_t *sha256, *signer;	/* 32 bytes each */
	struct bytes name;
};

/* As it lies in flash: little-endian words, aligned to 4 in an aligned bank. */
struct table_rule {
	uint32_t service, object, operations, argument;
};

/* An object's name: its class (enum table_class) and number. */
enum table_class {
#define RULE_CLASS(number, name, operations, doc) TABLE_##name = number,
#include "rule_classes.def"
#undef RULE_CLASS
};
static inline uint32_t table_object(enum table_class class, uint32_t number)
{
	return (uint32_t)class << 24 | number;
}

static inline uint32_t table_policy(uint32_t policies, uint32_t event) { return policies >> 2 * event & 3; }

/* Fields of operations (docs/formats.md 5.4). */
enum {
	TABLE_DEVICE_USE = 1,
	TABLE_ENDPOINT_CALL = 1, TABLE_ENDPOINT_RECEIVE = 4,
	TABLE_ENDPOINT_CONNECTIONS = 1 << 13, TABLE_ENDPOINT_STRICT = 1 << 14,
	TABLE_SHARED_READ = 1, TABLE_SHARED_WRITE = 2, TABLE_SHARED_LEND = 4,
};
static inline uint32_t table_signal(const struct table_rule *r) { return r->operations >> 8 & 31; }
static inline uint32_t table_device_index(const struct table_rule *r) { return r->argument & 255; }
static inline uint32_t table_device_speed(const struct table_rule *r) { return r->argument >> 8; }
static inline uint32_t table_endpoint_version(const struct table_rule *r) { return r->operations >> 16; }
static inline uint32_t table_shared_index(const struct table_rule *r) { return r->operations >> 8 & 255; }
static inline uint32_t table_shared_size(const struct table_rule *r) { return (r->operations >> 16) * 32; }

/* How much of a bank a table with its block takes: total size + 96; -MS_EFORMAT if its 96-byte header is no table's or it is above `limit`. */
int table_span(struct bytes bank, uint32_t limit, uint32_t *span);

/*
 * Decode a whole table whose signature was found good.  MS_OK, -MS_EFORMAT,
 * or -MS_EINCOMPATIBLE for another ABI major.  `kind` decides what placements
 * are legal.  *out borrows from raw.
 */
int table_decode(struct bytes raw, enum mpu_kind kind, struct table *out);

/* Entry i < entry_count of a decoded table. */
void table_entry(const struct table *t, uint32_t i, struct table_entry *out);

/* Rule i < rule_count of a decoded table. */
void table_rule(const struct table *t, uint32_t i, struct table_rule *out);

/* May an object be named with these operations?  Its class is known, and so is each operation, of which there is one at least. */
bool table_rule_known(uint32_t object, uint32_t operations);

/* Is this a service's name: 1 to 63 of [a-z0-9._-]? */
bool table_name_ok(struct bytes name);

/*
 * Write a table, without the block.  Entries must ascend by id and rules be
 * sorted; names are gathered into the string area.  The counts, total size
 * and string area of *t are computed, and of each entry its rules and where
 * its name is.  The writer fails when there are too many, or a name is none.
 * Otherwise what is written is what was given: table_decode is the check.
 */
void table_encode(const struct table *t, const struct table_entry *entries, uint32_t entry_count,
		  const struct table_rule *rules, uint32_t rule_count, struct writer *w);

#endif
