/* SPDX-License-Identifier: Apache-2.0 */
/* What a walled build may read for a program: what belongs to it, and never a whole home. */
#include "scratch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "toolreach.h"

static char top[64];

static int setup(void **state)
{
	struct arena a = { 0 };
	struct err e;

	(void)state;
	strcpy(top, "/tmp/toolreach.XXXXXX");
	assert_non_null(mkdtemp(top));
	static const char *const programs[] = { "opt/gcc/bin", "opt/tools", "home", "home/.local/bin", "home/bin", "home/gcc/bin" };

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		const char *folder = path_join(&a, top, programs[i]);

		assert_true(file_make_folders(folder, &a, &e) >= 0);
		assert_true(file_replace(path_join(&a, folder, "tool"), BYTES_LITERAL("x"), 0755, &a, &e) >= 0);
	}
	arena_done(&a);
	return 0;
}

static int cleanup(void **state)
{
	struct err e;

	(void)state;
	return file_remove_tree(top, &e);
}

/* May what lies below the folder be read for the sake of that program?  Paths are relative to the top. */
static bool readable_for(const char *program, const char *path)
{
	struct arena a = { 0 };
	struct list readable = { 0 };
	const char *wanted = path_join(&a, top, path);
	bool may = false;

	toolreach_add(&readable, path_join(&a, top, program), path_join(&a, top, "home"), &a);
	for (size_t i = 0; i < readable.count; i++) {
		const char *at = readable.at[i];
		size_t size = strlen(at);

		may |= !strncmp(wanted, at, size) && (!wanted[size] || wanted[size] == '/');
	}
	arena_done(&a);
	return may;
}

static void a_compiler_is_read_with_its_prefix(void **state)
{
	(void)state;
	assert_true(readable_for("opt/gcc/bin/tool", "opt/gcc/bin/tool"));
	assert_true(readable_for("opt/gcc/bin/tool", "opt/gcc/lib/gcc/12/cc1"));
	assert_false(readable_for("opt/gcc/bin/tool", "opt/other/file"));
	assert_true(readable_for("home/gcc/bin/tool", "home/gcc/lib/gcc/12/cc1"));
	assert_false(readable_for("home/gcc/bin/tool", "home/.ssh/id"));
}

static void a_program_outside_of_a_bin_is_read_with_its_folder(void **state)
{
	(void)state;
	assert_true(readable_for("opt/tools/tool", "opt/tools/other"));
	assert_false(readable_for("opt/tools/tool", "opt/gcc/bin/tool"));
}

static void no_program_opens_a_home(void **state)
{
	static const char *const programs[] = { "home/tool", "home/bin/tool", "home/.local/bin/tool" };
	static const char *const private[] = { "home/.ssh/id", "home/letter", "home/.local/share/keyrings/all", "home/.config/ms/keys/developer.pem" };

	(void)state;
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		assert_true(readable_for(programs[i], programs[i]));
		for (size_t k = 0; k < sizeof(private) / sizeof(*private); k++)
			assert_false(readable_for(programs[i], private[k]));
	}
	assert_true(readable_for("home/.local/bin/tool", "home/.local/lib/gcc/12/cc1"));
	assert_true(readable_for("home/bin/tool", "home/lib/gcc/12/cc1"));
}

static void what_is_not_there_opens_nothing(void **state)
{
	(void)state;
	assert_false(readable_for("opt/nothing/bin/tool", "opt/nothing/bin/tool"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compiler_is_read_with_its_prefix),
		cmocka_unit_test(a_program_outside_of_a_bin_is_read_with_its_folder),
		cmocka_unit_test(no_program_opens_a_home),
		cmocka_unit_test(what_is_not_there_opens_nothing),
	};

	return cmocka_run_group_tests(tests, setup, cleanup);
}
