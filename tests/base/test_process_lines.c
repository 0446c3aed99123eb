/* SPDX-License-Identifier: Apache-2.0 */
/* A program's lines as it writes them, deadlines, and how it is stopped: by us, with us, by an interrupt. */
#include "process_case.h"

#include <fcntl.h>
#include <sys/stat.h>

static void lines_come_one_by_one_from_both_streams(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("echo one; echo two >&2; printf 'three\\r\\n\\nlast'; exit 7"),
				       NULL, &p, &e), MS_OK);
	next_line_is("one");
	next_line_is("two");
	next_line_is("three");
	next_line_is("");
	next_line_is("last");
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 0);
	assert_true(p.ended);
	assert_int_equal(p.status, 7);
	assert_int_equal(process_line(&p, line, sizeof(line), 0), 0);
	process_stop(&p);
	assert_int_equal(p.status, 7);
}

static void lines_are_made_printable(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("printf 'a\\033[31mb\\000c\\377\\tt\\303\\244\\n'"), NULL, &p, &e), MS_OK);
	next_line_is("a?[31mb?c?\tt\xc3\xa4");
	process_stop(&p);
}

static void long_lines_are_cut_and_the_next_is_whole(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("for n in 199 200 201 4095 4096 4097 10000; do "
					     "head -c $n /dev/zero | tr '\\0' x; echo; echo next $n; done;"
					     "head -c 5000 /dev/zero | tr '\\0' y"), NULL, &p, &e), MS_OK);
	static const int sizes[] = { 199, 200, 201, 4095, 4096, 4097, 10000 };
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 1);
		assert_int_equal(strlen(line), 199);
		assert_int_equal(strspn(line, "x"), 199);
		next_line_is(arena_printf(&scratch, "next %d", sizes[i]));
	}
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 1);
	assert_int_equal(strspn(line, "y"), 199);
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 0);

	/* Never in the middle of a character. */
	assert_int_equal(process_start(SHELL("printf 'abc\\303\\244\\n'"), NULL, &p, &e), MS_OK);
	assert_int_equal(process_line(&p, line, 5, in_msec(20000)), 1);
	assert_string_equal(line, "abc");
	process_stop(&p);
}

/* Children that wait do so at a pipe without a writer, so what they do next comes after what the test did before, however busy the computer is. */
static void go_on(void)
{
	int gate = open("gate", O_WRONLY);

	assert_true(gate >= 0);
	close(gate);
}

static void a_deadline_is_kept_and_half_a_line_stays(void **state)
{
	(void)state;

	assert_int_equal(mkfifo("gate", 0600), 0);
	assert_int_equal(process_start(SHELL("printf ha; read -r nothing <gate; echo lf; sleep 300"), NULL, &p, &e), MS_OK);
	uint64_t deadline = in_msec(150);
	assert_int_equal(process_line(&p, line, sizeof(line), deadline), -MS_ETIMEDOUT);
	assert_true(process_now_nsec() >= deadline);
	go_on();
	next_line_is("half");
	assert_int_equal(process_line(&p, line, sizeof(line), 0), -MS_ETIMEDOUT);
	process_stop(&p);
	assert_int_equal(p.status, 143);
}

static void a_child_that_never_stops_talking_meets_its_deadline(void **state)
{
	(void)state;

	assert_int_equal(process_start((const char *const[]){ "yes", NULL }, NULL, &p, &e), MS_OK);
	next_line_is("y");
	uint64_t deadline = in_msec(200);
	int rc;
	while ((rc = process_line(&p, line, sizeof(line), deadline)) == 1)
		;	/* without the deadline it would be for ever */
	assert_int_equal(rc, -MS_ETIMEDOUT);
	assert_true(process_now_nsec() >= deadline);
	process_stop(&p);
}

static void a_child_that_closes_its_output_is_waited_for(void **state)
{
	(void)state;

	assert_int_equal(mkfifo("gate", 0600), 0);
	assert_int_equal(process_start(SHELL("exec >&- 2>&-; read -r nothing <gate; exit 4"), NULL, &p, &e), MS_OK);
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(50)), -MS_ETIMEDOUT);
	go_on();
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 0);
	assert_int_equal(p.status, 4);
}

static void stopping_asks_first(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("trap 'exit 9' TERM; echo ready; while :; do sleep 0.02; done"), NULL, &p, &e), MS_OK);
	next_line_is("ready");
	process_stop(&p);
	assert_int_equal(p.status, 9);
	process_stop(&p);
}

static void a_child_that_does_not_listen_is_killed_after_two_seconds(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("trap '' TERM; sleep 300 & echo $!; wait; while :; do sleep 1; done"),
				       NULL, &p, &e), MS_OK);
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 1);
	pid_t inner = atoi(line);
	uint64_t before = process_now_nsec();
	process_stop(&p);
	uint64_t took = process_now_nsec() - before;
	assert_true(took >= 2000 * MSEC);
	assert_int_equal(p.status, 137);
	assert_true(ends_within(inner, 100000));
}

/* A child of ours starts one of its own, tells its number and is killed: that one ends too. */
static void a_child_dies_with_us(void **state)
{
	(void)state;
	int tell[2];
	pid_t inner;

	assert_int_equal(pipe(tell), 0);
	pid_t pid = fork();
	if (pid == 0) {
		if (process_start(SHELL("echo up; sleep 30"), NULL, &p, &e) < 0 ||
		    process_line(&p, line, sizeof(line), UINT64_MAX) != 1)
			_exit(1);
		(void)!write(tell[1], &p.pid, sizeof(p.pid));
		for (;;)
			pause();
	}
	assert_int_equal(read(tell[0], &inner, sizeof(inner)), sizeof(inner));
	assert_true(runs(inner));
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_true(ends_within(inner, 5000));
	close(tell[0]);
	close(tell[1]);
}

/* Ours in a child that is sent a signal for each byte it writes: what it exits with. */
static int interrupted_child(int (*run)(int ready), int signals[], size_t count)
{
	int ready[2], status;
	char c;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid_t pid = fork();
	if (pid == 0)
		_exit(run(ready[1]));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(read(ready[0], &c, 1), 1);
		usleep(100000);
		kill(pid, signals[i]);
	}
	close(ready[0]);
	close(ready[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int run_until_interrupted(int ready)
{
	process_catch_interrupt();
	(void)!write(ready, "", 1);
	int rc = process_run(SHELL("sleep 20"), NULL, &scratch, &r, &e);
	return rc == -MS_EINTR && process_interrupted() && strcmp(e.text, "interrupted") == 0 &&
	       err_exit_status(&e) == 130 && waitpid(-1, NULL, 0) < 0 ? 0 : 1;
}

static int read_until_interrupted(int ready)
{
	process_catch_interrupt();
	if (process_start(SHELL("echo one; sleep 20"), NULL, &p, &e) < 0 ||
	    process_line(&p, line, sizeof(line), UINT64_MAX) != 1)
		return 1;
	(void)!write(ready, "", 1);
	if (process_line(&p, line, sizeof(line), UINT64_MAX) != -MS_EINTR)
		return 2;
	process_stop(&p);
	return p.status == 143 ? 0 : 3;
}

static void an_interrupt_ends_what_is_waited_for(void **state)
{
	(void)state;

	assert_int_equal(interrupted_child(run_until_interrupted, (int[]){ SIGINT }, 1), 0);
	assert_int_equal(interrupted_child(run_until_interrupted, (int[]){ SIGTERM }, 1), 0);
	assert_int_equal(interrupted_child(read_until_interrupted, (int[]){ SIGINT }, 1), 0);
}

static int wait_deafly(int ready)
{
	process_catch_interrupt();
	(void)!write(ready, "", 1);
	while (!process_interrupted())
		usleep(10000);
	(void)!write(ready, "", 1);
	for (int i = 0; i < 200; i++)
		usleep(100000);
	return 1;
}

static void a_second_interrupt_ends_us_at_once(void **state)
{
	(void)state;

	assert_int_equal(interrupted_child(wait_deafly, (int[]){ SIGINT, SIGINT }, 2), 130);
	assert_int_equal(interrupted_child(wait_deafly, (int[]){ SIGINT, SIGTERM }, 2), 143);
}

static int wait_ignoring(int ready)
{
	signal(SIGINT, SIG_IGN);
	process_catch_interrupt();
	(void)!write(ready, "\0", 2);
	usleep(500000);
	return process_interrupted() ? 1 : 0;
}

static void an_interrupt_that_is_ignored_stays_so(void **state)
{
	(void)state;

	assert_int_equal(interrupted_child(wait_ignoring, (int[]){ SIGINT, SIGINT }, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		process_test(lines_come_one_by_one_from_both_streams),
		process_test(lines_are_made_printable),
		process_test(long_lines_are_cut_and_the_next_is_whole),
		process_test(a_deadline_is_kept_and_half_a_line_stays),
		process_test(a_child_that_never_stops_talking_meets_its_deadline),
		process_test(a_child_that_closes_its_output_is_waited_for),
		process_test(stopping_asks_first),
		process_test(a_child_that_does_not_listen_is_killed_after_two_seconds),
		process_test(a_child_dies_with_us),
		process_test(an_interrupt_ends_what_is_waited_for),
		process_test(a_second_interrupt_ends_us_at_once),
		process_test(an_interrupt_that_is_ignored_stays_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
