/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"
#include "process.h"

enum { ASK_AGAIN_MSEC = 20 };

/* The process that holds it says so in the file: a help for people, nothing relies on it. */
static void write_owner(int fd)
{
	char text[16];

	int size = snprintf(text, sizeof(text), "%d\n", (int)getpid());
	if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)size, 0) != size)
		(void)!ftruncate(fd, 0);
}

static int busy(int fd, const char *path, struct err *e)
{
	char text[16] = "";

	(void)!pread(fd, text, sizeof(text) - 1, 0);
	int owner = atoi(text);
	if (owner > 0)
		err_set(e, ERR_BUSY, "'%s' is held by process %d", path, owner);
	else
		err_set(e, ERR_BUSY, "'%s' is held by another process", path);
	return err_fix(e, "wait until that command has ended, then run this one again");
}

/*
 * Asked for again and again: a flock(2) that waits is not woken by a signal that came just before it, and
 * whoever pressed Ctrl-C then would wait for somebody else's command.
 */
int file_lock_open(int fd, const char *path, bool wait, struct err *e)
{
	struct pollfd stop = { .fd = process_interrupt_fd(), .events = POLLIN };

	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_errno(e, "cannot lock '%s'", path);
		if (!wait && errno == EWOULDBLOCK)
			return busy(fd, path, e);
		if (process_interrupted())
			return err_set(e, ERR_STOPPED, "interrupted while waiting for '%s'", path);
		poll(&stop, 1, ASK_AGAIN_MSEC);
	}
	return MS_OK;
}

int file_lock(const char *path, bool wait, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);

	int rc = file_lock_open(fd, path, wait, e);
	if (rc < 0) {
		close(fd);
		return rc;
	}
	write_owner(fd);
	return fd;
}

void file_unlock(int lock)
{
	if (lock >= 0)
		close(lock);
}
