/* SPDX-License-Identifier: Apache-2.0 */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "cancellation.h"
#include "latch.h"
#include "line.h"

static ssize_t stream_read(int fd, void *to, size_t size);
static ssize_t stream_write(int fd, const void *from, size_t size);
static int follow_put(char c, FILE *f);
static int stream_close(uint32_t handle, uint32_t epoch);
static int stream_sync(int fd);

static const struct descriptor_kind stream = { stream_read, stream_write, stream_close, stream_sync };

static uint32_t lock;
static struct descriptor table[DESCRIPTOR_MAX] = {
	[STDIN_FILENO] = { .kind = &stream, .flags = O_RDONLY, .handle = STDIN_FILENO },
	[STDOUT_FILENO] = { .kind = &stream, .flags = O_WRONLY, .handle = STDOUT_FILENO },
	[STDERR_FILENO] = { .kind = &stream, .flags = O_WRONLY, .handle = STDERR_FILENO },
};

int ms_descriptor_fails(int error)
{
	errno = error;
	return -1;
}

static FILE *stream_of(uint32_t handle)
{
	return handle == STDERR_FILENO ? stderr : stdout;
}

static uint32_t handle_of(int fd)
{
	struct descriptor d;

	return ms_descriptor_get(fd, &d) < 0 ? STDOUT_FILENO : d.handle;
}

/* Where the log's lines are made of bytes is stdio's: what printf and write says does not get mixed. */
static ssize_t stream_write(int fd, const void *from, size_t size)
{
	FILE *f = stream_of(handle_of(fd));

	int (*put)(char, FILE *) = f->put == follow_put ? line_put : f->put;

	for (size_t i = 0; i < size; i++)
		put(((const char *)from)[i], f);
	return (ssize_t)size;
}

static ssize_t stream_read(int fd, void *to, size_t size)
{
	(void)fd, (void)to, (void)size;
	return 0;
}

static int stream_sync(int fd)
{
	return line_flush(stream_of(handle_of(fd)));
}

static int stream_close(uint32_t handle, uint32_t epoch)
{
	(void)epoch;
	return handle == STDIN_FILENO ? 0 : line_flush(stream_of(handle));
}

/*
 * Once the descriptor of one of the C library's streams has changed, the stream goes where the descriptor does, byte by byte.
 */
static FILE *standard(int fd)
{
	return fd == STDIN_FILENO ? stdin : stream_of((uint32_t)fd);
}

static int number_of(const FILE *f)
{
	return f == stdin ? STDIN_FILENO : f == stderr ? STDERR_FILENO : STDOUT_FILENO;
}

static int follow_put(char c, FILE *f)
{
	return write(number_of(f), &c, 1) == 1 ? (unsigned char)c : _FDEV_ERR;
}

static int follow_get(FILE *f)
{
	unsigned char c;
	ssize_t got = read(number_of(f), &c, 1);

	return got == 1 ? c : got == 0 ? _FDEV_EOF : _FDEV_ERR;
}

static void follow(int fd)
{
	if (fd > STDERR_FILENO)
		return;
	bool log = fd != STDIN_FILENO && table[fd].kind == &stream && table[fd].handle == (uint32_t)fd;

	standard(fd)->put = log ? line_put : follow_put;
	standard(fd)->get = follow_get;
	if (log && stream_hook)
		stream_hook();
}

static struct descriptor *at(int fd)
{
	return fd >= 0 && fd < DESCRIPTOR_MAX && table[fd].kind ? &table[fd] : NULL;
}

static bool same(const struct descriptor *a, const struct descriptor *b)
{
	return a->kind == b->kind && a->handle == b->handle && a->epoch == b->epoch;
}

int ms_descriptor_get(int fd, struct descriptor *d)
{
	ms_latch_take(&lock);
	const struct descriptor *found = at(fd);

	if (found)
		*d = *found;
	ms_latch_give(&lock);
	return found ? 0 : ms_descriptor_fails(EBADF);
}

static int lowest_free(int from)
{
	for (int fd = from; fd < DESCRIPTOR_MAX; fd++)
		if (!table[fd].kind)
			return fd;
	return ms_descriptor_fails(EMFILE);
}

int ms_descriptor_room(void)
{
	ms_latch_take(&lock);
	int fd = lowest_free(0);

	ms_latch_give(&lock);
	return fd < 0 ? fd : 0;
}

int ms_descriptor_new(const struct descriptor *d, int from)
{
	ms_latch_take(&lock);
	int fd = lowest_free(from);

	if (fd >= 0) {
		table[fd] = *d;
		follow(fd);
	}
	ms_latch_give(&lock);
	return fd;
}

int ms_descriptor_change_one(int fd, void (*change)(struct descriptor *d, const void *argument), const void *argument)
{
	ms_latch_take(&lock);
	struct descriptor *d = at(fd);

	if (d)
		change(d, argument);
	ms_latch_give(&lock);
	return d ? 0 : ms_descriptor_fails(EBADF);
}

int ms_descriptor_change(int fd, void (*change)(struct descriptor *d, const void *argument), const void *argument)
{
	ms_latch_take(&lock);
	struct descriptor *d = at(fd);

	for (int other = 0; d && other < DESCRIPTOR_MAX; other++)
		if (other != fd && same(&table[other], d))
			change(&table[other], argument);
	if (d)
		change(d, argument);
	ms_latch_give(&lock);
	return d ? 0 : ms_descriptor_fails(EBADF);
}

/* With the lock: empty the number; returns what it stood for, without a kind when others still do. */
static struct descriptor take_out(int fd)
{
	struct descriptor was = table[fd];

	table[fd] = (struct descriptor){ 0 };
	follow(fd);
	for (int other = 0; was.kind && other < DESCRIPTOR_MAX; other++)
		if (same(&table[other], &was))
			was.kind = NULL;
	return was;
}

static int finish(const struct descriptor *was)
{
	return was->kind ? was->kind->close(was->handle, was->epoch) : 0;
}

int ms_descriptor_replace(int fd, const struct descriptor *d)
{
	struct descriptor was;

	if (fd < 0 || fd >= DESCRIPTOR_MAX)
		return ms_descriptor_fails(EBADF);
	ms_latch_take(&lock);
	was = take_out(fd);
	table[fd] = *d;
	follow(fd);
	if (same(&was, d))
		was.kind = NULL;
	ms_latch_give(&lock);
	finish(&was);
	return fd;
}

int close(int fd)
{
	struct descriptor was = { 0 };

	cancellation_point();
	ms_latch_take(&lock);
	bool open = at(fd);

	if (open)
		was = take_out(fd);
	ms_latch_give(&lock);
	return open ? finish(&was) : ms_descriptor_fails(EBADF);
}

/* What can be read or written of this size, by who has not opened it for `not`: 0, or -1 with EBADF, EINVAL. */
static int begin(int fd, int not, size_t size, struct descriptor *d)
{
	if (ms_descriptor_get(fd, d) < 0)
		return -1;
	if ((int)(d->flags & O_ACCMODE) == not)
		return ms_descriptor_fails(EBADF);
	return size > SSIZE_MAX ? ms_descriptor_fails(EINVAL) : 0;
}

ssize_t ms_descriptor_read(int fd, void *to, size_t size)
{
	struct descriptor d;

	return begin(fd, O_WRONLY, size, &d) < 0 ? -1 : d.kind->read(fd, to, size);
}

ssize_t ms_descriptor_write(int fd, const void *from, size_t size)
{
	struct descriptor d;

	return begin(fd, O_RDONLY, size, &d) < 0 ? -1 : d.kind->write(fd, from, size);
}

ssize_t read(int fd, void *to, size_t size)
{
	cancellation_point();
	return ms_descriptor_read(fd, to, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
	cancellation_point();
	return ms_descriptor_write(fd, from, size);
}
