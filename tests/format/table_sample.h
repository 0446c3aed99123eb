/* SPDX-License-Identifier: Apache-2.0 */
/* A table of two services, as a set of numbers that a test may change before it is encoded. */
#ifndef TABLE_SAMPLE_H
#define TABLE_SAMPLE_H

#include "sweep.h"
#include "table.h"

struct sample {
	struct table table;
	struct table_entry entry[TABLE_ENTRY_MAX + 1];
	uint32_t entry_count;
	struct table_rule rule[TABLE_RULE_MAX + 1];
	uint32_t rule_count;
};

static const uint8_t sample_sha256[32] = { 0x5a, 0x5b };
static const uint8_t sample_signer[32] = { 0xbd, 0x24, 0x3f, 0xa7, 0xab, 0x22, 0x1e, 0xc6 };

static inline void sample_init(struct sample *s)
{
	*s = (struct sample){
		.table = {
			.sequence = 42, .key_epoch = 2, .key_epoch_min = 1,
			.vendor = { 0x10, 0x11 }, .class_id = { 0xc0, 0xc1 },
			.abi_major = 1, .abi_minor = 0,
			.flash_base = 0x00040000, .flash_size = 0x40000,
			.ram_base = 0x20010000, .ram_size = 0x10000,
		},
		.entry_count = 2,
		.entry = {
			{
				.id = 0x1001, .flags = TABLE_START,
				.image_offset = 0, .image_size = 528, .image_extent = 640,
				.ram_offset = 0, .ram_extent = 2560, .stack_size = 1024, .heap_size = 1024,
				.version = { 1, 2, 3, 4 }, .security_counter = 6,
				.priority = 8, .ceiling = 10, .quantum_msec = 10,
				.restart = TABLE_RESTART_FAILURE, .restart_limit = 5, .backoff_msec = 100,
				.name = BYTES_LITERAL("hello"), .sha256 = sample_sha256, .signer = sample_signer,
			}, {
				.id = 0x2002, .flags = TABLE_START | TABLE_FPU,
				.image_offset = 0x1000, .image_size = 4000, .image_extent = 0x1000,
				.ram_offset = 0x1000, .ram_extent = 0x1000, .stack_size = 256, .heap_size = 0,
				.version = { 0, 1, 0, 0 }, .security_counter = 0,
				.priority = 0, .ceiling = 31, .quantum_msec = 1000,
				.restart = TABLE_RESTART_NEVER,
				.name = BYTES_LITERAL("counter-2"), .sha256 = sample_sha256, .signer = sample_signer,
			},
		},
		.rule_count = 3,
		.rule = {
			{ 0x1001, 0x01000005, 1, 0 },
			{ 0x1001, 0x02000000, 0x00010404, 9 },
			{ 0x2002, 0x05ffffff, 0x1f, 0xffffffff },
		},
	};
}

static uint8_t buffer[TABLE_SIZE_MAX];	/* what `encoded` gives */

static inline struct bytes encoded(const struct sample *s)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	table_encode(&s->table, s->entry, s->entry_count, s->rule, s->rule_count, &w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

static inline int decoded(const struct sample *s)
{
	struct table t;

	return table_decode(encoded(s), MPU_V7, &t);
}

/* Change the sample by a statement and say what becomes of it. */
#define CHANGED(expected, change)						\
	do {									\
		static struct sample s;						\
		sample_init(&s);						\
		change;								\
		if (decoded(&s) != (expected))					\
			fail_msg(#change " gives %d", decoded(&s));		\
	} while (0)
#define ALLOWED(change) CHANGED(MS_OK, change)
#define REFUSED_WITH(change) CHANGED(-MS_EFORMAT, change)

/* What becomes of the sample with other bytes where the encoder computes them: v, `size` bytes little-endian. */
static inline int patched(size_t at, size_t size, uint32_t v)
{
	static struct sample s;
	struct table t;

	sample_init(&s);
	struct bytes raw = encoded(&s);
	for (size_t i = 0; i < size; i++)
		buffer[at + i] = (uint8_t)(v >> 8 * i);
	return table_decode(raw, MPU_V7, &t);
}

#endif
