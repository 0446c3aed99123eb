/* SPDX-License-Identifier: Apache-2.0 */
/* Entries that are put aside are read again as they were, in any order; and where there is no room for them, that is said. */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "scratch.h"
#include "tlog.h"

enum { COUNT = 3 * TLOG_WIDTH + 77 };

static struct err e;
static struct bytes entries[COUNT];

/* Of all sizes that an entry of a log can have. */
static struct bytes make_entry(unsigned i)
{
	size_t size = i % 97 == 0 ? TLOG_ENTRY_MAX : 1 + i * 37u % 500;
	uint8_t *at = arena_take(&scratch, size);

	memset(at, (int)(i % 251), size);
	return (struct bytes){ at, size };
}

static void fill(struct spool *s, struct list *bundles)
{
	struct text *t = NULL;

	for (unsigned i = 0; i < COUNT; i++) {
		if (i % TLOG_WIDTH == 0)
			list_push(bundles, &scratch, t = arena_new(&scratch, struct text));
		entries[i] = make_entry(i);
		tlog_bundle_add(t, entries[i], &scratch);
	}
	for (size_t i = 0; i < bundles->count; i++) {
		t = bundles->at[i];
		assert_int_equal(spool_add(s, (struct bytes){ (uint8_t *)t->at, t->size }, &e), MS_OK);
	}
}

static void what_was_put_aside_comes_back_as_it_was(void **state)
{
	(void)state;
	struct list bundles = { 0 };
	struct spool s = { 0 };
	struct bytes got;

	assert_int_equal(spool_open(&s, &e), MS_OK);
	fill(&s, &bundles);
	struct ledger_entries from = spool_entries(&s);
	for (unsigned i = 0; i < COUNT; i++) {
		unsigned index = i * 389u % COUNT;

		assert_int_equal(from.read(from.context, index, &scratch, &got, &e), MS_OK);
		assert_true(bytes_equal(got, entries[index]));
	}
	for (size_t i = bundles.count; i-- > 0;) {
		const struct text *t = bundles.at[i];

		assert_int_equal(spool_bundle(&s, i, &scratch, &got, &e), MS_OK);
		assert_true(bytes_equal(got, (struct bytes){ (uint8_t *)t->at, t->size }));
	}
	spool_close(&s);
}

static void nothing_of_it_has_a_name_in_the_folder(void **state)
{
	(void)state;
	struct list bundles = { 0 }, names = { 0 };
	struct spool s = { 0 };

	assert_int_equal(file_make_folders("aside", &scratch, &e), MS_OK);
	assert_int_equal(setenv("TMPDIR", "aside", 1), 0);
	assert_int_equal(spool_open(&s, &e), MS_OK);
	fill(&s, &bundles);
	assert_int_equal(file_list("aside", &scratch, &names, &e), MS_OK);
	assert_int_equal(names.count, 0);
	spool_close(&s);
	assert_int_equal(unsetenv("TMPDIR"), 0);
}

static void where_nothing_can_be_put_aside_the_folder_is_named(void **state)
{
	(void)state;
	struct spool s = { 0 };

	assert_int_equal(setenv("TMPDIR", "not/there", 1), 0);
	assert_true(spool_open(&s, &e) < 0);
	assert_non_null(strstr(e.text, "not/there"));
	assert_non_null(strstr(e.fix, "TMPDIR"));
	spool_close(&s);
	assert_int_equal(unsetenv("TMPDIR"), 0);
}

/* A program may be begun without its standard input: the file is then descriptor 0, and is closed as any other. */
static void the_first_descriptor_is_one_as_well(void **state)
{
	(void)state;
	struct spool s = { 0 };
	int kept = dup(0);

	close(0);
	assert_int_equal(spool_open(&s, &e), MS_OK);
	assert_int_equal(s.fd, 0);
	assert_int_equal(fcntl(0, F_GETFD), FD_CLOEXEC);
	spool_close(&s);
	assert_int_equal(fcntl(0, F_GETFD), -1);
	assert_int_equal(dup2(kept, 0), 0);
	close(kept);
}

/* As when somebody cuts it, or the disk lost it. */
static void what_is_not_there_any_more_is_said(void **state)
{
	(void)state;
	struct list bundles = { 0 };
	struct spool s = { 0 };
	struct bytes got;

	assert_int_equal(spool_open(&s, &e), MS_OK);
	fill(&s, &bundles);
	assert_int_equal(ftruncate(s.fd, 5), 0);
	errno = 0;
	assert_true(spool_bundle(&s, 0, &scratch, &got, &e) < 0);
	assert_int_equal(e.code, -MS_EIO);
	assert_non_null(strstr(e.text, "cannot read again what was put aside"));
	spool_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(what_was_put_aside_comes_back_as_it_was),
		scratch_test(nothing_of_it_has_a_name_in_the_folder),
		scratch_test(where_nothing_can_be_put_aside_the_folder_is_named),
		scratch_test(the_first_descriptor_is_one_as_well),
		scratch_test(what_is_not_there_any_more_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
