/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"
#include "scratch.h"

static const char *const tree[] = {
	"src/b.c", "src/a.c", "src/a.h", "src/.hidden.c", "src/sub/c.c", "src/sub2/c.c", "src/sub/deep/d.c",
	"top.c", "odd name.c", "x[1].c",
};

static int make_tree(void **state)
{
	struct err e;

	if (scratch_make(state))
		return -1;
	for (size_t i = 0; i < sizeof(tree) / sizeof(tree[0]); i++) {
		if (file_make_folders(path_folder(&scratch, tree[i]), &scratch, &e) < 0)
			return -1;
		write_text(tree[i], "");
	}
	return mkdir("src/folder.c", 0700);
}

/* What it finds, as one text. */
static const char *found(const char *root, const char *pattern)
{
	struct list paths = { 0 };
	struct text t = { 0 };
	struct err e;

	assert_int_equal(file_glob(root, pattern, &scratch, &paths, &e), MS_OK);
	text_add(&t, &scratch, "%s", "");
	for (size_t i = 0; i < paths.count; i++)
		text_add(&t, &scratch, "%s%s", i ? " " : "", (char *)paths.at[i]);
	return t.at;
}

static void patterns_find_files_sorted(void **state)
{
	(void)state;

	assert_string_equal(found(".", "src/*.c"), "src/a.c src/b.c");
	assert_string_equal(found(".", "src/*"), "src/a.c src/a.h src/b.c");
	assert_string_equal(found(".", "src/?.[ch]"), "src/a.c src/a.h src/b.c");
	assert_string_equal(found(".", "src/*/*.c"), "src/sub/c.c src/sub2/c.c");
	assert_string_equal(found(".", "*/sub/*/d.c"), "src/sub/deep/d.c");
	assert_string_equal(found("src", "*.c"), "a.c b.c");
	assert_string_equal(found(scratch_folder, "src/a.*"), "src/a.c src/a.h");
}

static void a_plain_path_is_a_pattern_too(void **state)
{
	(void)state;

	assert_string_equal(found(".", "src/a.c"), "src/a.c");
	assert_string_equal(found(".", "src//a.c"), "src/a.c");
	assert_string_equal(found(".", "src/.hidden.c"), "src/.hidden.c");
	assert_string_equal(found(".", "odd name.c"), "odd name.c");
	assert_string_equal(found("src/sub", "../a.c"), "../a.c");
	assert_string_equal(found(".", "x[[]1].c"), "x[1].c");
}

static void nothing_found_is_no_failure(void **state)
{
	(void)state;

	assert_string_equal(found(".", "*.rs"), "");
	assert_string_equal(found(".", "src"), "");
	assert_string_equal(found(".", "no/*.c"), "");
	assert_string_equal(found(".", "top.c/*"), "");
}

static void what_is_no_pattern_is_refused(void **state)
{
	(void)state;
	struct list paths = { 0 };
	struct err e;

	assert_int_equal(file_glob(".", "src/**/*.c", &scratch, &paths, &e), -MS_EPROJECT);
	assert_string_equal(e.text, "'**' is not known in the pattern 'src/**/*.c'");
	assert_non_null(strstr(e.fix, "src/*/*.c"));
	assert_int_equal(file_glob(".", "/etc/*", &scratch, &paths, &e), -MS_EPROJECT);
	assert_int_equal(file_glob(".", "", &scratch, &paths, &e), -MS_EPROJECT);
	assert_int_equal(file_glob("no", "*.c", &scratch, &paths, &e), -MS_ENOENT);
	assert_int_equal(paths.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_find_files_sorted),
		cmocka_unit_test(a_plain_path_is_a_pattern_too),
		cmocka_unit_test(nothing_found_is_no_failure),
		cmocka_unit_test(what_is_no_pattern_is_refused),
	};
	return cmocka_run_group_tests(tests, make_tree, scratch_remove);
}
