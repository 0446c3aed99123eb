/* SPDX-License-Identifier: Apache-2.0 */
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "scratch.h"

#define MSEC UINT64_C(1000000)
#define SHELL(script) ((const char *const[]){ "sh", "-c", (script), NULL })

static struct process_result r;
static struct process p;
static struct err e;
static char line[200];

static uint64_t in_msec(uint64_t msec)
{
	return process_now_nsec() + msec * MSEC;
}

static int open_files(void)
{
	int count = 0;
	DIR *d = opendir("/proc/self/fd");

	assert_non_null(d);
	while (readdir(d))
		count++;
	closedir(d);
	return count;
}

/* Is it running?  One that ended and waits to be reaped by whoever inherited it is not. */
static bool runs(pid_t pid)
{
	char state = 'Z';

	FILE *f = fopen(arena_printf(&scratch, "/proc/%d/stat", (int)pid), "r");
	if (!f)
		return false;
	assert_int_equal(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
	fclose(f);
	return state != 'Z' && state != 'X';
}

static bool ends_within(pid_t pid, uint64_t msec)
{
	uint64_t deadline = in_msec(msec);

	while (runs(pid) && process_now_nsec() < deadline)
		usleep(5000);
	return !runs(pid);
}

/* After each test: no child is left, running or dead. */
static int end(void **state)
{
	if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
		return -1;
	return scratch_remove(state);
}

static void a_program_is_run_to_its_end(void **state)
{
	(void)state;
	const char *const argv[] = { "sh", "-c", "echo \"$1\"; echo err >&2; exit 3", "sh", "two  words $HOME", NULL };

	assert_int_equal(process_run(argv, NULL, &scratch, &r, &e), MS_OK);
	assert_int_equal(r.status, 3);
	assert_string_equal((const char *)r.out.at, "two  words $HOME\n");
	assert_string_equal((const char *)r.err.at, "err\n");

	assert_int_equal(process_run((const char *const[]){ "true", NULL }, NULL, &scratch, &r, &e), MS_OK);
	assert_int_equal(r.status, 0);
	assert_int_equal(r.out.size, 0);
	assert_string_equal((const char *)r.out.at, "");
}

static void a_signal_is_a_status_above_128(void **state)
{
	(void)state;

	assert_int_equal(process_run(SHELL("kill -KILL $$"), NULL, &scratch, &r, &e), MS_OK);
	assert_int_equal(r.status, 137);
}

static void the_status_is_not_lost_where_children_are_ignored(void **state)
{
	(void)state;

	signal(SIGCHLD, SIG_IGN);
	assert_int_equal(process_run(SHELL("exit 3"), NULL, &scratch, &r, &e), MS_OK);
	assert_int_equal(r.status, 3);
	signal(SIGCHLD, SIG_DFL);
}

static void it_runs_in_a_folder(void **state)
{
	(void)state;

	assert_int_equal(mkdir("inner", 0700), 0);
	write_text("program", "#!/bin/sh\nbasename \"$PWD\"\n");
	assert_int_equal(chmod("program", 0700), 0);
	/* The program is found from here, not from the folder. */
	assert_int_equal(process_run((const char *const[]){ "./program", NULL }, "inner", &scratch, &r, &e), MS_OK);
	assert_string_equal((const char *)r.out.at, "inner\n");

	assert_int_equal(process_run(SHELL("true"), "missing", &scratch, &r, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot enter the folder 'missing': No such file or directory");
}

static void a_missing_tool_is_named_with_how_to_get_it(void **state)
{
	(void)state;
	const char *path = getenv("PATH");

	assert_non_null(path);
	path = arena_printf(&scratch, "%s", path);
	setenv("PATH", scratch_folder, 1);
	int known = process_run((const char *const[]){ "ninja", NULL }, NULL, &scratch, &r, &e);
	struct err first = e;
	int other = process_start((const char *const[]){ "frobnicate", NULL }, NULL, &p, &e);
	bool found = process_find("sh", &scratch) != NULL;
	setenv("PATH", path, 1);

	assert_int_equal(known, -MS_ETOOL);
	assert_string_equal(first.text, "cannot find the program 'ninja'");
	assert_string_equal(first.fix, "install it: apt-get install ninja-build");
	assert_int_equal(other, -MS_ETOOL);
	assert_string_equal(e.fix, "install it, or add its folder to PATH");
	assert_false(found);
	process_stop(&p);
}

static void a_file_that_is_no_program_is_refused(void **state)
{
	(void)state;

	write_text("script", "#!/no/such/interpreter\n");
	assert_int_equal(chmod("script", 0700), 0);
	assert_int_equal(process_run((const char *const[]){ "./script", NULL }, NULL, &scratch, &r, &e), -MS_ETOOL);
	assert_non_null(strstr(e.text, "cannot run '"));
	assert_non_null(strstr(e.text, "/script': No such file or directory"));

	write_text("text", "no program");
	assert_int_equal(process_run((const char *const[]){ "./text", NULL }, NULL, &scratch, &r, &e), -MS_ETOOL);
	assert_int_equal(process_run((const char *const[]){ "./", NULL }, NULL, &scratch, &r, &e), -MS_ETOOL);
}

static void programs_are_found_in_absolute_folders_of_path_only(void **state)
{
	(void)state;
	const char *kept = arena_printf(&scratch, "%s", getenv("PATH"));

	write_text("tool", "#!/bin/sh\n");
	assert_int_equal(chmod("tool", 0700), 0);
	assert_int_equal(mkdir("folder", 0700), 0);
	write_text("folder/tool", "not executable");
	setenv("PATH", ".::", 1);
	const char *relative = process_find("tool", &scratch);
	setenv("PATH", arena_printf(&scratch, "/none:%s/folder:%s", scratch_folder, scratch_folder), 1);
	const char *absolute = process_find("tool", &scratch);
	setenv("PATH", kept, 1);
	assert_null(relative);
	assert_string_equal(absolute, arena_printf(&scratch, "%s/tool", scratch_folder));
}

/* Both pipes fill at once; neither may block the other. */
static void ten_megabytes_on_each_stream_come_through(void **state)
{
	(void)state;
	const size_t size = 10000000;

	assert_int_equal(process_run(SHELL("head -c 10000000 /dev/zero | tr '\\0' e >&2 & "
					   "head -c 10000000 /dev/zero | tr '\\0' o; wait"),
				     NULL, &scratch, &r, &e), MS_OK);
	assert_int_equal(r.status, 0);
	assert_int_equal(r.out.size, size);
	assert_int_equal(r.err.size, size);
	assert_true(bytes_all(r.out, 'o'));
	assert_true(bytes_all(r.err, 'e'));
}

static void what_is_above_the_limit_is_dropped_and_the_child_goes_on(void **state)
{
	(void)state;

	assert_int_equal(process_run(SHELL("head -c 20000000 /dev/zero; echo end >&2; exit 5"),
				     NULL, &scratch, &r, &e), MS_OK);
	assert_int_equal(r.status, 5);
	assert_int_equal(r.out.size, 16 * 1024 * 1024);
	assert_string_equal((const char *)r.err.at, "end\n");
}

/* It reads nothing, leads its group, ignores no signal of ours and holds none of our files. */
static void a_child_starts_clean(void **state)
{
	(void)state;

	/* Files that the test itself was started with are not of our opening. */
	for (int fd = 3; fd < 256; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	signal(SIGPIPE, SIG_IGN);
	int rc = process_run(SHELL("cat; read a b c d group rest </proc/$$/stat; [ \"$group\" = $$ ] || echo group;"
				   "read h b c d f rest <<X\n$(grep SigIgn /proc/self/status)\nX\n"
				   "[ $((0x$b & 0x1000)) = 0 ] || echo pipe; ls /proc/self/fd | wc -l"),
			     NULL, &scratch, &r, &e);
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(rc, MS_OK);
	assert_string_equal((const char *)r.err.at, "");
	assert_string_equal((const char *)r.out.at, "4\n");	/* 0, 1, 2 and the folder that ls reads */
}

static void what_it_leaves_behind_neither_delays_us_nor_stays(void **state)
{
	(void)state;
	uint64_t before = process_now_nsec();

	assert_int_equal(process_run(SHELL("sleep 30 & echo $!"), NULL, &scratch, &r, &e), MS_OK);
	assert_true(process_now_nsec() - before < 10000 * MSEC);
	assert_int_equal(r.status, 0);
	pid_t left = atoi((const char *)r.out.at);
	assert_true(left > 0);
	assert_true(ends_within(left, 5000));

	/* One that left the group is not ours to end, but is not waited for either. */
	before = process_now_nsec();
	assert_int_equal(process_run(SHELL("setsid sleep 5 & echo hi"), NULL, &scratch, &r, &e), MS_OK);
	assert_true(process_now_nsec() - before < 4000 * MSEC);
	assert_string_equal((const char *)r.out.at, "hi\n");
}

static void no_file_stays_open(void **state)
{
	(void)state;
	int before = open_files();

	for (int i = 0; i < 20; i++) {
		assert_int_equal(process_run(SHELL("echo x"), NULL, &scratch, &r, &e), MS_OK);
		assert_true(process_run((const char *const[]){ "no-such", NULL }, NULL, &scratch, &r, &e) < 0);
		assert_true(process_run(SHELL("true"), "no-such", &scratch, &r, &e) < 0);
		assert_int_equal(process_start(SHELL("sleep 30"), NULL, &p, &e), MS_OK);
		process_stop(&p);
		assert_int_equal(process_start(SHELL("echo x"), NULL, &p, &e), MS_OK);
		while (process_line(&p, line, sizeof(line), UINT64_MAX) == 1)
			;
	}
	assert_int_equal(open_files(), before);
}

static void next_line_is(const char *expected)
{
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 1);
	assert_string_equal(line, expected);
}

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

static void a_deadline_is_kept_and_half_a_line_stays(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("printf ha; sleep 0.5; echo lf; sleep 30"), NULL, &p, &e), MS_OK);
	uint64_t deadline = in_msec(150);
	assert_int_equal(process_line(&p, line, sizeof(line), deadline), -MS_ETIMEDOUT);
	uint64_t late = process_now_nsec() - deadline;
	assert_true(late < 1000 * MSEC);	/* and not negative */
	next_line_is("half");
	assert_int_equal(process_line(&p, line, sizeof(line), 0), -MS_ETIMEDOUT);
	process_stop(&p);
	assert_int_equal(p.status, 143);
}

static void a_child_that_never_stops_talking_meets_its_deadline(void **state)
{
	(void)state;

	assert_int_equal(process_start((const char *const[]){ "yes", NULL }, NULL, &p, &e), MS_OK);
	uint64_t deadline = in_msec(200);
	long lines = 0;
	int rc;
	while ((rc = process_line(&p, line, sizeof(line), deadline)) == 1)
		lines++;
	assert_int_equal(rc, -MS_ETIMEDOUT);
	assert_true(lines > 0);
	assert_true(process_now_nsec() - deadline < 1000 * MSEC);
	process_stop(&p);
}

static void a_child_that_closes_its_output_is_waited_for(void **state)
{
	(void)state;

	assert_int_equal(process_start(SHELL("exec >&- 2>&-; sleep 0.3; exit 4"), NULL, &p, &e), MS_OK);
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(50)), -MS_ETIMEDOUT);
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

	assert_int_equal(process_start(SHELL("trap '' TERM; sleep 30 & echo $!; wait; while :; do sleep 1; done"),
				       NULL, &p, &e), MS_OK);
	assert_int_equal(process_line(&p, line, sizeof(line), in_msec(20000)), 1);
	pid_t inner = atoi(line);
	uint64_t before = process_now_nsec();
	process_stop(&p);
	uint64_t took = process_now_nsec() - before;
	assert_in_range(took / MSEC, 2000, 10000);
	assert_int_equal(p.status, 137);
	assert_true(ends_within(inner, 5000));
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

#define process_test(f) cmocka_unit_test_setup_teardown(f, scratch_make, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		process_test(a_program_is_run_to_its_end),
		process_test(a_signal_is_a_status_above_128),
		process_test(the_status_is_not_lost_where_children_are_ignored),
		process_test(it_runs_in_a_folder),
		process_test(a_missing_tool_is_named_with_how_to_get_it),
		process_test(a_file_that_is_no_program_is_refused),
		process_test(programs_are_found_in_absolute_folders_of_path_only),
		process_test(ten_megabytes_on_each_stream_come_through),
		process_test(what_is_above_the_limit_is_dropped_and_the_child_goes_on),
		process_test(a_child_starts_clean),
		process_test(what_it_leaves_behind_neither_delays_us_nor_stays),
		process_test(no_file_stays_open),
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
