/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "file.h"
#include "scratch.h"

static void folders_are_made_with_their_parents(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_make_folders("a/b//c/", &scratch, &e), MS_OK);
	assert_true(file_is_folder("a/b/c"));
	assert_int_equal(file_make_folders("a/b/c", &scratch, &e), MS_OK);
	assert_int_equal(file_make_folders("", &scratch, &e), MS_OK);
	assert_int_equal(file_make_folders("/", &scratch, &e), MS_OK);
	assert_int_equal(file_make_folders(path_join(&scratch, scratch_folder, "x/y"), &scratch, &e), MS_OK);
	assert_true(file_is_folder("x/y"));
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(file_make_folders("link/d", &scratch, &e), MS_OK);
	assert_true(file_is_folder("a/d"));
}

static void a_file_in_the_way_is_named(void **state)
{
	(void)state;
	struct err e;

	write_text("file", "");
	assert_int_equal(file_make_folders("file", &scratch, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot make folder 'file': Not a directory");
	assert_int_equal(file_make_folders("file/a/b", &scratch, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot make folder 'file': Not a directory");
	assert_int_equal(symlink("nowhere", "link"), 0);
	assert_int_equal(file_make_folders("link/a", &scratch, &e), -MS_ENOENT);
}

static void a_tree_is_removed_with_all_in_it(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_make_folders("tree/a/.hidden/b", &scratch, &e), MS_OK);
	write_text("tree/.dot", "");
	write_text("tree/a/name with space", "");
	write_text("tree/a/.hidden/b/x", "");
	assert_int_equal(mkfifo("tree/pipe", 0600), 0);
	assert_int_equal(file_remove_tree("tree", &e), MS_OK);
	assert_false(file_exists("tree"));
	assert_int_equal(file_remove_tree("tree", &e), MS_OK);
}

static void a_deep_and_wide_tree_is_removed(void **state)
{
	(void)state;
	struct err e;
	struct text deep = { 0 };

	text_add(&deep, &scratch, "tree");
	for (int i = 0; i < 300; i++)
		text_add(&deep, &scratch, "/d%d", i);
	assert_int_equal(file_make_folders(deep.at, &scratch, &e), MS_OK);
	for (int i = 0; i < 3000; i++)
		write_text(arena_printf(&scratch, "tree/f%d", i), "");
	assert_int_equal(file_remove_tree("tree", &e), MS_OK);
	assert_false(file_exists("tree"));
}

static void links_are_removed_and_never_followed(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_make_folders("precious/inner", &scratch, &e), MS_OK);
	write_text("precious/file", "kept");
	assert_int_equal(file_make_folders("tree", &scratch, &e), MS_OK);
	assert_int_equal(symlink("../precious", "tree/link"), 0);
	assert_int_equal(symlink("../precious/file", "tree/link2"), 0);
	assert_int_equal(file_remove_tree("tree", &e), MS_OK);
	assert_false(file_exists("tree"));
	assert_string_equal(text_of("precious/file"), "kept");
	assert_true(file_is_folder("precious/inner"));
}

static void a_path_that_is_a_link_or_a_file_is_refused(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_make_folders("precious", &scratch, &e), MS_OK);
	write_text("precious/file", "kept");
	assert_int_equal(symlink("precious", "out"), 0);
	static const char *const paths[] = { "out", "out/", "out//", "precious/file" };
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_true(file_remove_tree(paths[i], &e) < 0);
		assert_non_null(strstr(e.fix, "it is a file or a link"));
		assert_string_equal(text_of("precious/file"), "kept");
	}
	assert_true(file_exists("out"));
}

static void anything_can_be_removed(void **state)
{
	(void)state;
	struct err e;

	write_text("file", "kept");
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(file_make_folders("tree/a", &scratch, &e), MS_OK);
	assert_int_equal(file_remove("link", &e), MS_OK);
	assert_string_equal(text_of("file"), "kept");
	assert_int_equal(file_remove("file", &e), MS_OK);
	assert_int_equal(file_remove("tree", &e), MS_OK);
	assert_int_equal(file_remove("tree", &e), MS_OK);
	assert_false(file_exists("file") || file_exists("link") || file_exists("tree"));
	write_text("file", "");
	assert_int_equal(file_remove("file/below", &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot remove 'file/below': Not a directory");
}

static void names_come_sorted_by_bytes_without_dot_files(void **state)
{
	(void)state;
	static const char *const sorted[] = { "B", "_", "a", "a b", "aa", "b", "\xc3\xa4" };
	enum { COUNT = sizeof(sorted) / sizeof(sorted[0]) };
	struct list names = { 0 };
	struct err e;

	for (size_t i = COUNT; i-- > 0; )
		write_text(sorted[i], "");
	write_text(".hidden", "");
	assert_int_equal(file_list(".", &scratch, &names, &e), MS_OK);
	assert_int_equal(names.count, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(names.at[i], sorted[i]);

	assert_int_equal(file_list("no", &scratch, &names, &e), -MS_ENOENT);
	assert_int_equal(file_list("a", &scratch, &names, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot read folder 'a': Not a directory");
	assert_int_equal(names.count, COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(folders_are_made_with_their_parents),
		scratch_test(a_file_in_the_way_is_named),
		scratch_test(a_tree_is_removed_with_all_in_it),
		scratch_test(a_deep_and_wide_tree_is_removed),
		scratch_test(links_are_removed_and_never_followed),
		scratch_test(a_path_that_is_a_link_or_a_file_is_refused),
		scratch_test(anything_can_be_removed),
		scratch_test(names_come_sorted_by_bytes_without_dot_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
