/* SPDX-License-Identifier: Apache-2.0 */
#include <signal.h>
#include <sys/wait.h>

#include "file.h"
#include "process.h"
#include "scratch.h"

/* A child that holds the lock until it is killed; it holds it when this returns. */
static pid_t start_holder(void)
{
	int ready[2];
	char c;

	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct err e;
		if (file_lock("lock", false, &e) < 0)
			_exit(1);
		(void)!write(ready[1], "", 1);
		alarm(20);
		for (;;)
			pause();
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void a_lock_is_held_by_one_process(void **state)
{
	(void)state;
	struct err e;

	pid_t holder = start_holder();
	assert_int_equal(file_lock("lock", false, &e), -MS_EBUSY);
	assert_string_equal(e.text, arena_printf(&scratch, "'lock' is held by process %d", (int)holder));
	assert_non_null(strstr(e.fix, "wait until"));

	/* A holder that was killed holds nothing. */
	end(holder);
	int lock = file_lock("lock", false, &e);
	assert_true(lock >= 0);
	file_unlock(lock);
	lock = file_lock("lock", true, &e);
	assert_true(lock >= 0);
	file_unlock(lock);
	file_unlock(-1);
}

static void waiting_ends_when_the_holder_does(void **state)
{
	(void)state;
	struct err e;

	pid_t holder = start_holder();
	uint64_t before = process_now_nsec();
	pid_t killer = fork();
	if (killer == 0) {
		usleep(100000);
		kill(holder, SIGKILL);
		_exit(0);
	}
	int lock = file_lock("lock", true, &e);
	assert_true(lock >= 0);
	assert_true(process_now_nsec() - before >= 100000000);
	file_unlock(lock);
	assert_int_equal(waitpid(holder, NULL, 0), holder);
	assert_int_equal(waitpid(killer, NULL, 0), killer);
}

/* It waits for something: nothing but the lock, by then. */
static bool sleeps(pid_t pid)
{
	char text[300] = "";
	FILE *f = fopen(arena_printf(&scratch, "/proc/%d/stat", (int)pid), "r");

	assert_non_null(f);
	assert_non_null(fgets(text, sizeof(text), f));
	fclose(f);
	return strstr(text, ") S ") != NULL;
}

static void waiting_ends_when_the_user_wants_to_stop(void **state)
{
	(void)state;
	int status;

	int ready[2];
	char c;

	assert_int_equal(pipe(ready), 0);
	pid_t holder = start_holder();
	pid_t waiter = fork();
	if (waiter == 0) {
		struct err e;
		process_catch_interrupt();
		(void)!write(ready[1], "", 1);
		_exit(file_lock("lock", true, &e) == -MS_EINTR ? 0 : 1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	while (!sleeps(waiter))
		usleep(1000);
	kill(waiter, SIGINT);
	assert_int_equal(waitpid(waiter, &status, 0), waiter);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	end(holder);
}

/* The signal is there before the lock is asked for, so that no system call is cut by it. */
static void a_wish_to_stop_from_before_is_heeded(void **state)
{
	(void)state;
	pid_t holder = start_holder();
	pid_t waiter = fork();
	int status;

	if (waiter == 0) {
		struct err e;
		process_catch_interrupt();
		raise(SIGINT);
		_exit(file_lock("lock", true, &e) == -MS_EINTR ? 0 : 1);
	}
	assert_int_equal(waitpid(waiter, &status, 0), waiter);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	end(holder);
}

static void a_lock_that_cannot_be_made_is_a_failure(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_lock("no/lock", false, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot open 'no/lock': No such file or directory");
	assert_int_equal(file_lock(".", false, &e), -MS_EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_lock_is_held_by_one_process),
		scratch_test(waiting_ends_when_the_holder_does),
		scratch_test(waiting_ends_when_the_user_wants_to_stop),
		scratch_test(a_wish_to_stop_from_before_is_heeded),
		scratch_test(a_lock_that_cannot_be_made_is_a_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
