/* SPDX-License-Identifier: Apache-2.0 */
/* Projects made from templates: whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "template.h"

enum { FILE_COUNT = 40 };

static const struct template_copy copy = { .from = "template", .name = "door-lock", .vendor = "firm.example" };

/* A folder of the test's own, with a template of many files in it. */
static int enter(void **state)
{
	static char root[64], before[4096];
	char path[64];

	strcpy(root, "/tmp/test-template-XXXXXX");
	if (!getcwd(before, sizeof(before)) || !mkdtemp(root) || chdir(root) || mkdir("template", 0755) || mkdir("template/src", 0755))
		return -1;
	for (int i = 0; i < FILE_COUNT; i++) {
		snprintf(path, sizeof(path), "template/src/%02d.c", i);
		FILE *f = fopen(path, "w");
		if (!f || fprintf(f, "/* hello %d */\n%4000s\n", i, "") < 0 || fclose(f))
			return -1;
	}
	*state = before;
	return 0;
}

static int leave(void **state)
{
	char *root = getcwd(NULL, 0);
	struct err e;
	int rc = chdir(*state) || file_remove_tree(root, &e) < 0;

	free(root);
	return rc;
}

static void only_whole_words_are_replaced(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const struct { const char *from, *to; } text[] = {
		{ "hello", "door-lock" }, { "name: hello\n", "name: door-lock\n" }, { "\"hello\"", "\"door-lock\"" },
		{ "hello hello", "door-lock door-lock" }, { "hello/example.org", "door-lock/firm.example" },
		{ "Hello", "Hello" }, { "hello_world", "hello_world" }, { "hello-world", "hello-world" }, { "othello", "othello" },
		{ "my.example.org", "my.firm.example" }, { "example.organic", "example.organic" }, { "hell", "hell" }, { "", "" },
	};

	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		struct bytes in = { (const uint8_t *)text[i].from, strlen(text[i].from) };

		assert_string_equal(arena_string(&a, template_fill(&copy, in, &a)), text[i].to);
	}
	arena_done(&a);
}

/* How many names there are in this folder that begin like this, dot files too. */
static int count_names(const char *begin)
{
	DIR *dir = opendir(".");
	int count = 0;

	assert_non_null(dir);
	for (struct dirent *d; (d = readdir(dir));)
		count += strncmp(d->d_name, begin, strlen(begin)) == 0;
	closedir(dir);

	return count;
}

static void assert_whole(void)
{
	struct arena a = { 0 };
	struct list names = { 0 };
	struct err e;

	assert_int_equal(file_list("made/src", &a, &names, &e), MS_OK);
	assert_int_equal(names.count, FILE_COUNT);
	for (size_t i = 0; i < names.count; i++) {
		struct bytes text;

		assert_int_equal(file_read(path_join(&a, "made/src", names.at[i]), 1 << 16, &a, &text, &e), MS_OK);
		assert_memory_equal(text.at, "/* door-lock ", 13);
		assert_int_equal(text.at[text.size - 1], '\n');
	}
	arena_done(&a);
}

static void a_project_is_made_and_listed(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct list files = { 0 };
	struct err e;
	struct stat st;

	umask(022);
	assert_int_equal(template_make(&copy, "made", &a, &files, &e), MS_OK);
	assert_whole();
	assert_int_equal(files.count, FILE_COUNT);
	assert_string_equal(files.at[0], "src/00.c");
	assert_int_equal(stat("made", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(count_names(".ms-new-"), 0);
	assert_int_equal(template_make(&copy, "made", &a, &files, &e), -MS_EEXIST);
	assert_int_equal(count_names(".ms-new-"), 0);
	arena_done(&a);
}

/* A link in the template, and a limit of size: the copy fails in the middle. */
static void what_fails_leaves_nothing(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct list files = { 0 };
	struct err e;

	assert_int_equal(symlink("/etc/passwd", "template/src/link.c"), 0);
	assert_int_equal(template_make(&copy, "made", &a, &files, &e), -MS_EINVAL);
	assert_int_equal(count_names("made") + count_names(".ms-new-"), 0);
	assert_int_equal(unlink("template/src/link.c"), 0);

	struct rlimit before;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 2000, before.rlim_max }), 0);
	assert_true(template_make(&copy, "made", &a, &files, &e) < 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(count_names("made") + count_names(".ms-new-"), 0);
	arena_done(&a);
}

static void make_one(void)
{
	struct arena a = { 0 };
	struct list files = { 0 };
	struct err e;

	_exit(template_make(&copy, "made", &a, &files, &e) == MS_OK ? 0 : 1);
}

/*
 * Kill it ever later, until it has ended by itself: there is a whole project
 * or none, and the next one clears away what is left.
 */
static void killed_at_any_moment_it_leaves_all_or_nothing(void **state)
{
	(void)state;
	int whole = 0, none = 0, status = -1;
	struct err e;

	for (long usec = 0; whole < 3 && usec < 20000000; usec += 200 + usec / 20) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0)
			make_one();
		nanosleep(&(struct timespec){ usec / 1000000, usec % 1000000 * 1000 }, NULL);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		if (file_exists("made")) {
			assert_whole();
			whole++;
		} else {
			none++;
		}
		assert_int_equal(file_remove("made", &e), MS_OK);
	}
	assert_true(none > 0);
	assert_int_equal(whole, 3);
	assert_true(count_names(".ms-new-") <= 1);

	struct arena a = { 0 };
	struct list files = { 0 };
	assert_int_equal(template_make(&copy, "made", &a, &files, &e), MS_OK);
	assert_int_equal(count_names(".ms-new-"), 0);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_whole_words_are_replaced),
		cmocka_unit_test_setup_teardown(a_project_is_made_and_listed, enter, leave),
		cmocka_unit_test_setup_teardown(what_fails_leaves_nothing, enter, leave),
		cmocka_unit_test_setup_teardown(killed_at_any_moment_it_leaves_all_or_nothing, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
