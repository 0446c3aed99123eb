/* SPDX-License-Identifier: Apache-2.0 */
/* A manifest is read as it was written, or refused as a whole; what each field may say. */
#include "manifest_case.h"

static enum verdict verdict(struct bytes in)
{
	int rc = manifest_decode(in, &out);

	return verdict_of(rc, in, rc == MS_OK ? encoded(&out) : in);
}

static enum verdict verdict_meta(struct bytes in)
{
	int rc = manifest_decode_meta(in, &out);

	return verdict_of(rc, in, rc == MS_OK ? encoded_meta(&out) : in);
}

static void what_was_written_is_read(void **state)
{
	(void)state;
	manifest_sample(&m);
	struct bytes in = encoded(&m);
	assert_true(cbor_valid(in));
	assert_int_equal(manifest_decode(in, &out), MS_OK);
	assert_true(bytes_equal(out.name, m.name));
	assert_memory_equal(&out.version, &m.version, sizeof(m.version));
	assert_true(bytes_equal(out.version_text, m.version_text));
	assert_memory_equal(out.component, m.component, 16);
	assert_memory_equal(out.vendor, m.vendor, 16);
	assert_int_equal(out.security_counter, 6);
	assert_int_equal(out.target_count, 2);
	assert_int_equal(out.targets[1], MS_TARGET_V8M);
	assert_int_equal(out.abi_major, 1);
	assert_int_equal(out.stack_size, 1024);
	assert_int_equal(out.heap_size, 2048);
	assert_int_equal(out.request_count, 2);
	assert_int_equal(out.provide_count, 1);
	assert_true(bytes_equal(out.provides[0].name, m.provides[0].name));
	assert_int_equal(out.call_count, 2);
	assert_int_equal(out.calls[0].version, 300);
	assert_int_equal(out.calls[0].flags, MANIFEST_WEAK);
	assert_memory_equal(out.requests, m.requests, 2 * sizeof(m.requests[0]));
	assert_int_equal(out.member_count, 5);
	assert_true(bytes_equal(out.members[4].path, BYTES_LITERAL("include/hello.h")));
	assert_true(out.members[0].size == 11357);
	assert_memory_equal(out.members[0].sha256, sample_hash, 32);
	assert_true(bytes_equal(out.license, m.license));
	assert_true(out.source_epoch == 1700000000);
	assert_memory_equal(out.build_id[1], sample_build_id, 20);
	assert_memory_equal(out.image_sha256[1], sample_hash, 32);
}

static int with_words(const char *words, size_t size)
{
	manifest_sample(&m);
	manifest_sample_build(&m);
	m.build.words = (struct bytes){ (const uint8_t *)words, size };
	return manifest_decode(encoded(&m), &out);
}

static void how_it_was_built_is_read_or_refused(void **state)
{
	(void)state;
	manifest_sample(&m);
	manifest_sample_build(&m);
	assert_int_equal(manifest_decode(encoded(&m), &out), MS_OK);
	assert_true(bytes_equal(out.build.sdk, m.build.sdk));
	assert_true(bytes_equal(out.build.linker, m.build.linker));
	assert_true(out.build.release);
	assert_true(bytes_equal(out.build.words, m.build.words));
	assert_true(bytes_equal(out.build.own[0], m.build.own[0]));
	assert_int_equal(with_words("\x80", 1), MS_OK);
	assert_int_equal(with_words("\x81\x60", 2), -MS_EFORMAT);	/* an empty word */
	assert_int_equal(with_words("\x81\x61\x1b", 3), -MS_EFORMAT);	/* one that drives a terminal */
	assert_int_equal(with_words("\x81\x01", 2), -MS_EFORMAT);	/* a number */
	assert_int_equal(with_words("\x82\x61x", 3), -MS_EFORMAT);	/* fewer than it says */
	assert_int_equal(with_words("\x99\x02\x01", 3), -MS_EFORMAT);	/* 513 of them */
	manifest_sample(&m);
	assert_int_equal(manifest_decode(encoded(&m), &out), MS_OK);
	assert_int_equal(out.build.sdk.size, 0);
}

static void the_note_is_the_first_part_with_one_target(void **state)
{
	(void)state;
	manifest_sample(&m);
	struct bytes in = encoded_meta(&m);
	assert_true(in.size <= MANIFEST_META_MAX);
	assert_int_equal(manifest_decode_meta(in, &out), MS_OK);
	assert_int_equal(out.target_count, 1);
	assert_int_equal(out.targets[0], MS_TARGET_V7EM);
	assert_true(bytes_equal(out.name, m.name));
	assert_int_equal(out.request_count, 2);
	assert_int_equal(out.member_count, 0);
	assert_int_equal(out.license.size, 0);
	assert_null(out.build_id[0]);
}

static void note_and_package_are_not_taken_for_each_other(void **state)
{
	(void)state;
	manifest_sample(&m);
	assert_int_equal(manifest_decode_meta(encoded(&m), &out), -MS_EFORMAT);
	assert_int_equal(manifest_decode(encoded_meta(&m), &out), -MS_EFORMAT);
}

static void a_manifest_cut_short_is_refused(void **state)
{
	(void)state;
	manifest_sample(&m);
	uint8_t *copy = exact_copy(encoded(&m));
	every_cut_is_refused((struct bytes){ copy, encoded(&m).size }, verdict);
	free(copy);
	copy = exact_copy(encoded_meta(&m));
	every_cut_is_refused((struct bytes){ copy, encoded_meta(&m).size }, verdict_meta);
	free(copy);
}

static void a_flipped_manifest_is_refused_or_another(void **state)
{
	(void)state;
	manifest_sample(&m);
	uint8_t *copy = exact_copy(encoded(&m));
	assert_true(every_flip_is_refused_or_canonical((struct bytes){ copy, encoded(&m).size }, verdict) > 1000);
	free(copy);
	copy = exact_copy(encoded_meta(&m));
	assert_true(every_flip_is_refused_or_canonical((struct bytes){ copy, encoded_meta(&m).size }, verdict_meta) > 200);
	free(copy);
}

static void a_refused_manifest_leaves_the_result_alone(void **state)
{
	(void)state;
	manifest_sample(&m);
	out = (struct manifest){ .security_counter = 99 };
	struct bytes in = encoded(&m);
	in.size--;
	assert_int_equal(manifest_decode(in, &out), -MS_EFORMAT);
	assert_int_equal(out.security_counter, 99);
	assert_int_equal(out.name.size, 0);
}

static void another_format_or_abi_is_incompatible(void **state)
{
	(void)state;
	BOTH_WITH(-MS_EINCOMPATIBLE, m.abi_major = 2);
	BOTH_WITH(-MS_EINCOMPATIBLE, m.abi_major = 0);
	BOTH_WITH(MS_OK, m.abi_minor = UINT16_MAX);
	manifest_sample(&m);
	struct bytes in = encoded(&m);
	assert_int_equal(buffer[2], 1);
	buffer[2] = 2;
	assert_int_equal(manifest_decode(in, &out), -MS_EINCOMPATIBLE);
	buffer[2] = 0x20;
	assert_int_equal(manifest_decode(in, &out), -MS_EFORMAT);
}

static void names_are_of_vendor_and_service(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "/", "hello", "example.org/", "/hello", "a/b/c", "Example.org/hello", "example.org/Hello", "exa mple/hello",
		"example.org/hel lo", "exa_mple/hello", "\xd0\xb0/hello", "example.org//hello",
		"a/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	static const char *const good[] = { "a/b", "example.org/hello", "x-1.example/a_b-c.2", "az09.-/az09._-", "a/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	static char long_vendor[110];

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		BOTH_WITH(-MS_EFORMAT, (m.name = (struct bytes){ (const uint8_t *)bad[i], strlen(bad[i]) }));
	for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		BOTH_WITH(MS_OK, (m.name = (struct bytes){ (const uint8_t *)good[i], strlen(good[i]) }));

	memset(long_vendor, 'a', sizeof(long_vendor));
	memcpy(long_vendor + 100, "/b", 2);
	BOTH_WITH(MS_OK, (m.name = (struct bytes){ (const uint8_t *)long_vendor, 102 }));
	memcpy(long_vendor + 100, "a/b", 3);
	BOTH_WITH(-MS_EFORMAT, (m.name = (struct bytes){ (const uint8_t *)long_vendor, 103 }));
}

static void texts_are_printable_and_not_empty(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "1.0\n", "\x7f", "1.0\x1b[2J", "1.\xc3\xa4" };
	static const uint8_t a[300] = { 0 };

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct bytes text = { (const uint8_t *)bad[i], strlen(bad[i]) };

		BOTH_WITH(-MS_EFORMAT, m.version_text = text);
		PACKAGE_WITH(-MS_EFORMAT, m.license = text);
		PACKAGE_WITH(-MS_EFORMAT, m.members[0].media = text);
	}
	BOTH_WITH(-MS_EFORMAT, (m.version_text = (struct bytes){ a, 1 }));
	BOTH_WITH(MS_OK, m.version_text = BYTES_LITERAL("1"));
	BOTH_WITH(MS_OK, m.version_text = BYTES_LITERAL("~ !"));
	static char x[300];
	memset(x, 'x', sizeof(x));
	BOTH_WITH(MS_OK, (m.version_text = (struct bytes){ (uint8_t *)x, 64 }));
	BOTH_WITH(-MS_EFORMAT, (m.version_text = (struct bytes){ (uint8_t *)x, 65 }));
	PACKAGE_WITH(MS_OK, (m.license = (struct bytes){ (uint8_t *)x, 256 }));
	PACKAGE_WITH(-MS_EFORMAT, (m.license = (struct bytes){ (uint8_t *)x, 257 }));
	PACKAGE_WITH(-MS_EFORMAT, (m.members[4].media = (struct bytes){ (uint8_t *)x, 65 }));
}

static void targets_are_known_sorted_and_unique(void **state)
{
	(void)state;
	PACKAGE_WITH(MS_OK, m.target_count = 1);
	PACKAGE_WITH(-MS_EFORMAT, m.target_count = 0);
	PACKAGE_WITH(-MS_EFORMAT, m.targets[1] = MS_TARGET_V7EM);
	PACKAGE_WITH(-MS_EFORMAT, m.targets[1] = MS_TARGET_V7M);
	PACKAGE_WITH(-MS_EFORMAT, m.targets[1] = 8);
	BOTH_WITH(-MS_EFORMAT, m.targets[0] = 0);
	BOTH_WITH(-MS_EFORMAT, m.targets[0] = 200);
	BOTH_WITH(MS_OK, m.targets[0] = MS_TARGET_V6M);
}

static void the_mode_is_fixed_or_not_there(void **state)
{
	(void)state;
	manifest_sample(&m);
	m.fixed = true;
	struct bytes in = encoded_meta(&m);

	assert_int_equal(manifest_decode_meta(in, &out), MS_OK);
	assert_true(out.fixed);
	assert_int_equal(buffer[in.size - 1], 1);
	buffer[in.size - 1] = 2;
	assert_int_equal(manifest_decode_meta(in, &out), -MS_EFORMAT);
	buffer[in.size - 1] = 0;
	assert_int_equal(manifest_decode_meta(in, &out), -MS_EFORMAT);
	assert_int_equal(manifest_decode(encoded(&m), &out), MS_OK);
	assert_true(out.fixed);
	m.fixed = false;
	assert_int_equal(manifest_decode(encoded(&m), &out), MS_OK);
	assert_false(out.fixed);
}

static void memory_is_what_an_image_may_have(void **state)
{
	(void)state;
	BOTH_WITH(MS_OK, m.stack_size = 256);
	BOTH_WITH(-MS_EFORMAT, m.stack_size = 224);
	BOTH_WITH(-MS_EFORMAT, m.stack_size = 1000);
	BOTH_WITH(-MS_EFORMAT, m.stack_size = IMAGE_STACK_MAX + 32);
	BOTH_WITH(MS_OK, m.heap_size = 0);
	BOTH_WITH(-MS_EFORMAT, m.heap_size = 4);
	BOTH_WITH(-MS_EFORMAT, m.heap_size = UINT32_MAX);
}

static void requests_are_known_sorted_and_unique(void **state)
{
	(void)state;
	BOTH_WITH(MS_OK, m.request_count = 0);
	BOTH_WITH(MS_OK, (m.requests[1] = (struct manifest_request){ 0x01000006, 1, 0 }));
	BOTH_WITH(-MS_EFORMAT, (m.requests[1] = (struct manifest_request){ 0x01000005, 1, 0 }));
	BOTH_WITH(-MS_EFORMAT, (m.requests[1] = (struct manifest_request){ 0x01000004, 1, 0 }));
	BOTH_WITH(-MS_EFORMAT, m.requests[1].object = 0x0b000000);
	BOTH_WITH(-MS_EFORMAT, m.requests[1].operations = 8);
	BOTH_WITH(-MS_EFORMAT, m.requests[1].operations = 0);
	BOTH_WITH(MS_OK, m.requests[1].argument = UINT32_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(how_it_was_built_is_read_or_refused),
		cmocka_unit_test(the_note_is_the_first_part_with_one_target),
		cmocka_unit_test(note_and_package_are_not_taken_for_each_other),
		cmocka_unit_test(a_manifest_cut_short_is_refused),
		cmocka_unit_test(a_flipped_manifest_is_refused_or_another),
		cmocka_unit_test(a_refused_manifest_leaves_the_result_alone),
		cmocka_unit_test(another_format_or_abi_is_incompatible),
		cmocka_unit_test(names_are_of_vendor_and_service),
		cmocka_unit_test(texts_are_printable_and_not_empty),
		cmocka_unit_test(targets_are_known_sorted_and_unique),
		cmocka_unit_test(the_mode_is_fixed_or_not_there),
		cmocka_unit_test(memory_is_what_an_image_may_have),
		cmocka_unit_test(requests_are_known_sorted_and_unique),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
