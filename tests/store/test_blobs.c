/* SPDX-License-Identifier: Apache-2.0 */
/* What each place for blobs must keep.  A new one is a row of `places`. */
#include "blobs.h"

#include <time.h>

#include "release.h"
#include "scratch.h"

static const struct place { const char *name; int (*open)(struct blobs *b, const char *folder, struct err *e); } places[] = {
	{ "folder", blobs_folder },
};

enum { PLACE_COUNT = sizeof(places) / sizeof(*places) };

static struct blobs opened(const struct place *p)
{
	struct blobs b;
	struct err e;

	if (p->open(&b, scratch_folder, &e) < 0)
		fail_msg("%s: %s", p->name, e.text);
	return b;
}

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static const char *hash_of(const char *text)
{
	return release_sha256(bytes_of(text), &scratch);
}

static void what_is_taken_is_there_and_gone_from_where_it_was(void **state)
{
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		struct bytes content;
		struct err e;

		write_text("body", "a package");
		b.expect(&b, "body");
		b.expect(&b, "no-such-file");
		assert_int_equal(b.take(&b, hash_of("a package"), "body", &e), MS_OK);
		assert_int_equal(b.settle(&b, &e), MS_OK);
		assert_false(file_exists("body"));
		assert_int_equal(blobs_read(&b, hash_of("a package"), 100, &scratch, &content, &e), MS_OK);
		assert_memory_equal(content.at, "a package", 9);
		assert_int_equal(content.size, 9);
	}
}

static void taking_it_again_is_no_failure(void **state)
{
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		struct list names = { 0 };
		struct err e;

		for (int times = 0; times < 2; times++) {
			write_text("body", "twice");
			assert_int_equal(b.take(&b, hash_of("twice"), "body", &e), MS_OK);
			assert_int_equal(b.add(&b, hash_of("twice"), bytes_of("twice"), &e), MS_OK);
		}
		assert_int_equal(b.list(&b, &scratch, &names, &e), MS_OK);
		assert_int_equal(names.count, 1);
		assert_string_equal(names.at[0], hash_of("twice"));
	}
}

/* As a power cut may leave it: the name is there, and the bytes are not. */
static void what_is_added_takes_the_place_of_what_is_not_whole(void **state)
{
	static const char *const before[] = { "", "who", "whole, and more" };
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		struct bytes content;
		struct err e;

		for (size_t k = 0; k < sizeof(before) / sizeof(*before); k++) {
			write_text("body", before[k]);
			assert_int_equal(b.take(&b, hash_of("whole"), "body", &e), MS_OK);
			assert_int_equal(b.add(&b, hash_of("whole"), bytes_of("whole"), &e), MS_OK);
			assert_int_equal(b.sync(&b, hash_of("whole"), &e), MS_OK);
			assert_int_equal(blobs_read(&b, hash_of("whole"), 100, &scratch, &content, &e), MS_OK);
		}
		assert_true(b.sync(&b, hash_of("nothing"), &e) < 0);
	}
}

static void what_is_not_there_is_said(void **state)
{
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		uint64_t size;
		struct err e;

		assert_int_equal(b.open(&b, hash_of("nothing"), &size, &e), -MS_ENOENT);
		assert_true(b.take(&b, hash_of("nothing"), "no-such-file", &e) < 0);
		assert_int_equal(b.open(&b, hash_of("nothing"), &size, &e), -MS_ENOENT);
	}
}

static void other_bytes_under_its_name_are_refused(void **state)
{
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		struct bytes content;
		struct err e;

		assert_int_equal(b.add(&b, hash_of("good"), bytes_of("evil"), &e), MS_OK);
		assert_int_equal(blobs_read(&b, hash_of("good"), 100, &scratch, &content, &e), -MS_ESIGNATURE);
	}
}

static void a_blob_above_the_limit_is_not_read(void **state)
{
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		struct bytes content;
		struct err e;

		assert_int_equal(b.add(&b, hash_of("12345"), bytes_of("12345"), &e), MS_OK);
		assert_int_equal(blobs_read(&b, hash_of("12345"), 4, &scratch, &content, &e), -MS_EFBIG);
		assert_int_equal(blobs_read(&b, hash_of("12345"), 5, &scratch, &content, &e), MS_OK);
	}
}

static void what_is_removed_is_gone_and_what_is_read_is_read_on(void **state)
{
	(void)state;
	for (int i = 0; i < PLACE_COUNT; i++) {
		struct blobs b = opened(&places[i]);
		uint64_t size, since, before = (uint64_t)time(NULL);
		char read_on[4] = "";
		struct err e;

		assert_int_equal(b.add(&b, hash_of("going"), bytes_of("going"), &e), MS_OK);
		assert_int_equal(b.since(&b, hash_of("going"), &since, &e), MS_OK);
		assert_in_range(since, before - 2, before + 600);	/* a file system's clock is a little behind */
		int fd = b.open(&b, hash_of("going"), &size, &e);
		assert_true(fd >= 0);
		assert_int_equal(b.remove(&b, hash_of("going"), &e), MS_OK);
		assert_int_equal(b.remove(&b, hash_of("going"), &e), MS_OK);
		assert_int_equal(b.open(&b, hash_of("going"), &size, &e), -MS_ENOENT);
		assert_true(b.since(&b, hash_of("going"), &since, &e) < 0);
		assert_int_equal(read(fd, read_on, 3), 3);
		assert_string_equal(read_on, "goi");
		close(fd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_is_taken_is_there_and_gone_from_where_it_was),
		scratch_test(taking_it_again_is_no_failure),
		scratch_test(what_is_added_takes_the_place_of_what_is_not_whole),
		scratch_test(what_is_not_there_is_said),
		scratch_test(other_bytes_under_its_name_are_refused),
		scratch_test(a_blob_above_the_limit_is_not_read),
		scratch_test(what_is_removed_is_gone_and_what_is_read_is_read_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
