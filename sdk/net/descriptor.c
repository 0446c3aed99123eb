/* SPDX-License-Identifier: Apache-2.0 */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "latch.h"

static ssize_t stream_read(int fd, void *to, size_t size);
static ssize_t stream_write(int fd, const void *from, size_t size);
static int stream_close(uint32_t handle, uint32_t epoch);

static const struct descriptor_kind stream = { stream_read, stream_write, stream_close };

static uint32_t lock;
static struct descriptor table[DESCRIPTOR_MAX] = {
	[STDIN_FILENO] = { .kind = &stream, .flags = O_RDONLY, .handle = STDIN_FILENO },
	[STDOUT_FILENO] = { .kind = &stream, .flags = O_WRONLY, .handle = STDOUT_FILENO },
	[STDERR_FILENO] = { .kind = &stream, .flags = O_WRONLY, .handle = STDERR_FILENO },
};

/* Where the log's lines are made of bytes is stdio's: what printf and write say does not get mixed. */
static ssize_t stream_write(int fd, const void *from, size_t size)
{
	return (ssize_t)fwrite(from, 1, size, fd == STDERR_FILENO ? stderr : stdout);
}

static ssize_t stream_read(int fd, void *to, size_t size)
{
	(void)fd, (void)to, (void)size;
	return 0;
}

static int stream_close(uint32_t handle, uint32_t epoch)
{
	(void)epoch;
	return handle == STDIN_FILENO ? 0 : fflush(handle == STDERR_FILENO ? stderr : stdout);
}

static int fails(int error)
{
	errno = error;
	return -1;
}

static struct descriptor *at(int fd)
{
	return fd >= 0 && fd < DESCRIPTOR_MAX && table[fd].kind ? &table[fd] : NULL;
}

int ms_descriptor_get(int fd, struct descriptor *d)
{
	ms_latch_take(&lock);
	const struct descriptor *found = at(fd);

	if (found)
		*d = *found;
	ms_latch_give(&lock);
	return found ? 0 : fails(EBADF);
}

static int lowest_free(void)
{
	for (int fd = 0; fd < DESCRIPTOR_MAX; fd++)
		if (!table[fd].kind)
			return fd;
	return fails(EMFILE);
}

int ms_descriptor_room(void)
{
	ms_latch_take(&lock);
	int fd = lowest_free();

	ms_latch_give(&lock);
	return fd < 0 ? fd : 0;
}

int ms_descriptor_new(const struct descriptor *d)
{
	ms_latch_take(&lock);
	int fd = lowest_free();

	if (fd >= 0)
		table[fd] = *d;
	ms_latch_give(&lock);
	return fd;
}

int ms_descriptor_change(int fd, void (*change)(struct descriptor *d, const void *argument), const void *argument)
{
	ms_latch_take(&lock);
	struct descriptor *d = at(fd);

	if (d)
		change(d, argument);
	ms_latch_give(&lock);
	return d ? 0 : fails(EBADF);
}

int close(int fd)
{
	struct descriptor was = { 0 };

	ms_latch_take(&lock);
	struct descriptor *d = at(fd);

	if (d) {
		was = *d;
		*d = (struct descriptor){ 0 };
	}
	ms_latch_give(&lock);
	return d ? was.kind->close(was.handle, was.epoch) : fails(EBADF);
}

ssize_t read(int fd, void *to, size_t size)
{
	struct descriptor d;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	return (d.flags & O_ACCMODE) == O_WRONLY ? fails(EBADF) : d.kind->read(fd, to, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
	struct descriptor d;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	return (d.flags & O_ACCMODE) == O_RDONLY ? fails(EBADF) : d.kind->write(fd, from, size);
}

/* What fcntl may change of a descriptor. */
struct bits { uint32_t mask, value; };

static void set_bits(struct descriptor *d, const void *argument)
{
	const struct bits *b = argument;

	d->flags = (d->flags & ~b->mask) | (b->value & b->mask);
}

static int change_flags(int fd, uint32_t mask, int value)
{
	return ms_descriptor_change(fd, set_bits, &(struct bits){ mask, (uint32_t)value });
}

/* F_GETFL, F_SETFL (O_NONBLOCK), F_GETFD, F_SETFD (FD_CLOEXEC, which has no effect: nothing is executed).  EINVAL: any other. */
int fcntl(int fd, int command, ...)
{
	struct descriptor d;
	va_list args;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	va_start(args, command);
	int value = command == F_SETFL || command == F_SETFD ? va_arg(args, int) : 0;
	va_end(args);

	switch (command) {
	case F_GETFL: return (int)(d.flags & (O_ACCMODE | O_NONBLOCK));
	case F_SETFL: return change_flags(fd, O_NONBLOCK, value);
	case F_GETFD: return d.flags & O_CLOEXEC ? FD_CLOEXEC : 0;
	case F_SETFD: return change_flags(fd, O_CLOEXEC, value & FD_CLOEXEC ? O_CLOEXEC : 0);
	default: return fails(EINVAL);
	}
}
