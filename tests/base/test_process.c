/* SPDX-License-Identifier: Apache-2.0 */
/* Programs are found, run clean to their end, and leave nothing open. */
#include "process_case.h"

#include <dirent.h>
#include <fcntl.h>

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

	assert_int_equal(process_run(SHELL("sleep 300 & echo $!"), NULL, &scratch, &r, &e), MS_OK);
	assert_true(process_now_nsec() - before < 200000 * MSEC);
	assert_int_equal(r.status, 0);
	pid_t left = atoi((const char *)r.out.at);
	assert_true(left > 0);
	assert_true(ends_within(left, 100000));

	/* One that left the group is not ours to end, but is not waited for either. */
	before = process_now_nsec();
	assert_int_equal(process_run(SHELL("setsid sleep 60 & echo hi"), NULL, &scratch, &r, &e), MS_OK);
	assert_true(process_now_nsec() - before < 50000 * MSEC);
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
