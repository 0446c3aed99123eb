/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"
#include "process.h"

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

int file_lock(const char *path, bool wait, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);

	int rc = MS_OK;
	while (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB)) {
		if (errno == EINTR && !process_interrupted())
			continue;
		if (errno == EINTR)
			rc = err_set(e, ERR_STOPPED, "interrupted while waiting for '%s'", path);
		else if (errno == EWOULDBLOCK)
			rc = busy(fd, path, e);
		else
			rc = err_errno(e, "cannot lock '%s'", path);
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
