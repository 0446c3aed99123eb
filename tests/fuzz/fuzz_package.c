/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An archive that is read to its end is written the same from its members.
 * Checksums are mended after most mutations: else nothing gets past them.
 */
#include <string.h>

#include "fuzz.h"
#include "package_header.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);

enum { SIZE_MAX_HERE = 1 << 20, MAGIC_AT = 257, SUM_AT = 148 };

static void mend_checksum(uint8_t *block)
{
	unsigned sum = 8 * ' ';

	for (unsigned i = 0; i < PACKAGE_BLOCK; i++)
		sum += i >= SUM_AT && i < SUM_AT + 8 ? 0 : block[i];
	for (unsigned i = 6; i > 0; i--, sum >>= 3)
		block[SUM_AT + i - 1] = (uint8_t)('0' + (sum & 7));
	memcpy(block + SUM_AT + 6, "\0 ", 2);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	size = LLVMFuzzerMutate(data, size, max_size);
	for (size_t at = 0; seed % 8 != 0 && at + PACKAGE_BLOCK <= size; at += PACKAGE_BLOCK) {
		if (memcmp(data + at + MAGIC_AT, "ustar", 5) == 0)
			mend_checksum(data + at);
	}
	return size;
}

FUZZ(in)
{
	static uint8_t again[SIZE_MAX_HERE];
	struct writer w = { .at = again, .size = sizeof(again) };
	struct package_iter it;
	struct package_member m;

	if (in.size > sizeof(again))
		return;
	package_iter_init(&it, in);
	while (package_next(&it, &m)) {
		enum package_kind kind;

		must(it.count <= (it.is_source ? 1 + PACKAGE_SIGNATURE_MAX + PACKAGE_SOURCE_MAX : PACKAGE_MEMBER_MAX));
		must(package_name_kind(m.name, &kind) && kind == m.kind);
		must(m.offset + PACKAGE_BLOCK + m.content.size <= in.size);
		package_put(&w, m.name, m.content, m.mtime);
	}
	must(!package_next(&it, &m));
	if (it.fault)
		return;
	package_end(&w);
	must(bytes_equal(writer_bytes(&w), in));
}
