/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What newlib asks of a system (its "libgloss"): the heap, and descriptors 0, 1 and 2, of which the first is at its end and the others
 * are the log, a line at a time.  There are no files, and no processes but this one.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ms/syscall.h>

#include "process.h"
#include "trap.h"

#define RETRY_NSEC UINT64_C(10000000)

/* Newlib's headers declare them for itself only. */
int _write(int fd, const char *from, size_t size);
int _read(int fd, char *to, size_t size);
int _close(int fd);
off_t _lseek(int fd, off_t offset, int whence);
int _fstat(int fd, struct stat *to);
int _isatty(int fd);
int _kill(int pid, int number);
int _getpid(void);
int _open(const char *path, int flags, int mode);
int _unlink(const char *path);
int _link(const char *from, const char *to);
int _stat(const char *path, struct stat *to);

struct line { char text[MS_LOG_LINE_MAX]; uint8_t used; };

static struct line lines[2];

static int fail(int error)
{
	errno = error;
	return -1;
}

/* It waits where the service writes faster than its share of the log, so that no line is lost. */
static void flush(int fd)
{
	struct line *l = &lines[fd - STDOUT_FILENO];

	while (l->used && ms_log(fd == STDERR_FILENO ? MS_LOG_ERROR : MS_LOG_INFO, l->text, l->used) == -MS_EAGAIN)
		ms_sleep_until(ms_clock() + RETRY_NSEC);
	l->used = 0;
}

int _write(int fd, const char *from, size_t size)
{
	if (fd != STDOUT_FILENO && fd != STDERR_FILENO)
		return fail(EBADF);
	struct line *l = &lines[fd - STDOUT_FILENO];

	for (size_t i = 0; i < size; i++) {
		if (from[i] != '\n')
			l->text[l->used++] = from[i];
		if (from[i] == '\n' || l->used == sizeof(l->text))
			flush(fd);
	}
	return (int)size;
}

/* After exit(), which has written what stdio keeps: a line without an end is a line, too. */
_Noreturn void _exit(int status)
{
	flush(STDOUT_FILENO);
	flush(STDERR_FILENO);
	ms_exit(status);
}

/* As in sdk/lib/exit.c: the fault record's pc and return address are those of abort and its caller. */
_Noreturn void abort(void)
{
	trap4(MS_SYS_exit, MS_EXIT_ABORT, 0, 0, 0);
	__builtin_trap();
}

int _read(int fd, char *to, size_t size)
{
	(void)to, (void)size;
	return fd == STDIN_FILENO ? 0 : fail(EBADF);
}

int _close(int fd)
{
	return fd >= STDIN_FILENO && fd <= STDERR_FILENO ? 0 : fail(EBADF);
}

off_t _lseek(int fd, off_t offset, int whence)
{
	(void)offset, (void)whence;
	return fail(fd >= STDIN_FILENO && fd <= STDERR_FILENO ? ESPIPE : EBADF);
}

/* A line is as much as stdio needs to keep. */
int _fstat(int fd, struct stat *to)
{
	if (fd < STDIN_FILENO || fd > STDERR_FILENO)
		return fail(EBADF);
	*to = (struct stat){ .st_mode = S_IFCHR, .st_blksize = MS_LOG_LINE_MAX };
	return 0;
}

int _isatty(int fd)
{
	return fd >= STDIN_FILENO && fd <= STDERR_FILENO ? 1 : fail(EBADF);
}

/* raise() of what nobody catches; number 0 asks only whether there is such a process. */
int _kill(int pid, int number)
{
	if (number < 0 || number >= NSIG)
		return fail(EINVAL);
	if (pid != _getpid())
		return fail(ESRCH);
	if (number == 0)
		return 0;
	if (number == SIGABRT)
		abort();
	_exit(128 + number);
}

int _getpid(void)
{
	return 1;
}

int _open(const char *path, int flags, int mode)
{
	(void)path, (void)flags, (void)mode;
	return fail(ENOENT);
}

int _unlink(const char *path)
{
	(void)path;
	return fail(ENOENT);
}

int _link(const char *from, const char *to)
{
	(void)from, (void)to;
	return fail(ENOENT);
}

int _stat(const char *path, struct stat *to)
{
	(void)path, (void)to;
	return fail(ENOENT);
}
