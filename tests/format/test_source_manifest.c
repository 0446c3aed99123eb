/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include <ms/abi/abi.h>

#include "cbor.h"
#include "source_sample.h"

static struct source_manifest sample, back;
static uint8_t buffer[4096];

static struct bytes encoded(void)
{
	struct writer w = { .at = buffer, .size = sizeof(buffer) };

	source_manifest_encode(&sample, &w);
	assert_false(w.failed);
	return writer_bytes(&w);
}

static int decoded(void)
{
	struct bytes in = encoded();
	uint8_t *copy = exact_copy(in);
	int rc = source_manifest_decode((struct bytes){ copy, in.size }, &back);

	free(copy);
	return rc;
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	source_sample_fill(&sample);
	assert_int_equal(source_manifest_decode(encoded(), &back), MS_OK);
	assert_int_equal(back.file_count, 3);
	assert_true(bytes_equal(back.files[2].path, sample.files[2].path));
	assert_int_equal(back.target_count, 2);
	assert_int_equal(back.outline_end[0], 2);
	assert_int_equal(back.outline_end[1], 3);
	assert_true(back.outline[0].is_section && !back.outline[1].is_section);
	assert_true(bytes_equal(back.outline[1].name, sample.outline[1].name));
}

static void each_cut_and_each_byte_behind_it_is_refused(void **state)
{
	(void)state;
	source_sample_fill(&sample);
	struct bytes whole = encoded();

	for (size_t size = 0; size < whole.size; size++) {
		uint8_t *copy = exact_copy(bytes_part(whole, 0, size));

		assert_int_equal(source_manifest_decode((struct bytes){ copy, size }, &back), -MS_EFORMAT);
		assert_int_equal(back.file_count, 0);
		free(copy);
	}
	buffer[whole.size] = 0;
	assert_int_equal(source_manifest_decode((struct bytes){ buffer, whole.size + 1 }, &back), -MS_EFORMAT);
}

/* A flipped bit gives another manifest that is written as it is, or none. */
static void nothing_is_read_that_would_be_written_otherwise(void **state)
{
	(void)state;
	source_sample_fill(&sample);
	struct bytes whole = encoded();
	uint8_t *copy = exact_copy(whole);
	static uint8_t again[4096];

	for (size_t bit = 0; bit < 8 * whole.size; bit++) {
		copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (source_manifest_decode((struct bytes){ copy, whole.size }, &back) == MS_OK) {
			struct writer w = { .at = again, .size = sizeof(again) };

			source_manifest_encode(&back, &w);
			assert_true(bytes_equal(writer_bytes(&w), (struct bytes){ copy, whole.size }));
		}
		copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	free(copy);
}

static int with_path(uint32_t i, const char *path)
{
	source_sample_fill(&sample);
	sample.files[i].path = (struct bytes){ (const uint8_t *)path, strlen(path) };
	return decoded();
}

static void no_path_leads_out_of_the_project(void **state)
{
	(void)state;
	static const char *const paths[] = {
		"source/../a", "/source/a", "source//a", "source/./a", "source/.git/config", "source/out/a", "a", "META/source.cbor", "elf/v7em.elf", "source/a b", "source",
		"source/", "source/src/..",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (with_path(0, paths[i]) != -MS_EFORMAT)
			fail_msg("'%s' is taken", paths[i]);
	assert_int_equal(with_path(0, "source/A"), MS_OK);
}

static void files_are_sorted_and_none_is_a_folder_too(void **state)
{
	(void)state;
	assert_int_equal(with_path(0, "source/ms.yaml"), -MS_EFORMAT);
	assert_int_equal(with_path(0, "source/n"), -MS_EFORMAT);
	assert_int_equal(with_path(1, "source/src"), -MS_EFORMAT);
	assert_int_equal(with_path(1, "source/src-1"), MS_OK);
}

static void lists_have_limits(void **state)
{
	(void)state;
	source_sample_fill(&sample);
	sample.file_count = 0;
	assert_int_equal(decoded(), -MS_EFORMAT);
	source_sample_fill(&sample);
	sample.signature_count = 0;
	assert_int_equal(decoded(), -MS_EFORMAT);
	source_sample_fill(&sample);
	sample.outline[0].is_section = false;
	assert_int_equal(decoded(), -MS_EFORMAT);
	source_sample_fill(&sample);
	sample.outline[1].name = (struct bytes){ (const uint8_t *)"a\x1b[2J", 5 };
	assert_int_equal(decoded(), -MS_EFORMAT);
	source_sample_fill(&sample);
	sample.files[0].size = (uint64_t)PACKAGE_SIZE_MAX + 1;
	assert_int_equal(decoded(), -MS_EFORMAT);
}

static void another_format_is_told_from_a_damaged_one(void **state)
{
	(void)state;
	source_sample_fill(&sample);
	struct bytes whole = encoded();

	assert_int_equal(source_manifest_decode(whole, &back), MS_OK);
	assert_int_equal(buffer[1], 1);
	buffer[2] = 2;
	assert_int_equal(source_manifest_decode(whole, &back), -MS_EINCOMPATIBLE);
	assert_int_equal(back.file_count + back.target_count + back.signature_count, 0);
}

static void of_what_is_too_large_nothing_is_left_either(void **state)
{
	(void)state;
	source_sample_fill(&sample);
	assert_int_equal(source_manifest_decode(encoded(), &back), MS_OK);
	assert_int_equal(source_manifest_decode((struct bytes){ buffer, PACKAGE_SOURCE_MANIFEST_MAX + 1 }, &back), -MS_EFORMAT);
	assert_int_equal(back.file_count + back.target_count + back.signature_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(each_cut_and_each_byte_behind_it_is_refused),
		cmocka_unit_test(nothing_is_read_that_would_be_written_otherwise),
		cmocka_unit_test(no_path_leads_out_of_the_project),
		cmocka_unit_test(files_are_sorted_and_none_is_a_folder_too),
		cmocka_unit_test(lists_have_limits),
		cmocka_unit_test(another_format_is_told_from_a_damaged_one),
		cmocka_unit_test(of_what_is_too_large_nothing_is_left_either),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
