/* SPDX-License-Identifier: Apache-2.0 */
#include "err.h"

#include <errno.h>
#include <string.h>

#include "captured.h"

static void setting_returns_the_code_and_forgets_the_last_failure(void **state)
{
	(void)state;
	struct err e = { 0 };

	assert_int_equal(err_set(&e, -MS_EPROJECT, "unknown key '%s'", "memry"), -MS_EPROJECT);
	err_fix(&e, "did you mean '%s'?", "memory");
	assert_int_equal(err_at(&e, "ms.yaml", 3, 9), -MS_EPROJECT);
	assert_string_equal(e.text, "unknown key 'memry'");
	assert_string_equal(e.fix, "did you mean 'memory'?");
	assert_string_equal(e.file, "ms.yaml");
	assert_int_equal(e.line, 3);
	assert_int_equal(e.column, 9);

	assert_int_equal(err_set(&e, -MS_EIO, "worse"), -MS_EIO);
	assert_int_equal(e.code, -MS_EIO);
	assert_string_equal(e.text, "worse");
	assert_string_equal(e.fix, "");
	assert_string_equal(e.file, "");
	assert_int_equal(e.line, 0);
}

static void a_failure_may_quote_itself(void **state)
{
	(void)state;
	struct err e;

	err_set(&e, -MS_EIO, "inner");
	err_set(&e, -MS_EPROJECT, "outer: %s", e.text);
	assert_string_equal(e.text, "outer: inner");
	err_fix(&e, "one");
	err_fix(&e, "%s and two", e.fix);
	assert_string_equal(e.fix, "one and two");
}

static void what_is_too_long_is_cut_between_characters(void **state)
{
	(void)state;
	struct err e;
	char text[3001] = "";

	for (int i = 0; i < 1500; i++)
		strcpy(text + 2 * i, "\xc3\xa4");
	for (int shift = 0; shift < 3; shift++) {
		err_set(&e, -MS_EIO, "%.*s%s", shift, "xxx", text);
		size_t size = strlen(e.text);
		assert_true(size >= sizeof(e.text) - 3);
		assert_string_equal(e.text + size - 3, "...");
		assert_int_equal((size - 3 - (size_t)shift) % 2, 0);
	}
	err_at(&e, text, 1, 1);
	assert_int_equal(strlen(e.file), sizeof(e.file) - 1);
}

static void errno_becomes_our_number_a_sentence_and_a_fix(void **state)
{
	(void)state;
	struct err e;
	static const struct { int host, ours; } pairs[] = {
		{ ENOENT, -MS_ENOENT }, { ENOTDIR, -MS_ENOENT }, { EACCES, -MS_EACCES }, { EROFS, -MS_EACCES },
		{ EEXIST, -MS_EEXIST }, { EISDIR, -MS_EINVAL }, { ENAMETOOLONG, -MS_EINVAL }, { ELOOP, -MS_EINVAL },
		{ EFBIG, -MS_EFBIG }, { ENOSPC, -MS_ENOSPC }, { EDQUOT, -MS_ENOSPC }, { EINTR, -MS_EINTR },
		{ ETIMEDOUT, -MS_ETIMEDOUT }, { EBUSY, -MS_EBUSY }, { ENOTEMPTY, -MS_EBUSY }, { EPIPE, -MS_EIO },
		{ EXDEV, -MS_EIO },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		errno = pairs[i].host;
		assert_int_equal(err_errno(&e, "cannot open '%s'", "x"), pairs[i].ours);
	}
	errno = ENOSPC;
	err_errno(&e, "cannot write '%s'", "x");
	assert_string_equal(e.text, "cannot write 'x': No space left on device");
	assert_string_equal(e.fix, "make room on that disk and run the command again");
}

static void a_failure_has_an_exit_status(void **state)
{
	(void)state;
	static const struct { int code, status; } pairs[] = {
		{ 0, 0 }, { -MS_EUSAGE, 2 }, { -MS_EPROJECT, 3 }, { -MS_ETESTS, 4 }, { -MS_EVERDICT, 5 },
		{ -MS_ETOOL, 6 }, { -MS_ESIGNATURE, 7 }, { -MS_EFORMAT, 7 }, { -MS_EINCOMPATIBLE, 8 },
		{ -MS_EINTR, 130 }, { -MS_EIO, 1 }, { -MS_ENOENT, 1 }, { -MS_EBUSY, 1 }, { -424242, 1 },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct err e = { .code = pairs[i].code };
		assert_int_equal(err_exit_status(&e), pairs[i].status);
	}
}

static void what_a_script_tells_apart_has_a_status_of_its_own(void **state)
{
	(void)state;
	static const struct { int id, status; } pairs[] = {
		{ ERR_STORE_UNREACHABLE, 9 }, { ERR_STORE_ANSWER, 9 }, { ERR_STORE_MOVES, 9 }, { ERR_STORE_RIGHT, 10 }, { ERR_STORE_NOT_AUTHORISED, 10 }, { ERR_LOCK_DIFFERS, 11 }, { ERR_NO_FILE, 1 },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct err e;

		err_set(&e, pairs[i].id, "it is so");
		assert_int_equal(err_exit_status(&e), pairs[i].status);
	}
}

static void numbers_have_names(void **state)
{
	(void)state;

	assert_string_equal(err_name(-MS_ENOENT), "ENOENT");
	assert_string_equal(err_name(-MS_EINCOMPATIBLE), "EINCOMPATIBLE");
	assert_string_equal(err_name(0), "OK");
	assert_string_equal(err_name(-424242), "UNKNOWN");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(setting_returns_the_code_and_forgets_the_last_failure),
		cmocka_unit_test(a_failure_may_quote_itself),
		cmocka_unit_test(what_is_too_long_is_cut_between_characters),
		cmocka_unit_test(errno_becomes_our_number_a_sentence_and_a_fix),
		cmocka_unit_test(a_failure_has_an_exit_status),
		cmocka_unit_test(what_a_script_tells_apart_has_a_status_of_its_own),
		cmocka_unit_test(numbers_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
