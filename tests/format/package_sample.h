/* SPDX-License-Identifier: Apache-2.0 */
/* A package of one member of each kind, as a list that a test may change before it is written. */
#ifndef PACKAGE_SAMPLE_H
#define PACKAGE_SAMPLE_H

#include "forged.h"
#include "package_header.h"
#include "sweep.h"

struct part { const char *name; struct bytes content; uint64_t epoch; };

enum { SAMPLE_MANIFEST, SAMPLE_SIGNATURE, SAMPLE_LICENSE, SAMPLE_SBOM, SAMPLE_ELF, SAMPLE_HEADER, SAMPLE_COUNT };

static const uint8_t sample_block[96] = { 0xd2, 0x84 };

static const struct part package_sample[SAMPLE_COUNT] = {
	{ "META/manifest.cbor", BYTES_LITERAL("\xa0"), 1700000000 },
	{ "META/sig/0123456789abcdef.cose", BYTES_OF(sample_block), 1700000000 },
	{ "META/licenses/MIT.txt", BYTES_LITERAL("Permission is hereby granted"), 1700000000 },
	{ "META/sbom.cdx.json", BYTES_LITERAL("{}"), 1700000000 },
	{ "elf/v7em.elf", BYTES_LITERAL("\x7f" "ELF"), 1700000000 },
	{ "include/hello.h", BYTES_LITERAL(""), 1700000000 },
};

/* The same of a source package. */
enum { SOURCE_SAMPLE_MANIFEST, SOURCE_SAMPLE_SIGNATURE, SOURCE_SAMPLE_FIRST, SOURCE_SAMPLE_LAST, SOURCE_SAMPLE_COUNT };

static const struct part source_sample[SOURCE_SAMPLE_COUNT] = {
	{ "META/source.cbor", BYTES_LITERAL("\xa0"), 1700000000 },
	{ "META/sig/0123456789abcdef.cose", BYTES_OF(sample_block), 1700000000 },
	{ "source/ms.yaml", BYTES_LITERAL("name: hello"), 1700000000 },
	{ "source/src/main.c", BYTES_LITERAL("int main(void) { }"), 1700000000 },
};

static struct part parts[PACKAGE_SOURCE_MAX + PACKAGE_SIGNATURE_MAX + 3];	/* what `written` writes */
static uint32_t part_count;
static uint8_t buffer[1200 * 1024];

static inline void reset(void)
{
	memcpy(parts, package_sample, sizeof(package_sample));
	part_count = SAMPLE_COUNT;
}

static inline void reset_source(void)
{
	memcpy(parts, source_sample, sizeof(source_sample));
	part_count = SOURCE_SAMPLE_COUNT;
}

/* Write the parts as they are, allowed or not. */
static inline struct bytes written(void)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	for (uint32_t i = 0; i < part_count; i++) {
		uint8_t block[PACKAGE_BLOCK];
		struct bytes name = { (const uint8_t *)parts[i].name, strlen(parts[i].name) };

		header_write(block, &(struct package_header){ name, parts[i].content.size, parts[i].epoch });
		write_bytes(&w, BYTES_OF(block));
		write_bytes(&w, parts[i].content);
		write_zeros(&w, package_padded(parts[i].content.size) - parts[i].content.size);
	}
	package_end(&w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

/* Walk a copy to its end. */
static inline enum package_fault walk(struct bytes file)
{
	uint8_t *copy = exact_copy(file);
	struct package_iter it;
	struct package_member m;

	forged_keep(file.at, file.size, "");	/* nobody has signed it */
	package_iter_init(&it, (struct bytes){ copy, file.size });
	while (package_next(&it, &m)) {
		for (size_t i = 0; i < m.content.size; i++)
			assert_true(m.content.at + i >= copy && m.content.at + i < copy + file.size);
	}
	assert_false(package_next(&it, &m));
	free(copy);
	return it.fault;
}

/* The header of part i in `buffer`. */
static inline uint8_t *header_of(uint32_t part)
{
	size_t at = 0;

	for (uint32_t i = 0; i < part; i++)
		at += PACKAGE_BLOCK + package_padded(parts[i].content.size);
	return buffer + at;
}

static inline void mend_checksum(uint8_t *header)
{
	unsigned sum = 0;

	memset(header + 148, ' ', 8);
	for (unsigned i = 0; i < PACKAGE_BLOCK; i++)
		sum += header[i];
	snprintf((char *)header + 148, 8, "%06o", sum);
}

#endif
