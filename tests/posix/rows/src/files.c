/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors: open, close, read, write, fsync, and what can be done with their numbers. */
#include <fcntl.h>
#include <limits.h>
#include <ms/file.h>

#include "rows.h"

#define FAILS(call, error) MUST((errno = 0, (call) == -1) && errno == (error))

enum { OPEN_AT_MOST = 20, NEVER_OPEN = 19 };

/* A device that says what is to be said. */
static ssize_t answer;
static int synced;

static ssize_t say(void *context, void *to, size_t size, bool dont_wait)
{
	(void)context;
	if (dont_wait)
		return -EAGAIN;
	if (answer > 0)
		memset(to, 'x', (size_t)answer < size ? (size_t)answer : size);
	return answer < (ssize_t)size ? answer : (ssize_t)size;
}

static ssize_t hear(void *context, const void *from, size_t size, bool dont_wait)
{
	(void)from;
	return say(context, (char[16]){ 0 }, size < 16 ? size : 16, dont_wait);
}

static int synchronise(void *context)
{
	(void)context;
	synced++;
	return (int)answer;
}

static const struct ms_file_kind both_ways = { say, hear, synchronise }, source = { say, NULL, NULL }, sink = { NULL, hear, NULL };
static struct ms_file device = { .name = "device", .kind = &both_ways }, source_device = { .name = "source", .kind = &source }, sink_device = { .name = "sink", .kind = &sink };

void files_prepare(void)
{
	ms_file_add(&device);
	ms_file_add(&source_device);
	ms_file_add(&sink_device);
}

static int devices_are_opened_by_name(void)
{
	char text[8] = "abcdefg", zero[8] = { 0 };
	int null = open("/dev/null", O_RDWR), zeros = open("/dev//zero", O_RDONLY), one = open("dev/urandom", O_RDONLY | O_CLOEXEC);

	MUST(null == 3 && zeros == 4 && one == 5);
	MUST(read(null, text, 8) == 0 && write(null, text, 8) == 8 && text[0] == 'a' && read(zeros, text, 8) == 8 && memcmp(text, zero, 8) == 0);
	MUST(close(zeros) == 0 && open("/dev/console", O_WRONLY | O_APPEND | O_SYNC) == zeros);
	MUST(close(null) == 0 && close(zeros) == 0 && close(one) == 0);
	return 0;
}

/* Not on every board: then reading says so. */
static int random_numbers_are_read(void)
{
	unsigned char some[300];
	int f = open("/dev/random", O_RDONLY);
	ssize_t got = (errno = 0, read(f, some, sizeof(some)));

	MUST(f >= 0 && ((got > 0 && got <= 300) || (got == -1 && errno == EIO)) && close(f) == 0);
	return 0;
}

static int what_there_is_not_is_not_opened(void)
{
	FAILS(open("", O_RDONLY), ENOENT);
	FAILS(open("/no/such/file", O_RDONLY), ENOENT);
	FAILS(open("/no/such/file", O_WRONLY | O_CREAT, 0666), ENOENT);
	FAILS(open("/dev/nothing", O_RDONLY), ENOENT);
	return 0;
}

static int nothing_is_made(void)
{
	FAILS(open("/new", O_WRONLY | O_CREAT, 0666), EROFS);
	FAILS(open("new", O_RDWR | O_CREAT | O_TRUNC, 0666), EROFS);
	FAILS(open("/dev/new", O_WRONLY | O_CREAT | O_EXCL, 0666), EROFS);
	return 0;
}

static int what_there_is_is_not_made_again(void)
{
	FAILS(open("/dev/null", O_WRONLY | O_CREAT | O_EXCL, 0666), EEXIST);
	FAILS(open("/", O_WRONLY | O_CREAT | O_EXCL, 0666), EEXIST);
	int f = open("/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0666);

	MUST(f >= 0 && close(f) == 0);
	return 0;
}

static int folders_are_no_files(void)
{
	FAILS(open("/", O_WRONLY), EISDIR);
	FAILS(open("/dev", O_RDWR), EISDIR);
	FAILS(open("/dev/", O_WRONLY | O_CREAT, 0666), EISDIR);
	return 0;
}

static int files_are_no_folders(void)
{
	FAILS(open("/dev/null/x", O_RDONLY), ENOTDIR);
	FAILS(open("/dev/null/", O_RDONLY), ENOTDIR);
	FAILS(open("/dev/null", O_RDONLY | O_DIRECTORY), ENOTDIR);
	return 0;
}

static int names_have_their_length(void)
{
	static char name[PATH_MAX + 1];

	memset(name, '/', PATH_MAX);
	FAILS(open(name, O_RDONLY), ENAMETOOLONG);
	memcpy(name, "/dev/", 5);
	memset(name + 5, 'x', NAME_MAX + 1);
	name[5 + NAME_MAX + 1] = 0;
	FAILS(open(name, O_RDONLY), ENAMETOOLONG);
	FAILS(open(name + 5, O_RDONLY), ENAMETOOLONG);
	name[5 + NAME_MAX] = 0;
	FAILS(open(name, O_RDONLY), ENOENT);
	return 0;
}

static int access_must_be_possible(void)
{
	FAILS(open("/dev/source", O_WRONLY), EACCES);
	FAILS(open("/dev/sink", O_RDWR), EACCES);
	FAILS(open("/dev/sink", O_RDONLY), EACCES);
	FAILS(open("/dev/null", O_ACCMODE), EINVAL);
	return 0;
}

static int descriptors_end(void)
{
	int last = -1, f;

	while ((f = open("/dev/null", O_RDONLY)) >= 0)
		last = f;
	MUST(errno == EMFILE && last == OPEN_AT_MOST - 1);
	FAILS(dup(0), EMFILE);
	FAILS(fcntl(0, F_DUPFD, 5), EMFILE);
	for (f = 3; f <= last; f++)
		MUST(close(f) == 0);
	return 0;
}

static int what_is_not_open_is_refused(void)
{
	static const int wrong[] = { -1, INT_MIN, NEVER_OPEN, OPEN_AT_MOST, INT_MAX };
	char byte = 0;

	for (unsigned i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		FAILS(close(wrong[i]), EBADF);
		FAILS(read(wrong[i], &byte, 1), EBADF);
		FAILS(write(wrong[i], &byte, 1), EBADF);
		FAILS(fsync(wrong[i]), EBADF);
		FAILS(fdatasync(wrong[i]), EBADF);
		FAILS(lseek(wrong[i], 0, SEEK_SET), EBADF);
		FAILS(dup(wrong[i]), EBADF);
		FAILS(dup2(wrong[i], 3), EBADF);
		FAILS(fcntl(wrong[i], F_GETFL), EBADF);
	}
	return 0;
}

static int what_was_closed_is_not_open(void)
{
	int f = open("/dev/null", O_RDONLY);

	MUST(close(f) == 0);
	FAILS(close(f), EBADF);
	return 0;
}

static int each_is_used_as_it_was_opened(void)
{
	char byte = 0;
	int in = open("/dev/zero", O_RDONLY), out = open("/dev/null", O_WRONLY);

	FAILS(write(in, &byte, 1), EBADF);
	FAILS(read(out, &byte, 1), EBADF);
	MUST(close(in) == 0 && close(out) == 0);
	return 0;
}

static int sizes_have_their_end(void)
{
	char byte = 0;
	int f = open("/dev/null", O_RDWR);

	FAILS(read(f, &byte, (size_t)SSIZE_MAX + 1), EINVAL);
	FAILS(write(f, &byte, (size_t)SSIZE_MAX + 1), EINVAL);
	MUST(read(f, &byte, 0) == 0 && write(f, &byte, 0) == 0 && close(f) == 0);
	return 0;
}

static int a_devices_errors_are_the_callers(void)
{
	char text[40] = { 0 };
	int f = open("/dev/device", O_RDWR);

	answer = -EIO;
	FAILS(read(f, text, 4), EIO);
	FAILS(write(f, text, 4), EIO);
	FAILS(fsync(f), EIO);
	FAILS(fdatasync(f), EIO);
	answer = 3;
	MUST(read(f, text, sizeof(text)) == 3 && strcmp(text, "xxx") == 0 && write(f, text, 7) == 7);
	MUST(close(f) == 0);
	return 0;
}

static int who_does_not_wait_is_told(void)
{
	char text[4];
	int f = open("/dev/device", O_RDWR | O_NONBLOCK);

	FAILS(read(f, text, 4), EAGAIN);
	FAILS(write(f, text, 4), EAGAIN);
	answer = 4;
	MUST(fcntl(f, F_GETFL) == (O_RDWR | O_NONBLOCK) && fcntl(f, F_SETFL, 0) == 0 && fcntl(f, F_GETFL) == O_RDWR && read(f, text, 4) == 4);
	MUST(close(f) == 0);
	return 0;
}

static int what_was_written_is_where_it_belongs(void)
{
	int f = open("/dev/device", O_WRONLY | O_SYNC), before = synced;

	answer = 0;
	MUST(fsync(f) == 0 && fdatasync(f) == 0 && synced == before + 2 && fsync(STDOUT_FILENO) == 0 && close(f) == 0);
	return 0;
}

static int not_everything_can_be_synchronised(void)
{
	int f = open("/dev/null", O_WRONLY);

	FAILS(fsync(f), EINVAL);
	FAILS(fdatasync(f), EINVAL);
	MUST(close(f) == 0);
	return 0;
}

static int nothing_has_a_position(void)
{
	int f = open("/dev/zero", O_RDONLY);

	FAILS(lseek(f, 0, SEEK_CUR), ESPIPE);
	FAILS(lseek(STDIN_FILENO, 0, SEEK_SET), ESPIPE);
	MUST(close(f) == 0);
	return 0;
}

static int copies_stand_for_the_same(void)
{
	char byte = 1;
	int f = open("/dev/zero", O_RDONLY | O_CLOEXEC), copy = dup(f), high = fcntl(f, F_DUPFD, 9);

	MUST(copy == f + 1 && high == 9 && fcntl(f, F_GETFD) == FD_CLOEXEC && fcntl(copy, F_GETFD) == 0);
	MUST(fcntl(copy, F_SETFL, O_NONBLOCK) == 0 && fcntl(f, F_GETFL) & O_NONBLOCK && fcntl(high, F_GETFL) & O_NONBLOCK);
	MUST(close(f) == 0 && read(copy, &byte, 1) == 1 && byte == 0 && dup2(copy, high) == high && dup2(copy, copy) == copy && dup2(copy, f) == f);
	MUST(close(f) == 0 && close(copy) == 0 && read(high, &byte, 1) == 1 && close(high) == 0);
	return 0;
}

static int numbers_of_copies_have_their_end(void)
{
	FAILS(dup2(0, OPEN_AT_MOST), EBADF);
	FAILS(dup2(0, -1), EBADF);
	FAILS(fcntl(0, F_DUPFD, OPEN_AT_MOST), EINVAL);
	FAILS(fcntl(0, F_DUPFD, -1), EINVAL);
	FAILS(fcntl(0, 4711), EINVAL);
	return 0;
}

static void *reads(void *argument)
{
	char byte;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	sleep_msec(20);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	switch ((int)(intptr_t)argument) {
	case 0: open("/dev/null", O_RDONLY); break;
	case 1: close(NEVER_OPEN); break;
	case 2: read(STDIN_FILENO, &byte, 1); break;
	case 3: write(STDOUT_FILENO, &byte, 0); break;
	default: fsync(STDOUT_FILENO); break;
	}
	return NULL;
}

static int who_was_cancelled_ends_there(void)
{
	pthread_t t;
	void *result;

	for (intptr_t which = 0; which < 5; which++) {
		MUST(pthread_create(&t, NULL, reads, (void *)which) == 0);
		sleep_msec(5);
		MUST(pthread_cancel(t) == 0 && pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED);
	}
	return 0;
}

const struct row file_rows[] = {
	ROW(open, "success", devices_are_opened_by_name),
	ROW(open, "ENOENT", what_there_is_not_is_not_opened),
	ROW(open, "EROFS", nothing_is_made),
	ROW(open, "EEXIST", what_there_is_is_not_made_again),
	ROW(open, "EISDIR", folders_are_no_files),
	ROW(open, "ENOTDIR", files_are_no_folders),
	ROW(open, "ENAMETOOLONG", names_have_their_length),
	ROW(open, "EACCES", access_must_be_possible),
	ROW(open, "EINVAL", access_must_be_possible),
	ROW(open, "EMFILE", descriptors_end),
	ROW(open, "cancelled", who_was_cancelled_ends_there),
	ROW(close, "success", devices_are_opened_by_name),
	ROW(close, "EBADF", what_was_closed_is_not_open),
	ROW(close, "EBADF-unopened", what_is_not_open_is_refused),
	ROW(close, "cancelled", who_was_cancelled_ends_there),
	ROW(read, "success", devices_are_opened_by_name),
	ROW(read, "random", random_numbers_are_read),
	ROW(read, "EBADF", what_is_not_open_is_refused),
	ROW(read, "EBADF-access", each_is_used_as_it_was_opened),
	ROW(read, "EINVAL", sizes_have_their_end),
	ROW(read, "EIO", a_devices_errors_are_the_callers),
	ROW(read, "EAGAIN", who_does_not_wait_is_told),
	ROW(read, "cancelled", who_was_cancelled_ends_there),
	ROW(write, "success", devices_are_opened_by_name),
	ROW(write, "EBADF", what_is_not_open_is_refused),
	ROW(write, "EBADF-access", each_is_used_as_it_was_opened),
	ROW(write, "EINVAL", sizes_have_their_end),
	ROW(write, "EIO", a_devices_errors_are_the_callers),
	ROW(write, "EAGAIN", who_does_not_wait_is_told),
	ROW(write, "cancelled", who_was_cancelled_ends_there),
	ROW(fsync, "success", what_was_written_is_where_it_belongs),
	ROW(fsync, "EBADF", what_is_not_open_is_refused),
	ROW(fsync, "EINVAL", not_everything_can_be_synchronised),
	ROW(fsync, "EIO", a_devices_errors_are_the_callers),
	ROW(fsync, "cancelled", who_was_cancelled_ends_there),
	ROW(fdatasync, "success", what_was_written_is_where_it_belongs),
	ROW(fdatasync, "EBADF", what_is_not_open_is_refused),
	ROW(fdatasync, "EINVAL", not_everything_can_be_synchronised),
	ROW(fdatasync, "EIO", a_devices_errors_are_the_callers),
	ROW(lseek, "ESPIPE", nothing_has_a_position),
	ROW(lseek, "EBADF", what_is_not_open_is_refused),
	ROW(dup, "success", copies_stand_for_the_same),
	ROW(dup, "EBADF", what_is_not_open_is_refused),
	ROW(dup, "EMFILE", descriptors_end),
	ROW(dup2, "success", copies_stand_for_the_same),
	ROW(dup2, "EBADF", numbers_of_copies_have_their_end),
	ROW(fcntl, "success", copies_stand_for_the_same),
	ROW(fcntl, "EBADF", what_is_not_open_is_refused),
	ROW(fcntl, "EINVAL", numbers_of_copies_have_their_end),
	ROW(fcntl, "EMFILE", descriptors_end),
	ROWS_END
};
