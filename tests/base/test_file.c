/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "captured.h"
#include "scratch.h"

static const char old_text[] = "old", new_text[] = "new content";

static void a_file_is_read_whole_with_a_nul_behind_it(void **state)
{
	(void)state;
	struct bytes content = { 0 };
	struct err e = { 0 };

	write_text("empty", "");
	assert_int_equal(file_read("empty", 10, &scratch, &content, &e), MS_OK);
	assert_int_equal(content.size, 0);
	assert_int_equal(content.at[0], 0);

	write_text("ten", "0123456789");
	assert_int_equal(file_read("ten", 10, &scratch, &content, &e), MS_OK);
	assert_int_equal(content.size, 10);
	assert_string_equal((const char *)content.at, "0123456789");
	assert_int_equal(e.code, 0);
}

static void what_is_no_plain_file_is_not_read_as_one(void **state)
{
	struct bytes content = { (const uint8_t *)"untouched", 9 };
	struct err e;

	(void)state;
	write_text("ten", "0123456789");
	assert_int_equal(mkfifo("pipe", 0644), 0);
	assert_int_equal(symlink("ten", "link"), 0);
	assert_int_equal(file_read_plain("link", 10, &scratch, &content, &e), -MS_EINVAL);
	assert_int_equal(file_read_plain("pipe", 10, &scratch, &content, &e), -MS_EINVAL);	/* nobody writes to it: another reader waits for ever */
	assert_int_equal(file_read_plain("/dev/zero", 10, &scratch, &content, &e), -MS_EINVAL);
	assert_int_equal(file_read_plain(".", 10, &scratch, &content, &e), -MS_EINVAL);
	assert_int_equal(file_read_plain("ten", 9, &scratch, &content, &e), -MS_EFBIG);
	assert_string_equal((const char *)content.at, "untouched");
	assert_int_equal(file_read_plain("ten", 10, &scratch, &content, &e), MS_OK);
	assert_string_equal((const char *)content.at, "0123456789");
}

static void a_file_above_the_limit_is_refused(void **state)
{
	(void)state;
	struct bytes content = { (const uint8_t *)"untouched", 9 };
	struct err e;

	write_text("ten", "0123456789");
	assert_int_equal(file_read("ten", 9, &scratch, &content, &e), -MS_EFBIG);
	assert_string_equal(e.text, "'ten' is larger than the 9 bytes allowed");
	assert_int_equal(file_read("ten", 0, &scratch, &content, &e), -MS_EFBIG);
	assert_int_equal(file_read("/dev/zero", 1 << 20, &scratch, &content, &e), -MS_EFBIG);
	assert_string_equal(e.text, "'/dev/zero' is larger than the 1 MiB allowed");
	assert_string_equal((const char *)content.at, "untouched");
}

static void reading_says_why_it_cannot(void **state)
{
	(void)state;
	struct bytes content;
	struct err e;

	assert_int_equal(file_read("missing", 10, &scratch, &content, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot open 'missing': No such file or directory");
	assert_int_equal(file_read(".", 10, &scratch, &content, &e), -MS_EINVAL);
	assert_string_equal(e.text, "cannot read '.': Is a directory");
	write_text("file", "");
	assert_int_equal(file_read("file/below", 10, &scratch, &content, &e), -MS_ENOENT);
}

/* A pipe gives its content in pieces and has no size. */
static void a_pipe_is_read_to_its_end(void **state)
{
	(void)state;
	struct bytes content;
	struct err e;
	const size_t size = 300000;

	assert_int_equal(mkfifo("pipe", 0600), 0);
	pid_t writer = fork();
	if (writer == 0) {
		int fd = open("pipe", O_WRONLY);
		for (size_t i = 0; i < size; i++)
			if (write(fd, &(char){ (char)('a' + i % 26) }, 1) != 1)
				_exit(1);
		_exit(0);
	}
	assert_int_equal(file_read("pipe", size, &scratch, &content, &e), MS_OK);
	assert_int_equal(content.size, size);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(content.at[i], 'a' + i % 26);
	assert_int_equal(waitpid(writer, NULL, 0), writer);
}

static int files_here(void)
{
	struct list names = { 0 };
	struct err e;

	/* Dot files too: nothing may be left beside. */
	assert_int_equal(file_list(".", &scratch, &names, &e), MS_OK);
	return (int)names.count + (access(".file.new", F_OK) == 0);
}

static void replacing_makes_and_replaces_with_the_mode(void **state)
{
	(void)state;
	struct err e = { 0 };
	struct stat st;

	umask(022);
	assert_int_equal(file_replace("file", BYTES_LITERAL(old_text), 0600, &scratch, &e), MS_OK);
	assert_string_equal(text_of("file"), old_text);
	assert_int_equal(stat("file", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);

	assert_int_equal(file_replace("file", BYTES_LITERAL(new_text), 0666, &scratch, &e), MS_OK);
	assert_string_equal(text_of("file"), new_text);
	assert_int_equal(stat("file", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(files_here(), 1);
}

static void creating_never_replaces(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_create("file", BYTES_LITERAL(old_text), 0644, &scratch, &e), MS_OK);
	assert_int_equal(file_create("file", BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_EEXIST);
	assert_string_equal(e.text, "'file' exists already");
	assert_string_equal(text_of("file"), old_text);
	assert_int_equal(symlink("nowhere", "link"), 0);
	assert_int_equal(file_create("link", BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_EEXIST);
	assert_int_equal(files_here(), 2);
}

/* Of many processes that create the same file, one does; the others are told. */
static void one_of_many_creators_wins(void **state)
{
	(void)state;
	enum { MANY = 16 };
	pid_t pids[MANY];
	int winners = 0;

	for (int i = 0; i < MANY; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			struct err e;
			char text[2] = { (char)('a' + i), 0 };
			int rc = file_create("file", (struct bytes){ (uint8_t *)text, 1 }, 0644, &scratch, &e);
			_exit(rc == MS_OK ? 0 : rc == -MS_EEXIST ? 1 : 2);
		}
	}
	int winner = -1;
	for (int i = 0; i < MANY; i++) {
		int status;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_in_range(WEXITSTATUS(status), 0, 1);
		if (WEXITSTATUS(status) == 0) {
			winners++;
			winner = i;
		}
	}
	assert_int_equal(winners, 1);
	assert_int_equal(text_of("file")[0], 'a' + winner);
	assert_int_equal(files_here(), 1);
}

/* Of many writers each writes whole: no mixture, and nothing is left beside. */
static void writers_at_once_take_turns(void **state)
{
	(void)state;
	enum { MANY = 8, ROUNDS = 20, SIZE = 100000 };
	pid_t pids[MANY];

	for (int i = 0; i < MANY; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			static uint8_t content[SIZE];
			struct err e;
			memset(content, 'a' + i, SIZE);
			for (int k = 0; k < ROUNDS; k++)
				if (file_replace("file", (struct bytes){ content, SIZE }, 0644, &scratch, &e) < 0)
					_exit(1);
			_exit(0);
		}
	}
	for (int i = 0; i < MANY; i++) {
		int status;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	const char *text = text_of("file");
	assert_int_equal(strlen(text), SIZE);
	assert_int_equal(strspn(text, (char[]){ text[0], 0 }), SIZE);
	assert_int_equal(files_here(), 1);
}

static void what_is_no_file_is_not_replaced(void **state)
{
	(void)state;
	struct err e = { 0 };
	struct stat st;

	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(file_replace("folder", BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_EINVAL);
	assert_true(file_is_folder("folder"));

	assert_int_equal(file_replace("/dev/null", BYTES_LITERAL(new_text), 0644, &scratch, &e), MS_OK);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	assert_int_equal(file_replace("/dev/full", BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_ENOSPC);
	assert_string_equal(e.text, "cannot write '/dev/full': No space left on device");
	assert_string_equal(e.fix, "make room on that disk and run the command again");
}

static void a_link_is_replaced_and_what_it_names_is_left(void **state)
{
	(void)state;
	struct err e;
	struct stat st;

	write_text("target", old_text);
	assert_int_equal(symlink("target", "link"), 0);
	assert_int_equal(file_replace("link", BYTES_LITERAL(new_text), 0644, &scratch, &e), MS_OK);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_string_equal(text_of("target"), old_text);

	/* A link planted where we write beside leads nowhere either. */
	assert_int_equal(symlink("target", ".file.new"), 0);
	assert_int_equal(file_replace("file", BYTES_LITERAL(new_text), 0644, &scratch, &e), MS_OK);
	assert_string_equal(text_of("target"), old_text);
	assert_string_equal(text_of("file"), new_text);
}

static void a_missing_folder_or_one_that_is_a_file_is_named(void **state)
{
	(void)state;
	struct err e;

	assert_int_equal(file_replace("no/file", BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot create 'no/file': No such file or directory");
	write_text("file", "");
	assert_int_equal(file_replace("file/x", BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_ENOENT);
	assert_string_equal(e.text, "cannot create 'file/x': Not a directory");
}

static void the_longest_name_can_be_replaced_and_a_longer_one_is_refused(void **state)
{
	(void)state;
	struct err e;
	char name[302];

	memset(name, 'n', sizeof(name));
	name[255] = '\0';
	assert_int_equal(file_replace(name, BYTES_LITERAL(new_text), 0644, &scratch, &e), MS_OK);
	assert_string_equal(text_of(name), new_text);
	assert_int_equal(files_here(), 1);

	name[255] = 'n';
	name[300] = '\0';
	assert_int_equal(file_replace(name, BYTES_LITERAL(new_text), 0644, &scratch, &e), -MS_EINVAL);
	assert_non_null(strstr(e.text, "File name too long"));
	assert_int_equal(files_here(), 1);
}

static void a_file_that_cannot_grow_keeps_the_old_content(void **state)
{
	(void)state;
	static uint8_t large[100000];
	struct rlimit kept, small;
	struct err e;

	write_text("file", old_text);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &kept), 0);
	small = (struct rlimit){ 4096, kept.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int rc = file_replace("file", (struct bytes){ large, sizeof(large) }, 0644, &scratch, &e);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &kept), 0);
	assert_int_equal(rc, -MS_EFBIG);
	assert_string_equal(e.text, "cannot write 'file': File too large");
	assert_string_equal(text_of("file"), old_text);
	assert_int_equal(files_here(), 1);
}

static void a_full_disk_keeps_the_old_content(void **state)
{
	(void)state;
	static uint8_t large[200000];
	struct err e;

	assert_int_equal(mkdir("disk", 0700), 0);
	if (mount("none", "disk", "tmpfs", 0, "size=64k"))
		skip();
	write_text("disk/file", old_text);
	int rc = file_replace("disk/file", (struct bytes){ large, sizeof(large) }, 0644, &scratch, &e);
	const char *after = text_of("disk/file");
	int beside = access("disk/.file.new", F_OK);
	assert_int_equal(umount("disk"), 0);
	assert_int_equal(rc, -MS_ENOSPC);
	assert_string_equal(e.text, "cannot write 'disk/file': No space left on device");
	assert_string_equal(after, old_text);
	assert_int_equal(beside, -1);
}

static void updating_leaves_equal_content_alone(void **state)
{
	(void)state;
	struct err e;
	struct stat before, after;
	bool changed;

	assert_int_equal(file_update("file", BYTES_LITERAL(old_text), 0644, &scratch, &changed, &e), MS_OK);
	assert_true(changed);
	assert_int_equal(stat("file", &before), 0);
	assert_int_equal(file_update("file", BYTES_LITERAL(old_text), 0644, &scratch, &changed, &e), MS_OK);
	assert_false(changed);
	assert_int_equal(stat("file", &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);

	assert_int_equal(file_update("file", BYTES_LITERAL("odl"), 0644, &scratch, &changed, &e), MS_OK);
	assert_true(changed);
	assert_string_equal(text_of("file"), "odl");
	assert_int_equal(file_update("file", BYTES_LITERAL("longer"), 0644, &scratch, NULL, &e), MS_OK);
	assert_string_equal(text_of("file"), "longer");
}

/* A child that replaces the file and stops before each system call it makes. */
static pid_t start_traced(void)
{
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct arena a = { 0 };
		struct err e;
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
			_exit(77);
		raise(SIGSTOP);
		_exit(file_replace("file", BYTES_LITERAL(new_text), 0644, &a, &e) == MS_OK ? 0 : 1);
	}
	return pid;
}

/* Let it make `steps` system calls, then kill it.  True if it ended before. */
static bool run_steps(pid_t pid, long steps)
{
	int status;

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

/*
 * Kill the writer behind every possible number of system calls.  Whatever the
 * moment, the file is the old one or the new one, and replacing it again works
 * and leaves nothing beside.
 */
static void killing_the_writer_leaves_old_or_new(void **state)
{
	(void)state;
	struct err e;
	bool seen_old = false, seen_new = false, ended = false;

	for (long steps = 0; !ended; steps++) {
		assert_true(steps < 10000);
		assert_int_equal(file_replace("file", BYTES_LITERAL(old_text), 0644, &scratch, &e), MS_OK);
		ended = run_steps(start_traced(), steps);
		const char *text = text_of("file");
		seen_old |= strcmp(text, old_text) == 0;
		seen_new |= strcmp(text, new_text) == 0;
		assert_true(strcmp(text, old_text) == 0 || strcmp(text, new_text) == 0);

		assert_int_equal(file_replace("file", BYTES_LITERAL("again"), 0644, &scratch, &e), MS_OK);
		assert_string_equal(text_of("file"), "again");
		assert_int_equal(files_here(), 1);
	}
	assert_true(seen_old && seen_new);
}

/* What makes it survive a power cut: the content is on the disk before the name, and the name before we say so. */
static void content_is_synced_before_the_rename_and_the_folder_after(void **state)
{
	(void)state;
	char order[64] = "";
	size_t n = 0;
	int status;

	pid_t pid = start_traced();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status))
		skip();
	ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD);
	for (;;) {
		struct __ptrace_syscall_info info = { 0 };
		assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFEXITED(status))
			break;
		ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info);
		if (info.op != PTRACE_SYSCALL_INFO_ENTRY || n + 1 >= sizeof(order))
			continue;
		if (info.entry.nr == SYS_write)
			order[n++] = 'w';
		if (info.entry.nr == SYS_fsync)
			order[n++] = 's';
		if (info.entry.nr == SYS_rename || info.entry.nr == SYS_renameat || info.entry.nr == SYS_renameat2)
			order[n++] = 'r';
	}
	assert_string_equal(order, "wsrs");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_file_is_read_whole_with_a_nul_behind_it),
		scratch_test(what_is_no_plain_file_is_not_read_as_one),
		scratch_test(a_file_above_the_limit_is_refused),
		scratch_test(reading_says_why_it_cannot),
		scratch_test(a_pipe_is_read_to_its_end),
		scratch_test(replacing_makes_and_replaces_with_the_mode),
		scratch_test(creating_never_replaces),
		scratch_test(one_of_many_creators_wins),
		scratch_test(writers_at_once_take_turns),
		scratch_test(what_is_no_file_is_not_replaced),
		scratch_test(a_link_is_replaced_and_what_it_names_is_left),
		scratch_test(a_missing_folder_or_one_that_is_a_file_is_named),
		scratch_test(the_longest_name_can_be_replaced_and_a_longer_one_is_refused),
		scratch_test(a_file_that_cannot_grow_keeps_the_old_content),
		scratch_test(a_full_disk_keeps_the_old_content),
		scratch_test(updating_leaves_equal_content_alone),
		scratch_test(killing_the_writer_leaves_old_or_new),
		scratch_test(content_is_synced_before_the_rename_and_the_folder_after),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
