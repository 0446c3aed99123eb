/* SPDX-License-Identifier: Apache-2.0 */
/* Our own crashes: each in a child, whose report is read afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "bug.h"
#include "file.h"

/* A home for the reports; gone at the end. */
static int make_home(void **state)
{
	static char home[] = "/tmp/test-bug-XXXXXX";

	strcpy(home + sizeof(home) - 7, "XXXXXX");
	*state = mkdtemp(home);
	return !*state || setenv("MS_HOME", home, 1);
}

static int remove_home(void **state)
{
	struct err e;

	return file_remove_tree(*state, &e);
}

/* Run it in a child as ms would; what it says on standard error goes to `said`, its status is returned. */
static int crash(void (*how)(void), char *said, size_t size)
{
	static char *words[] = { (char *)"ms", (char *)"build", (char *)"my project", NULL };
	int ends[2], status;
	size_t used = 0;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
		dup2(ends[1], STDERR_FILENO);
		bug_watch(3, words);
		how();
		_exit(99);
	}
	close(ends[1]);
	for (ssize_t n; used < size - 1 && (n = read(ends[0], said + used, size - 1 - used)) > 0;)
		used += (size_t)n;
	said[used] = 0;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);

	return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

/* The one report there is; its path must have been said. */
static const char *read_report(const char *home, const char *said, struct arena *a)
{
	const char *folder = arena_printf(a, "%s/state", home);
	struct list names = { 0 };
	struct bytes text;
	struct stat st;
	struct err e;

	assert_int_equal(file_list(folder, a, &names, &e), MS_OK);
	assert_int_equal(names.count, 1);
	const char *path = path_join(a, folder, names.at[0]);
	assert_non_null(strstr(said, arena_printf(a, "report: %s\n", path)));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(file_read(path, 1 << 20, a, &text, &e), MS_OK);
	assert_int_equal(unlink(path), 0);

	return (const char *)text.at;
}

static void touch_nothing(void)
{
	*(volatile int *)16 = 1;
}

static void assert_wrongly(void)
{
	abort();
}

static void get_killed(void)
{
	raise(SIGBUS);
}

/* Without end, until the stack is used up. */
static int go_deeper(volatile char *above)
{
	volatile char room[4096];

	room[0] = *above;
	return room[0] ? go_deeper(room) + room[0] : 0;
}

static void overflow_the_stack(void)
{
	volatile char room[1] = { 1 };

	go_deeper(room);
}

static void a_crash_leaves_a_report_and_ends_with_70(void **state)
{
	static const struct { void (*how)(void); const char *what; } ways[] = {
		{ touch_nothing, "(SIGSEGV) at address 0x10\n" }, { assert_wrongly, "(SIGABRT)" },
		{ get_killed, "(SIGBUS)" }, { overflow_the_stack, "(SIGSEGV)" },
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct arena a = { 0 };
		char said[4096];

		assert_int_equal(crash(ways[i].how, said, sizeof(said)), BUG_STATUS);
		assert_non_null(strstr(said, "ms: internal error\n"));
		const char *report = read_report(*state, said, &a);
		assert_non_null(strstr(report, ways[i].what));
		assert_non_null(strstr(report, "arguments: 'ms' 'build' 'my project'\n"));
		assert_non_null(strstr(report, "call trace:\n"));
		assert_non_null(strstr(strstr(report, "call trace:\n"), "0x"));
		arena_done(&a);
	}
}

static void without_a_place_for_the_report_the_status_is_the_same(void **state)
{
	char said[4096];

	(void)state;
	assert_int_equal(setenv("MS_HOME", "/proc/no", 1), 0);
	assert_int_equal(crash(touch_nothing, said, sizeof(said)), BUG_STATUS);
	assert_non_null(strstr(said, "the report could not be written"));
}

static void assert_as_json(void)
{
	dup2(STDERR_FILENO, STDOUT_FILENO);
	bug_as_json("build");
	abort();
}

static void a_stream_of_json_is_ended_by_a_result(void **state)
{
	char said[4096];

	(void)state;
	assert_int_equal(crash(assert_as_json, said, sizeof(said)), BUG_STATUS);
	char *line = strstr(said, "{\"v\":1,");
	assert_non_null(line);
	json_t *result = json_loads(line, 0, NULL);
	assert_non_null(result);
	assert_string_equal(json_string_value(json_object_get(result, "verb")), "build");
	assert_int_equal(json_integer_value(json_object_get(result, "exit")), BUG_STATUS);
	assert_true(json_is_false(json_object_get(result, "ok")));
	json_decref(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_crash_leaves_a_report_and_ends_with_70, make_home, remove_home),
		cmocka_unit_test_setup_teardown(a_stream_of_json_is_ended_by_a_result, make_home, remove_home),
		cmocka_unit_test_setup_teardown(without_a_place_for_the_report_the_status_is_the_same, make_home, remove_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
