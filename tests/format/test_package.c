/* SPDX-License-Identifier: Apache-2.0 */
#include "package_sample.h"

static enum verdict verdict(struct bytes in)
{
	static uint8_t again[64 * 1024];
	struct writer w = { .at = again, .size = sizeof(again) };
	struct package_iter it;
	struct package_member m;

	package_iter_init(&it, in);
	while (package_next(&it, &m))
		package_put(&w, m.name, m.content, m.mtime);
	package_end(&w);
	return verdict_of(it.fault ? -MS_EFORMAT : MS_OK, in, writer_bytes(&w));
}

/* Put bytes into the header of the manifest of the sample, with a checksum that is right. */
static enum package_fault with_field(size_t at, const void *bytes, size_t size)
{
	reset();
	struct bytes file = written();
	memcpy(buffer + at, bytes, size);
	mend_checksum(buffer);
	return walk(file);
}

static void a_header_has_exactly_these_bytes(void **state)
{
	(void)state;
	uint8_t block[PACKAGE_BLOCK];

	reset();
	memcpy(block, written().at + 2 * PACKAGE_BLOCK, sizeof(block));
	assert_golden(BYTES_OF(block), "package-header.hex");
}

static void a_package_lists_as_it_was_pinned(void **state)
{
	(void)state;
	static const char *const kind[] = { "manifest", "signature", "license", "sbom", "elf", "header" };
	struct package_iter it;
	struct package_member m;
	char line[256];

	reset();
	FILE *f = fopen("tests/golden/package.txt", "r");
	assert_non_null(f);
	package_iter_init(&it, written());
	while (package_next(&it, &m)) {
		char got[256];

		snprintf(got, sizeof(got), "%5zu %3zu %ju %-9s %.*s\n", m.offset, m.content.size, (uintmax_t)m.mtime, kind[m.kind],
			 (int)m.name.size, (const char *)m.name.at);
		assert_non_null(fgets(line, sizeof(line), f));
		assert_string_equal(got, line);
	}
	assert_null(fgets(line, sizeof(line), f));
	fclose(f);
	assert_int_equal(it.fault, PACKAGE_OK);
	assert_int_equal(it.count, SAMPLE_COUNT);
	assert_true(it.epoch == 1700000000);
}

static void the_writer_writes_what_the_reader_reads(void **state)
{
	(void)state;
	uint8_t file[16 * 1024];
	struct writer w = { .at = file, .size = sizeof(file) };

	reset();
	for (uint32_t i = 0; i < part_count; i++)
		package_put(&w, (struct bytes){ (const uint8_t *)parts[i].name, strlen(parts[i].name) }, parts[i].content, parts[i].epoch);
	package_end(&w);
	assert_true(bytes_equal(writer_bytes(&w), written()));
	assert_int_equal(verdict(writer_bytes(&w)), SAME_BYTES);
}

static void every_cut_is_refused_as_truncated(void **state)
{
	(void)state;
	reset();
	uint8_t *copy = exact_copy(written());
	struct bytes file = { copy, written().size };
	every_cut_is_refused(file, verdict);
	for (size_t size = 0; size < file.size; size += 64)
		assert_int_equal(walk((struct bytes){ copy, size }), PACKAGE_TRUNCATED);
	free(copy);
}

static void every_flip_of_what_is_not_content_is_refused(void **state)
{
	(void)state;
	reset();
	uint8_t *copy = exact_copy(written());
	struct bytes file = { copy, written().size };
	size_t content = 0;
	for (uint32_t i = 0; i < part_count; i++)
		content += parts[i].content.size;
	assert_int_equal(every_flip_is_refused_or_canonical(file, verdict), 8 * (file.size - content));
	free(copy);
}

static void nothing_may_follow_the_end(void **state)
{
	(void)state;
	reset();
	struct bytes file = written();
	memset(buffer + file.size, 0, 3 * PACKAGE_BLOCK);
	assert_int_equal(walk((struct bytes){ buffer, file.size + 1 }), PACKAGE_TRAILING);
	assert_int_equal(walk((struct bytes){ buffer, file.size + PACKAGE_BLOCK }), PACKAGE_TRAILING);
	memcpy(buffer + file.size, buffer, file.size);
	assert_int_equal(walk((struct bytes){ buffer, 2 * file.size }), PACKAGE_TRAILING);
	written();
	buffer[file.size - 1] = 1;
	assert_int_equal(walk(file), PACKAGE_TRAILING);
	written();
	buffer[file.size - PACKAGE_BLOCK] = 1;
	assert_int_equal(walk(file), PACKAGE_TRAILING);
}

static void an_archive_may_not_be_too_large(void **state)
{
	(void)state;
	struct package_iter it;
	struct package_member m;

	reset();
	struct bytes file = written();
	file.size = PACKAGE_SIZE_MAX + 1;
	package_iter_init(&it, file);
	assert_false(package_next(&it, &m));
	assert_int_equal(it.fault, PACKAGE_TOO_LARGE);

	uint8_t *large = calloc(1, PACKAGE_SIZE_MAX);
	assert_non_null(large);
	memcpy(large, buffer, file.size = written().size);
	package_iter_init(&it, (struct bytes){ large, PACKAGE_SIZE_MAX });
	while (package_next(&it, &m))
		;
	assert_int_equal(it.fault, PACKAGE_TRAILING);
	free(large);
}

static void nothing_but_plain_files_is_a_member(void **state)
{
	(void)state;
	/* links, devices, folders, FIFO, pax, GNU long names, sparse files, old type */
	static const char types[] = "1234567xgLKSDVMN";

	for (const char *t = types; *t; t++)
		assert_int_equal(with_field(156, t, 1), PACKAGE_HEADER);
	assert_int_equal(with_field(156, "\0", 1), PACKAGE_HEADER);
	assert_int_equal(with_field(157, "/etc/passwd", 11), PACKAGE_HEADER);
	assert_int_equal(with_field(345, "prefix", 6), PACKAGE_HEADER);
	assert_int_equal(with_field(500, "x", 1), PACKAGE_HEADER);
	assert_int_equal(with_field(511, "x", 1), PACKAGE_HEADER);
	assert_int_equal(with_field(18, "\0x", 2), PACKAGE_HEADER);	/* a NUL in the name */
}

static void fields_have_the_form_of_the_profile(void **state)
{
	(void)state;
	assert_int_equal(with_field(100, "0000644", 8), PACKAGE_OK);
	assert_int_equal(with_field(100, "0000755", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(100, "0004644", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(100, "000644 ", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(108, "0001750", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(116, "0000001", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(257, "ustar  ", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(263, "01", 2), PACKAGE_HEADER);
	assert_int_equal(with_field(265, "root", 4), PACKAGE_HEADER);
	assert_int_equal(with_field(297, "root", 4), PACKAGE_HEADER);
	assert_int_equal(with_field(329, "0000001", 8), PACKAGE_HEADER);
	assert_int_equal(with_field(337, "\0\0\0\0\0\0\0", 8), PACKAGE_HEADER);
}

static void sizes_and_times_are_octal_digits(void **state)
{
	(void)state;
	assert_int_equal(with_field(124, "00000000001", 12), PACKAGE_OK);
	assert_int_equal(with_field(124, "          1", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(124, "0000000001 ", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(124, "00000000009", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(124, "000000000011", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(124, "-0000000001", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(124, "\x80\0\0\0\0\0\0\0\0\0\0\1", 12), PACKAGE_HEADER);	/* base 256 */
	assert_int_equal(with_field(124, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(124, "77777777777", 12), PACKAGE_MEMBER_SIZE);
	assert_int_equal(with_field(124, "00000200001", 12), PACKAGE_MEMBER_SIZE);
	assert_int_equal(with_field(124, "00000200000", 12), PACKAGE_TRUNCATED);
	assert_int_equal(with_field(136, "14524626400 ", 12), PACKAGE_HEADER);
	assert_int_equal(with_field(136, "14524626401", 12), PACKAGE_EPOCH);
}

static void checksums_are_right_and_of_one_form(void **state)
{
	(void)state;
	reset();
	struct bytes file = written();
	buffer[148 + 5] ^= 1;
	assert_int_equal(walk(file), PACKAGE_CHECKSUM);
	buffer[148 + 5] ^= 1;
	buffer[148 + 6] = ' ';
	assert_int_equal(walk(file), PACKAGE_CHECKSUM);
	buffer[148 + 6] = 0;
	buffer[148 + 7] = 0;
	assert_int_equal(walk(file), PACKAGE_CHECKSUM);
	buffer[148 + 7] = ' ';
	buffer[148] = ' ';
	assert_int_equal(walk(file), PACKAGE_CHECKSUM);
}

static enum package_fault with_size(uint32_t part, size_t size)
{
	static uint8_t zeros[80 * 1024];

	assert_true(size <= sizeof(zeros));
	reset();
	parts[part].content = (struct bytes){ zeros, size };
	return walk(written());
}

static void members_have_their_sizes(void **state)
{
	(void)state;
	assert_int_equal(with_size(SAMPLE_MANIFEST, PACKAGE_MANIFEST_MAX), PACKAGE_OK);
	assert_int_equal(with_size(SAMPLE_MANIFEST, PACKAGE_MANIFEST_MAX + 1), PACKAGE_MEMBER_SIZE);
	assert_int_equal(with_size(SAMPLE_SIGNATURE, 95), PACKAGE_MEMBER_SIZE);
	assert_int_equal(with_size(SAMPLE_SIGNATURE, 97), PACKAGE_MEMBER_SIZE);
	assert_int_equal(with_size(SAMPLE_SIGNATURE, 0), PACKAGE_MEMBER_SIZE);
	for (size_t size = 510; size <= 514; size++)
		assert_int_equal(with_size(SAMPLE_ELF, size), PACKAGE_OK);
}

/* The caps of the large kinds, by their headers alone: what is too large is refused before its bytes are looked for. */
static void no_member_is_larger_than_its_kind_may_be(void **state)
{
	(void)state;
	static const struct { uint32_t part; uint32_t max; } caps[] = {
		{ SAMPLE_LICENSE, 1 << 20 }, { SAMPLE_SBOM, 4 << 20 }, { SAMPLE_ELF, 16 << 20 }, { SAMPLE_HEADER, 1 << 20 },
	};

	for (unsigned i = 0; i < sizeof(caps) / sizeof(caps[0]); i++) {
		for (uint32_t more = 0; more <= 1; more++) {
			reset();
			struct bytes file = written();
			uint8_t *header = header_of(caps[i].part);
			snprintf((char *)header + 124, 12, "%011o", (unsigned)(caps[i].max + more));
			mend_checksum(header);
			assert_int_equal(walk(file), more ? PACKAGE_MEMBER_SIZE : PACKAGE_TRUNCATED);
		}
	}
}

static void padding_is_zero(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SAMPLE_COUNT - 1; i++) {
		reset();
		struct bytes file = written();
		header_of(i)[PACKAGE_BLOCK + parts[i].content.size] = 1;
		assert_int_equal(walk(file), PACKAGE_PADDING);
		written();
		header_of(i)[2 * PACKAGE_BLOCK - 1] = 1;
		assert_int_equal(walk(file), PACKAGE_PADDING);
	}
}

static void all_members_are_of_one_time(void **state)
{
	(void)state;
	for (uint32_t i = 1; i < SAMPLE_COUNT; i++) {
		reset();
		parts[i].epoch++;
		assert_int_equal(walk(written()), PACKAGE_EPOCH);
	}
	reset();
	for (uint32_t i = 0; i < SAMPLE_COUNT; i++)
		parts[i].epoch = PACKAGE_EPOCH_MAX;
	assert_int_equal(walk(written()), PACKAGE_OK);
	for (uint32_t i = 0; i < SAMPLE_COUNT; i++)
		parts[i].epoch = 0;
	assert_int_equal(walk(written()), PACKAGE_OK);
}

static void a_fault_says_where(void **state)
{
	(void)state;
	struct package_iter it;
	struct package_member m;

	reset();
	struct bytes file = written();
	header_of(SAMPLE_SBOM)[10] ^= 1;
	package_iter_init(&it, file);
	for (uint32_t i = 0; i < SAMPLE_SBOM; i++)
		assert_true(package_next(&it, &m));
	assert_false(package_next(&it, &m));
	assert_int_equal(it.fault, PACKAGE_CHECKSUM);
	assert_int_equal(it.fault_at, header_of(SAMPLE_SBOM) - buffer);
	assert_int_equal(it.count, SAMPLE_SBOM);
	assert_true(strlen(package_fault_text(it.fault)) > 10);
	assert_string_equal(package_fault_text(PACKAGE_MISSING + 1), "unknown fault");
	assert_string_equal(package_fault_text((enum package_fault)1000), "unknown fault");
}

static void what_the_profile_forbids_is_not_written(void **state)
{
	(void)state;
	uint8_t file[2048];
	static const struct { const char *name; uint64_t epoch; bool fine; } cases[] = {
		{ "include/a.h", 0, true }, { "include/a.h", PACKAGE_EPOCH_MAX, true }, { "include/a.h", PACKAGE_EPOCH_MAX + 1, false },
		{ "../a.h", 0, false }, { "src/a.c", 0, false }, { "", 0, false },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct writer w = { .at = file, .size = sizeof(file) };

		package_put(&w, (struct bytes){ (const uint8_t *)cases[i].name, strlen(cases[i].name) }, BYTES_LITERAL("x"), cases[i].epoch);
		assert_int_equal(w.failed, !cases[i].fine);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_has_exactly_these_bytes),
		cmocka_unit_test(a_package_lists_as_it_was_pinned),
		cmocka_unit_test(the_writer_writes_what_the_reader_reads),
		cmocka_unit_test(every_cut_is_refused_as_truncated),
		cmocka_unit_test(every_flip_of_what_is_not_content_is_refused),
		cmocka_unit_test(nothing_may_follow_the_end),
		cmocka_unit_test(an_archive_may_not_be_too_large),
		cmocka_unit_test(nothing_but_plain_files_is_a_member),
		cmocka_unit_test(fields_have_the_form_of_the_profile),
		cmocka_unit_test(sizes_and_times_are_octal_digits),
		cmocka_unit_test(checksums_are_right_and_of_one_form),
		cmocka_unit_test(members_have_their_sizes),
		cmocka_unit_test(no_member_is_larger_than_its_kind_may_be),
		cmocka_unit_test(padding_is_zero),
		cmocka_unit_test(all_members_are_of_one_time),
		cmocka_unit_test(a_fault_says_where),
		cmocka_unit_test(what_the_profile_forbids_is_not_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
