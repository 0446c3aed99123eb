/* SPDX-License-Identifier: Apache-2.0 */
#include "attributes.h"

#include <string.h>

#include <ms/abi/abi.h>

#include "reader.h"

enum {
	VERSION = 'A',
	TAG_FILE = 1, TAG_RAW_NAME = 4, TAG_NAME = 5, TAG_ARCHITECTURE = 6, TAG_PROFILE = 7, TAG_FPU = 10, TAG_R9 = 14, TAG_WIDE_CHAR = 18,
	TAG_ENUMS = 26, TAG_FLOAT_CALLS = 28, TAG_COMPATIBILITY = 32,
	ARCH_V7 = 10, ARCH_V6M = 11, ARCH_V6SM = 12, ARCH_V7EM = 13, ARCH_V8M_BASE = 16, ARCH_V8M_MAIN = 17,
};

static uint32_t read_uleb(struct reader *r)
{
	uint32_t value = 0;

	for (unsigned shift = 0; !r->failed; shift += 7) {
		uint8_t byte = read_u8(r);

		if (shift > 28 || (shift == 28 && byte > 0xf)) {
			read_fail(r);
			break;
		}
		value |= (uint32_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	return 0;
}

static struct bytes read_string(struct reader *r)
{
	const uint8_t *end = r->left.size ? memchr(r->left.at, 0, r->left.size) : NULL;

	if (!end)
		read_fail(r);
	return end ? read_bytes(r, (size_t)(end - r->left.at) + 1) : (struct bytes){ 0 };
}

static void keep(struct attributes *a, uint32_t tag, uint32_t value)
{
	const struct { uint32_t tag; uint32_t *to; } kept[] = {
		{ TAG_ARCHITECTURE, &a->architecture }, { TAG_PROFILE, &a->profile }, { TAG_FPU, &a->fpu }, { TAG_R9, &a->r9 },
		{ TAG_WIDE_CHAR, &a->wide_char }, { TAG_ENUMS, &a->enums }, { TAG_FLOAT_CALLS, &a->float_calls },
	};

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (kept[i].tag == tag)
			*kept[i].to = value;
}

/* Of tags that are not known the number says of which kind the value is. */
static void read_file(struct reader *r, struct attributes *a)
{
	while (r->left.size && !r->failed) {
		uint32_t tag = read_uleb(r);
		bool text = tag == TAG_RAW_NAME || tag == TAG_NAME || (tag > TAG_COMPATIBILITY && tag % 2);

		if (text) {
			read_string(r);
			continue;
		}
		keep(a, tag, read_uleb(r));
		if (tag == TAG_COMPATIBILITY)
			read_string(r);
	}
}

/* A part that says its own size, which includes `before` bytes that were read already. */
static struct reader read_part(struct reader *r, uint32_t before)
{
	uint32_t size = read_u32(r);

	if (size < before)
		read_fail(r);
	return (struct reader){ .left = read_bytes(r, size - before) };
}

static bool read_vendor(struct reader *r, struct attributes *a)
{
	bool ours = bytes_equal(read_string(r), (struct bytes){ (const uint8_t *)"aeabi", 6 });

	while (ours && r->left.size && !r->failed) {
		uint8_t scope = read_u8(r);
		struct reader part = read_part(r, 5);

		if (!r->failed && scope == TAG_FILE)
			read_file(&part, a);
		if (part.failed)
			return false;
	}
	return !r->failed;
}

bool attributes_read(struct bytes section, struct attributes *out)
{
	struct reader r = { .left = section };
	struct attributes a = { 0 };

	if (read_u8(&r) != VERSION)
		return false;
	while (r.left.size && !r.failed) {
		struct reader part = read_part(&r, 4);

		if (r.failed || !read_vendor(&part, &a))
			return false;
	}
	*out = a;
	return !r.failed;
}

const char *attributes_architecture(const struct attributes *a)
{
	static const char *const names[] = {
		"no architecture", "v4", "v4T", "v5T", "v5TE", "v5TEJ", "v6", "v6KZ", "v6T2", "v6K", "v7", "v6-M", "v6S-M", "v7E-M", "v8-A",
		"v8-R", "v8-M.baseline", "v8-M.mainline", "v8.1-A", "v8.2-A", "v8.3-A", "v8.1-M.mainline", "v9-A",
	};

	if (a->architecture == ARCH_V7 && a->profile)
		return a->profile == 'M' ? "v7-M" : a->profile == 'R' ? "v7-R" : "v7-A";
	return a->architecture < sizeof(names) / sizeof(*names) ? names[a->architecture] : "an unknown architecture";
}

bool attributes_run(const struct attributes *a, uint8_t target)
{
	enum {
		V6M = 1 << ARCH_V6M | 1 << ARCH_V6SM, V7M = V6M | 1 << ARCH_V7, V7EM = V7M | 1 << ARCH_V7EM,
		V8M_BASE = V6M | 1 << ARCH_V8M_BASE, V8M = V7EM | V8M_BASE | 1 << ARCH_V8M_MAIN,
	};
	static const uint32_t runs[] = {
		[MS_TARGET_V6M] = V6M, [MS_TARGET_V7M] = V7M, [MS_TARGET_V7EM] = V7EM, [MS_TARGET_V7EM_FP] = V7EM,
		[MS_TARGET_V8M_BASE] = V8M_BASE, [MS_TARGET_V8M] = V8M, [MS_TARGET_V8M_FP] = V8M,
	};

	if (a->architecture == ARCH_V7 && a->profile != 'M')
		return false;
	return target < sizeof(runs) / sizeof(*runs) && a->architecture < 32 && runs[target] >> a->architecture & 1;
}
