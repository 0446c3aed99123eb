/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"
#include "scratch.h"

static void paths_are_joined(void **state)
{
	(void)state;

	assert_string_equal(path_join(&scratch, "a", "b"), "a/b");
	assert_string_equal(path_join(&scratch, "a/", "b"), "a/b");
	assert_string_equal(path_join(&scratch, "/", "b"), "/b");
	assert_string_equal(path_join(&scratch, "", "b"), "b");
	assert_string_equal(path_join(&scratch, ".", "b"), "b");
	assert_string_equal(path_join(&scratch, "a", "/b"), "/b");
}

static void a_path_has_a_folder_and_a_name(void **state)
{
	(void)state;

	assert_string_equal(path_name("a/b/c.c"), "c.c");
	assert_string_equal(path_name("c.c"), "c.c");
	assert_string_equal(path_name("a/"), "");
	assert_string_equal(path_folder(&scratch, "a/b/c.c"), "a/b");
	assert_string_equal(path_folder(&scratch, "a//c.c"), "a");
	assert_string_equal(path_folder(&scratch, "c.c"), ".");
	assert_string_equal(path_folder(&scratch, "/c.c"), "/");
}

static void an_absolute_path_keeps_links_and_parents(void **state)
{
	(void)state;
	const char *here = path_real(&scratch, ".");

	assert_non_null(here);
	assert_string_equal(path_absolute(&scratch, "/a/./b//c/"), "/a/b/c");
	assert_string_equal(path_absolute(&scratch, "/a/../b"), "/a/../b");
	assert_string_equal(path_absolute(&scratch, "/"), "/");
	assert_string_equal(path_absolute(&scratch, "x"), arena_printf(&scratch, "%s/x", here));
	assert_string_equal(path_absolute(&scratch, "."), here);
}

static void a_real_path_is_there(void **state)
{
	(void)state;
	const char *here = path_real(&scratch, scratch_folder);

	write_text("file", "");
	assert_int_equal(symlink("file", "link"), 0);
	assert_string_equal(path_real(&scratch, "link"), arena_printf(&scratch, "%s/file", here));
	assert_null(path_real(&scratch, "missing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(paths_are_joined),
		scratch_test(a_path_has_a_folder_and_a_name),
		scratch_test(an_absolute_path_keeps_links_and_parents),
		scratch_test(a_real_path_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
