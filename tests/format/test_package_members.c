/* SPDX-License-Identifier: Apache-2.0 */
/* Which members a package has, by what names and in which order. */
#include "package_sample.h"

static enum package_fault with_name(uint32_t part, const char *name)
{
	reset();
	parts[part].name = name;
	return walk(written());
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {
		"../hello.h", "/include/hello.h", "include//hello.h", "include/./hello.h", "include/../hello.h", "include/",
		"include\\hello.h", "include/hel lo.h", "include/\xd0\xb0.h",
	};

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(with_name(SAMPLE_HEADER, names[i]), PACKAGE_NAME);
	assert_int_equal(with_name(SAMPLE_MANIFEST, ""), PACKAGE_NAME);
	assert_int_equal(with_name(SAMPLE_HEADER, "src/hello.c"), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(with_name(SAMPLE_ELF, "elf/v9.elf"), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(with_name(SAMPLE_SBOM, "META/vex.json"), PACKAGE_UNKNOWN_MEMBER);
}

static void a_name_may_fill_its_field(void **state)
{
	(void)state;
	static char name[101];

	memset(name, 'x', 100);
	memcpy(name, "META/licenses/", 14);
	assert_int_equal(with_name(SAMPLE_LICENSE, name), PACKAGE_OK);
}

static enum package_fault swapped(uint32_t a, uint32_t b)
{
	reset();
	struct part t = parts[a];
	parts[a] = parts[b];
	parts[b] = t;
	return walk(written());
}

static void members_stand_in_their_order(void **state)
{
	(void)state;
	assert_int_equal(swapped(SAMPLE_MANIFEST, SAMPLE_SIGNATURE), PACKAGE_ORDER);
	assert_int_equal(swapped(SAMPLE_MANIFEST, SAMPLE_ELF), PACKAGE_ORDER);
	assert_int_equal(swapped(SAMPLE_SIGNATURE, SAMPLE_LICENSE), PACKAGE_MISSING);
	assert_int_equal(swapped(SAMPLE_LICENSE, SAMPLE_SBOM), PACKAGE_ORDER);
	assert_int_equal(swapped(SAMPLE_ELF, SAMPLE_HEADER), PACKAGE_ORDER);
}

static enum package_fault without(uint32_t part)
{
	reset();
	memmove(&parts[part], &parts[part + 1], (part_count - part - 1) * sizeof(parts[0]));
	part_count--;
	return walk(written());
}

static void what_must_be_there_is_missed(void **state)
{
	(void)state;
	assert_int_equal(without(SAMPLE_MANIFEST), PACKAGE_ORDER);
	assert_int_equal(without(SAMPLE_SIGNATURE), PACKAGE_MISSING);
	assert_int_equal(without(SAMPLE_LICENSE), PACKAGE_OK);
	assert_int_equal(without(SAMPLE_SBOM), PACKAGE_MISSING);
	assert_int_equal(without(SAMPLE_ELF), PACKAGE_MISSING);
	assert_int_equal(without(SAMPLE_HEADER), PACKAGE_OK);
	part_count = 0;
	assert_int_equal(walk(written()), PACKAGE_MISSING);
	part_count = 1;
	reset();
	assert_int_equal(walk((struct bytes){ NULL, 0 }), PACKAGE_TRUNCATED);
}

/* Put a part of the sample in again, by another name, before part `at`. */
static enum package_fault with_another(uint32_t part, const char *name, uint32_t at)
{
	reset();
	memmove(&parts[at + 1], &parts[at], (part_count - at) * sizeof(parts[0]));
	parts[at] = package_sample[part];
	parts[at].name = name;
	part_count++;
	return walk(written());
}

static void no_member_is_there_twice(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < SAMPLE_COUNT; i++)
		assert_int_equal(with_another(i, package_sample[i].name, i + 1), PACKAGE_DUPLICATE);
	assert_int_equal(with_another(SAMPLE_MANIFEST, "META/manifest.cbor", SAMPLE_COUNT), PACKAGE_DUPLICATE);
	assert_int_equal(with_another(SAMPLE_SBOM, "META/sbom.cdx.json", SAMPLE_COUNT), PACKAGE_DUPLICATE);
}

static void letter_case_does_not_make_another_name(void **state)
{
	(void)state;
	assert_int_equal(with_another(SAMPLE_HEADER, "include/Hello.h", SAMPLE_HEADER), PACKAGE_DUPLICATE);
	assert_int_equal(with_another(SAMPLE_HEADER, "include/Gello.h", SAMPLE_HEADER), PACKAGE_OK);
	for (char c = 'A'; c <= 'Z'; c++) {
		static char upper[] = "include/?.h", small[] = "include/?.h";

		upper[8] = c;
		small[8] = (char)(c - 'A' + 'a');
		reset();
		parts[SAMPLE_HEADER].name = upper;
		parts[SAMPLE_HEADER + 1] = parts[SAMPLE_HEADER];
		parts[SAMPLE_HEADER + 1].name = small;
		part_count = SAMPLE_COUNT + 1;
		assert_int_equal(walk(written()), PACKAGE_DUPLICATE);
	}
	/* Not neighbours: "A.h" "B.h" "a.h". */
	reset();
	parts[SAMPLE_HEADER].name = "include/A.h";
	parts[SAMPLE_HEADER + 1] = parts[SAMPLE_HEADER];
	parts[SAMPLE_HEADER + 1].name = "include/B.h";
	parts[SAMPLE_HEADER + 2] = parts[SAMPLE_HEADER];
	parts[SAMPLE_HEADER + 2].name = "include/a.h";
	part_count = SAMPLE_COUNT + 2;
	assert_int_equal(walk(written()), PACKAGE_DUPLICATE);
	assert_int_equal(with_another(SAMPLE_LICENSE, "META/licenses/mit.TXT", SAMPLE_SBOM), PACKAGE_DUPLICATE);
	assert_int_equal(with_another(SAMPLE_LICENSE, "META/licenses/MIT.txt2", SAMPLE_SBOM), PACKAGE_OK);
}

/* `extra` more signatures, or headers, than the sample has. */
static enum package_fault with_many(uint32_t part, const char *format, uint32_t extra)
{
	static char names[PACKAGE_MEMBER_MAX][64];

	reset();
	memmove(&parts[part + 1 + extra], &parts[part + 1], (SAMPLE_COUNT - part - 1) * sizeof(parts[0]));
	for (uint32_t i = 0; i < extra; i++) {
		snprintf(names[i], sizeof(names[i]), format, (unsigned)i);
		parts[part + 1 + i] = package_sample[part];
		parts[part + 1 + i].name = names[i];
	}
	part_count = SAMPLE_COUNT + extra;
	return walk(written());
}

static void there_are_at_most_eight_signatures(void **state)
{
	(void)state;
	assert_int_equal(with_many(SAMPLE_SIGNATURE, "META/sig/%016x.cose", 0), PACKAGE_OK);
	for (uint32_t extra = 1; extra <= 9; extra++)
		assert_int_equal(with_many(SAMPLE_SIGNATURE, "META/sig/f%015x.cose", extra), extra <= 7 ? PACKAGE_OK : PACKAGE_TOO_MANY);
}

static void there_are_at_most_256_members(void **state)
{
	(void)state;
	assert_int_equal(with_many(SAMPLE_HEADER, "include/x%03u.h", PACKAGE_MEMBER_MAX - SAMPLE_COUNT), PACKAGE_OK);
	assert_int_equal(with_many(SAMPLE_HEADER, "include/x%03u.h", PACKAGE_MEMBER_MAX - SAMPLE_COUNT + 1), PACKAGE_TOO_MANY);
}

/* Of a source package part i by another name. */
static enum package_fault source_named(uint32_t i, const char *name)
{
	reset_source();
	parts[i].name = name;
	return walk(written());
}

static void a_source_package_has_sources_and_nothing_else(void **state)
{
	(void)state;
	static const char *const names[] = { "elf/v7em.elf", "META/sbom.cdx.json", "include/a.h", "META/licenses/MIT", "overlays/a.dtbo", "META/manifest.cbor" };

	reset_source();
	assert_int_equal(walk(written()), PACKAGE_OK);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_int_equal(source_named(SOURCE_SAMPLE_FIRST, names[i]), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(source_named(SOURCE_SAMPLE_MANIFEST, "META/manifest.cbor"), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(with_name(SAMPLE_HEADER, "source/main.c"), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(with_name(SAMPLE_MANIFEST, "META/source.cbor"), PACKAGE_UNKNOWN_MEMBER);
}

static void no_source_leads_elsewhere(void **state)
{
	(void)state;
	assert_int_equal(source_named(SOURCE_SAMPLE_FIRST, "source/../main.c"), PACKAGE_NAME);
	assert_int_equal(source_named(SOURCE_SAMPLE_FIRST, "/source/main.c"), PACKAGE_NAME);
	assert_int_equal(source_named(SOURCE_SAMPLE_FIRST, "source/.git/hooks"), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(source_named(SOURCE_SAMPLE_FIRST, "source/out/v7em/hello.elf"), PACKAGE_UNKNOWN_MEMBER);
	assert_int_equal(source_named(SOURCE_SAMPLE_LAST, "source/MS.yaml"), PACKAGE_DUPLICATE);
	assert_int_equal(source_named(SOURCE_SAMPLE_LAST, "source/ms.yaml"), PACKAGE_DUPLICATE);
	assert_int_equal(source_named(SOURCE_SAMPLE_LAST, "source/a.c"), PACKAGE_ORDER);
}

/* Mode, type and size are of one form: no program, no owner, no link, no folder, and nothing but what the header says. */
static void a_source_has_no_rights_and_is_no_link(void **state)
{
	(void)state;
	static const struct { size_t at; const char *text; } other[] = {
		{ 100, "0004755" }, { 100, "0000755" }, { 100, "0000666" }, { 108, "0001750" }, { 156, "2" }, { 156, "1" }, { 156, "5" }, { 156, "x" }, { 157, "/etc/passwd" },
	};

	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
		reset_source();
		struct bytes file = written();

		memcpy(header_of(SOURCE_SAMPLE_LAST) + other[i].at, other[i].text, strlen(other[i].text));
		mend_checksum(header_of(SOURCE_SAMPLE_LAST));
		assert_int_equal(walk(file), PACKAGE_HEADER);
	}
	reset_source();
	struct bytes file = written();

	memcpy(header_of(SOURCE_SAMPLE_LAST) + 124, "00000007777", 11);
	mend_checksum(header_of(SOURCE_SAMPLE_LAST));
	assert_int_equal(walk(file), PACKAGE_TRUNCATED);
	memcpy(header_of(SOURCE_SAMPLE_LAST) + 124, "00000000001", 11);
	mend_checksum(header_of(SOURCE_SAMPLE_LAST));
	assert_int_equal(walk(file), PACKAGE_PADDING);
}

static void a_source_package_has_sources_and_a_signature(void **state)
{
	(void)state;
	reset_source();
	part_count = SOURCE_SAMPLE_FIRST;
	assert_int_equal(walk(written()), PACKAGE_MISSING);
	reset_source();
	memmove(&parts[SOURCE_SAMPLE_SIGNATURE], &parts[SOURCE_SAMPLE_FIRST], 2 * sizeof(parts[0]));
	part_count--;
	assert_int_equal(walk(written()), PACKAGE_MISSING);
}

/* The manifest lists 1,024 at most; a container has room for them and all signatures. */
static void there_is_an_end_to_sources(void **state)
{
	enum { MOST = PACKAGE_SOURCE_MAX + PACKAGE_SIGNATURE_MAX - 1 };
	static char names[MOST + 1][32];

	(void)state;
	for (uint32_t more = 0; more < 2; more++) {
		reset_source();
		for (uint32_t i = 0; i < MOST + more; i++) {
			snprintf(names[i], sizeof(names[i]), "source/%04u.c", (unsigned)i);
			parts[SOURCE_SAMPLE_FIRST + i] = source_sample[SOURCE_SAMPLE_FIRST];
			parts[SOURCE_SAMPLE_FIRST + i].name = names[i];
		}
		part_count = SOURCE_SAMPLE_FIRST + MOST + more;
		assert_int_equal(walk(written()), more ? PACKAGE_TOO_MANY : PACKAGE_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_lead_elsewhere_are_refused),
		cmocka_unit_test(a_name_may_fill_its_field),
		cmocka_unit_test(members_stand_in_their_order),
		cmocka_unit_test(what_must_be_there_is_missed),
		cmocka_unit_test(no_member_is_there_twice),
		cmocka_unit_test(letter_case_does_not_make_another_name),
		cmocka_unit_test(there_are_at_most_eight_signatures),
		cmocka_unit_test(there_are_at_most_256_members),
		cmocka_unit_test(a_source_package_has_sources_and_nothing_else),
		cmocka_unit_test(no_source_leads_elsewhere),
		cmocka_unit_test(a_source_has_no_rights_and_is_no_link),
		cmocka_unit_test(a_source_package_has_sources_and_a_signature),
		cmocka_unit_test(there_is_an_end_to_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
