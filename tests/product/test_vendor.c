/* SPDX-License-Identifier: Apache-2.0 */
/* Copies in vendor/ are whole or not there, whenever who puts them there is killed; and what was half made does not stay. */
#include "vendor.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "scratch.h"

static struct err e;

/* A provider of two files that say the same word. */
static int put(const char *name, const char *word)
{
	struct bytes content = { (const uint8_t *)word, strlen(word) };
	struct archive_file files[] = { { "ms.yaml", content }, { "include/adder.h", content } };
	struct list all = { 0 };
	struct arena a = { 0 };

	list_push(&all, &a, &files[0]);
	list_push(&all, &a, &files[1]);
	int lock = vendor_lock(".", &e), rc = lock < 0 ? lock : vendor_put(".", name, &all, &a, &e);
	file_unlock(lock);
	arena_done(&a);
	return rc;
}

static bool says(const char *word)
{
	return !strcmp(text_of("vendor/adder/ms.yaml"), word) && !strcmp(text_of("vendor/adder/include/adder.h"), word);
}

/* A child that puts the new copy there; killed when it has made so many system calls.  True if it ended before. */
static bool put_and_die(const char *word, long steps)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			_exit(77);
		raise(SIGSTOP);
		_exit(put("adder", word) == MS_OK ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	for (long i = 0; i < 2 * steps; i++) {	/* a stop before and one behind each call */
		assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFEXITED(status)) {
			assert_int_equal(WEXITSTATUS(status), 0);
			return true;
		}
	}
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return false;
}

static bool is_clean(void)
{
	return system("test -z \"$(find vendor -name '*.new*')\"") == 0;
}

/* Behind every possible number of system calls: the lock goes with who held it, and the next one who puts anything there clears up. */
static void whoever_is_killed_leaves_the_old_copy_or_the_new(void **state)
{
	(void)state;
	bool seen_old = false, seen_new = false, seen_left = false, ended = false;

	for (long steps = 0; !ended; steps++) {
		assert_true(steps < 10000);
		assert_int_equal(put("adder", "old"), MS_OK);
		ended = put_and_die("new", steps);
		bool old = says("old"), new = says("new");
		assert_true(old != new);
		seen_old |= old;
		seen_new |= new && !ended;
		seen_left |= !is_clean();
		assert_int_equal(put("other", "x"), MS_OK);
		assert_true(is_clean());
	}
	assert_true(seen_old && seen_new && seen_left);
}

static void what_was_left_of_a_copy_that_nobody_needs_any_more_is_removed(void **state)
{
	(void)state;
	struct list none = { 0 };
	uint32_t copied;

	assert_int_equal(put("adder", "old"), MS_OK);
	assert_int_equal(file_make_folders("vendor/.gone.new/include", &scratch, &e), MS_OK);
	assert_int_equal(vendor_files(".", &none, &scratch, &copied, &e), MS_OK);
	assert_true(is_clean());
	assert_false(file_exists("vendor/adder"));
}

/* A folder that is somebody else's is left as it is. */
static void what_was_not_made_by_ms_is_not_touched(void **state)
{
	(void)state;
	assert_int_equal(file_make_folders("vendor/.theirs.new", &scratch, &e), MS_OK);
	assert_int_equal(file_make_folders("vendor/theirs", &scratch, &e), MS_OK);
	assert_true(put("adder", "new") < 0);
	assert_true(file_exists("vendor/.theirs.new"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(whoever_is_killed_leaves_the_old_copy_or_the_new),
		scratch_test(what_was_left_of_a_copy_that_nobody_needs_any_more_is_removed),
		scratch_test(what_was_not_made_by_ms_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
