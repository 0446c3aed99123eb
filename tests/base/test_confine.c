/* SPDX-License-Identifier: Apache-2.0 */
/* What a process behind the wall cannot do; each trial in a child, since there is no way back. */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "confine.h"
#include "confine_parts.h"

static char here[64], inside[96], outside[96], shared[96];

static int setup(void **state)
{
	(void)state;
	strcpy(here, "/tmp/confine.XXXXXX");
	assert_non_null(mkdtemp(here));
	snprintf(inside, sizeof(inside), "%s/in", here);
	snprintf(outside, sizeof(outside), "%s/secret", here);
	snprintf(shared, sizeof(shared), "%s/shared", here);
	mkdir(inside, 0755);
	close(open(outside, O_CREAT | O_WRONLY, 0644));
	close(open(shared, O_CREAT | O_WRONLY, 0644));
	return 0;
}

static int cleanup(void **state)
{
	char file[128];

	(void)state;
	snprintf(file, sizeof(file), "%s/new", inside);
	unlink(file);
	rmdir(inside);
	unlink(outside);
	unlink(shared);
	return rmdir(here);
}

/* What a trial behind the wall gives: 0, or the errno of its failure. */
static int behind_the_wall(int (*trial)(void))
{
	const char *why;

	if (!confine_possible(&why))
		skip();
	pid_t pid = fork();

	if (!pid) {
		struct arena a = { 0 };
		struct list readable = { 0 };
		struct err e = { 0 };

		list_push(&readable, &a, shared);
		if (confine(inside, &readable, &e) < 0)
			_exit(200);
		_exit(trial());
	}
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int opened(const char *path, int flags)
{
	int fd = open(path, flags, 0644);

	return fd < 0 ? errno : close(fd);
}

static int new_inside(void)
{
	char file[128];

	snprintf(file, sizeof(file), "%s/new", inside);
	return opened(file, O_CREAT | O_RDWR);
}

static int read_outside(void) { return opened(outside, O_RDONLY); }
static int write_outside(void) { return opened(outside, O_WRONLY); }
static int cut_outside(void) { return truncate(outside, 0) ? errno : 0; }
static int remove_outside(void) { return unlink(outside) ? errno : 0; }
static int list_home(void) { return opened("/root", O_RDONLY | O_DIRECTORY) && opened("/home", O_RDONLY | O_DIRECTORY) ? EACCES : 0; }
static int read_passwords(void) { return opened("/etc/passwd", O_RDONLY); }
static int read_shared(void) { return opened(shared, O_RDONLY); }
static int write_shared(void) { return opened(shared, O_WRONLY); }
static int write_null(void) { return opened("/dev/null", O_WRONLY); }
static int run_program(void) { return system("true"); }

static int move_out(void)
{
	char from[128], to[128];

	snprintf(from, sizeof(from), "%s/new", inside);
	snprintf(to, sizeof(to), "%s/new", here);
	new_inside();
	return rename(from, to) ? errno : 0;
}

static int link_in(void)
{
	char to[128];

	snprintf(to, sizeof(to), "%s/hard", inside);
	return link(outside, to) ? errno : 0;
}

static void files_are_written_in_its_folder_alone(void **state)
{
	(void)state;
	assert_int_equal(behind_the_wall(new_inside), 0);
	assert_int_equal(behind_the_wall(write_outside), EACCES);
	assert_int_equal(behind_the_wall(cut_outside), EACCES);
	assert_int_equal(behind_the_wall(remove_outside), EACCES);
	assert_int_equal(behind_the_wall(write_shared), EACCES);
	assert_int_equal(behind_the_wall(write_null), 0);
	assert_int_not_equal(behind_the_wall(move_out), 0);
	assert_int_not_equal(behind_the_wall(link_in), 0);
}

static int open_to_all(void) { return chmod(outside, 0777) ? errno : 0; }
static int open_shared_to_all(void) { return fchmodat(AT_FDCWD, shared, 0777, 0) ? errno : 0; }
static int open_to_all_newly(void) { return syscall(452, AT_FDCWD, outside, 0777, 0) ? errno : 0; }
static int give_away(void) { return chown(outside, getuid(), getgid()) ? errno : 0; }
static int make_old(void) { return utimensat(AT_FDCWD, outside, NULL, 0) ? errno : 0; }
static int tag(void) { return setxattr(outside, "user.tag", "", 0, 0) ? errno : 0; }

static void modes_owners_and_times_of_files_stay(void **state)
{
	struct stat before, after;

	(void)state;
	stat(outside, &before);
	assert_int_equal(behind_the_wall(open_to_all), EACCES);
	assert_int_equal(behind_the_wall(open_shared_to_all), EACCES);
	assert_int_equal(behind_the_wall(open_to_all_newly), EACCES);
	assert_int_equal(behind_the_wall(give_away), EACCES);
	assert_int_equal(behind_the_wall(make_old), EACCES);
	assert_int_equal(behind_the_wall(tag), EACCES);
	stat(outside, &after);
	assert_int_equal(before.st_mode, after.st_mode);
	assert_int_equal(before.st_ctim.tv_nsec, after.st_ctim.tv_nsec);
}

static int in_a_child(int (*trial)(void))
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(trial());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* What Landlock forbids from its third version on alone: without it, as on an older kernel. */
static int empty_by_reading(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || confine_calls(NULL, 0))
		return 200;
	int fd = open(outside, O_RDONLY | O_TRUNC);

	if (fd >= 0)
		return 0;
	int number = errno;
	return opened(outside, O_RDONLY) || opened(outside, O_WRONLY | O_TRUNC) || opened(outside, O_RDWR) ? 201 : number;
}

static int by_another_door(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || confine_calls(NULL, 0))
		return 200;
	return syscall(437, AT_FDCWD, outside, NULL, 0) < 0 ? errno : 0;
}

static void nothing_is_emptied_by_reading_it_on_an_older_kernel(void **state)
{
	(void)state;
	if (!confine_calls_known())
		skip();
	assert_int_equal(in_a_child(empty_by_reading), EACCES);
	assert_int_equal(in_a_child(by_another_door), ENOSYS);
}

static int as_a_server(int (*trial)(void))
{
	const char *given_up = confine_server(inside);

	return strcmp(given_up, "files, programs") ? 200 : trial();
}

static int serve_new_inside(void) { return as_a_server(new_inside); }
static int serve_outside(void) { return as_a_server(read_outside); }
static int serve_cut(void) { return as_a_server(cut_outside); }
static int start(void) { return execl("/bin/true", "true", (char *)NULL) ? errno : 0; }
static int serve_start(void) { return as_a_server(start); }
static int serve_link(void) { return as_a_server(link_in); }

static int serve_moves(void)
{
	char from[128], to[128];

	snprintf(from, sizeof(from), "%s/new", inside);
	snprintf(to, sizeof(to), "%s/folder/new", inside);
	return as_a_server(new_inside) || rename(from, to) ? errno : 0;
}

static void a_server_has_its_folder_and_no_program(void **state)
{
	const char *why;
	char folder[128], file[160];

	(void)state;
	if (!confine_possible(&why) || syscall(444, NULL, 0, 1) < 2)
		skip();
	assert_int_equal(in_a_child(serve_new_inside), 0);
	assert_int_equal(in_a_child(serve_outside), EACCES);
	assert_int_equal(in_a_child(serve_cut), EACCES);
	assert_int_equal(in_a_child(serve_start), EACCES);
	assert_int_not_equal(in_a_child(serve_link), 0);
	snprintf(folder, sizeof(folder), "%s/folder", inside);
	snprintf(file, sizeof(file), "%s/new", folder);
	assert_int_equal(mkdir(folder, 0755), 0);
	assert_int_equal(in_a_child(serve_moves), 0);
	assert_int_equal(unlink(file) || rmdir(folder), 0);
}

static void what_is_a_persons_is_not_read(void **state)
{
	(void)state;
	assert_int_equal(behind_the_wall(read_outside), EACCES);
	assert_int_equal(behind_the_wall(list_home), EACCES);
	assert_int_equal(behind_the_wall(read_passwords), EACCES);
	assert_int_equal(behind_the_wall(read_shared), 0);
}

static void programs_of_the_system_run(void **state)
{
	(void)state;
	assert_int_equal(behind_the_wall(run_program), 0);
}

static int any_socket(int family)
{
	int fd = socket(family, SOCK_STREAM, 0);

	return fd < 0 ? errno : close(fd);
}

static int internet(void) { return any_socket(AF_INET); }
static int internet6(void) { return any_socket(AF_INET6); }
static int unix_socket(void) { return any_socket(AF_UNIX); }
static int netlink(void) { return any_socket(AF_NETLINK); }
static int ring(void) { return syscall(425, 1, NULL) < 0 ? errno : 0; }
static int child_socket(void)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(any_socket(AF_INET));
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void there_is_no_network_for_it_and_its_children(void **state)
{
	(void)state;
	assert_int_equal(behind_the_wall(internet), EACCES);
	assert_int_equal(behind_the_wall(internet6), EACCES);
	assert_int_equal(behind_the_wall(unix_socket), EACCES);
	assert_int_equal(behind_the_wall(netlink), EACCES);
	assert_int_equal(behind_the_wall(ring), EACCES);
	assert_int_equal(behind_the_wall(child_socket), EACCES);
}

static int serve_network(void) { return as_a_server(internet); }
static int serve_unix_socket(void) { return as_a_server(unix_socket); }

static void a_server_asks_no_other(void **state)
{
	const char *why;

	(void)state;
	if (!confine_possible(&why) || syscall(444, NULL, 0, 1) < 2)
		skip();
	assert_int_equal(in_a_child(serve_network), EACCES);
	assert_int_equal(in_a_child(serve_unix_socket), EACCES);
}

static int signal_parent(void) { return kill(getppid(), 0) ? errno : 0; }

static int huge_file(void)
{
	char file[128];
	int rc = 0;

	signal(SIGXFSZ, SIG_IGN);
	snprintf(file, sizeof(file), "%s/new", inside);
	int fd = open(file, O_CREAT | O_RDWR, 0644);
	if (ftruncate(fd, (off_t)300 << 20))
		rc = errno;
	close(fd);
	return rc;
}

static void it_fills_no_disk_by_one_file(void **state)
{
	(void)state;
	assert_int_equal(behind_the_wall(huge_file), EFBIG);
}

/* From Landlock's sixth version on; older kernels leave signals to the user's rights. */
static void it_ends_no_process_outside(void **state)
{
	(void)state;
	if (syscall(444, NULL, 0, 1) < 6)
		skip();
	assert_int_equal(behind_the_wall(signal_parent), EPERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(files_are_written_in_its_folder_alone, setup, cleanup),
		cmocka_unit_test_setup_teardown(modes_owners_and_times_of_files_stay, setup, cleanup),
		cmocka_unit_test_setup_teardown(nothing_is_emptied_by_reading_it_on_an_older_kernel, setup, cleanup),
		cmocka_unit_test_setup_teardown(a_server_has_its_folder_and_no_program, setup, cleanup),
		cmocka_unit_test_setup_teardown(what_is_a_persons_is_not_read, setup, cleanup),
		cmocka_unit_test_setup_teardown(programs_of_the_system_run, setup, cleanup),
		cmocka_unit_test_setup_teardown(there_is_no_network_for_it_and_its_children, setup, cleanup),
		cmocka_unit_test_setup_teardown(it_fills_no_disk_by_one_file, setup, cleanup),
		cmocka_unit_test_setup_teardown(a_server_asks_no_other, setup, cleanup),
		cmocka_unit_test_setup_teardown(it_ends_no_process_outside, setup, cleanup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
