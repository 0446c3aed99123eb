/* SPDX-License-Identifier: Apache-2.0 */
#include "devices.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "line.h"

static ssize_t nothing(void *context, void *to, size_t size, bool dont_wait)
{
	(void)context, (void)to, (void)size, (void)dont_wait;
	return 0;
}

static ssize_t swallow(void *context, const void *from, size_t size, bool dont_wait)
{
	(void)context, (void)from, (void)dont_wait;
	return (ssize_t)size;
}

static ssize_t zeros(void *context, void *to, size_t size, bool dont_wait)
{
	(void)context, (void)dont_wait;
	memset(to, 0, size);
	return (ssize_t)size;
}

/* A part that the kernel gives at once; the board may have no source of them. */
static ssize_t randoms(void *context, void *to, size_t size, bool dont_wait)
{
	enum { PART_MAX = 256 };
	size_t part = size < PART_MAX ? size : PART_MAX;

	(void)context, (void)dont_wait;
	return ms_random(to, part) < 0 ? -EIO : (ssize_t)part;
}

static ssize_t log_bytes(void *context, const void *from, size_t size, bool dont_wait)
{
	(void)context, (void)dont_wait;
	for (size_t i = 0; i < size; i++)
		line_put(((const char *)from)[i], stdout);
	return (ssize_t)size;
}

static int log_rest(void *context)
{
	(void)context;
	return line_flush(stdout);
}

static const struct ms_file_kind null_kind = { nothing, swallow, NULL }, zero_kind = { zeros, swallow, NULL }, random_kind = { randoms, swallow, NULL },
				 console_kind = { nothing, log_bytes, log_rest };
static struct ms_file devices[] = {
	{ .name = "null", .kind = &null_kind, .next = &devices[1] },
	{ .name = "zero", .kind = &zero_kind, .next = &devices[2] },
	{ .name = "random", .kind = &random_kind, .next = &devices[3] },
	{ .name = "urandom", .kind = &random_kind, .next = &devices[4] },
	{ .name = "console", .kind = &console_kind },
};

void ms_file_add(struct ms_file *f)
{
	struct ms_file *last = devices;

	while (last->next)
		last = last->next;
	f->next = NULL;
	last->next = f;
}

int ms_device_find(const char *name, size_t size)
{
	int which = 0;

	for (const struct ms_file *f = devices; f; f = f->next, which++)
		if (strlen(f->name) == size && memcmp(f->name, name, size) == 0)
			return which;
	return -1;
}

const struct ms_file *ms_device_at(uint32_t which)
{
	const struct ms_file *f = devices;

	while (which--)
		f = f->next;
	return f;
}

uint32_t ms_device_epoch(void)
{
	static uint32_t opened;

	return __atomic_add_fetch(&opened, 1, __ATOMIC_RELAXED);
}

/* The device of a descriptor, which may have been closed meanwhile: NULL with EBADF. */
static const struct ms_file *device_of(int fd, bool *dont_wait)
{
	struct descriptor d;

	if (ms_descriptor_get(fd, &d) < 0)
		return NULL;
	if (d.kind != &ms_device_kind) {
		errno = EBADF;
		return NULL;
	}
	*dont_wait = d.flags & O_NONBLOCK;
	return ms_device_at(d.handle);
}

static ssize_t result(ssize_t rc)
{
	return rc < 0 ? ms_descriptor_fails((int)-rc) : rc;
}

static ssize_t device_read(int fd, void *to, size_t size)
{
	bool dont_wait;
	const struct ms_file *f = device_of(fd, &dont_wait);

	if (!f || !size)
		return f ? 0 : -1;
	return result(f->kind->read(f->context, to, size, dont_wait));
}

/* All of it, unless a part has been taken when something goes wrong: then that part. */
static ssize_t device_write(int fd, const void *from, size_t size)
{
	bool dont_wait;
	const struct ms_file *f = device_of(fd, &dont_wait);
	size_t done = 0;
	ssize_t rc = 0;

	while (f && done < size && (rc = f->kind->write(f->context, (const char *)from + done, size - done, dont_wait)) > 0)
		done += (size_t)rc;
	return !f ? -1 : done ? (ssize_t)done : result(rc);
}

static int device_close(uint32_t handle, uint32_t epoch)
{
	(void)handle, (void)epoch;
	return 0;
}

static int device_sync(int fd)
{
	bool dont_wait;
	const struct ms_file *f = device_of(fd, &dont_wait);

	if (!f)
		return -1;
	return (int)result(f->kind->sync ? f->kind->sync(f->context) : -EINVAL);
}

const struct descriptor_kind ms_device_kind = { device_read, device_write, device_close, device_sync };
