/* SPDX-License-Identifier: Apache-2.0 */
/* What can be done with a descriptor, whatever it stands for: its flags, and further numbers for it. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "descriptor.h"

/* What fcntl may change of a descriptor. */
struct bits { uint32_t mask, value; };

static void set_bits(struct descriptor *d, const void *argument)
{
	const struct bits *b = argument;

	d->flags = (d->flags & ~b->mask) | (b->value & b->mask);
}

static int duplicate(int fd, int from, uint32_t flags)
{
	struct descriptor d;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	if (from < 0 || from >= DESCRIPTOR_MAX)
		return ms_descriptor_fails(EINVAL);
	d.flags = (d.flags & ~(uint32_t)O_CLOEXEC) | flags;
	return ms_descriptor_new(&d, from);
}

int dup(int fd)
{
	return duplicate(fd, 0, 0);
}

int dup2(int fd, int to)
{
	struct descriptor d;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	if (fd == to)
		return fd;
	d.flags &= ~(uint32_t)O_CLOEXEC;
	return ms_descriptor_replace(to, &d);
}

/*
 * F_GETFL, F_SETFL (O_NONBLOCK), F_GETFD, F_SETFD (FD_CLOEXEC, which has no effect: nothing is executed), F_DUPFD, F_DUPFD_CLOEXEC.
 * EINVAL: any other.
 */
int fcntl(int fd, int command, ...)
{
	struct descriptor d;
	va_list args;

	if (ms_descriptor_get(fd, &d) < 0)
		return -1;
	va_start(args, command);
	int value = command == F_GETFL || command == F_GETFD ? 0 : va_arg(args, int);
	va_end(args);

	switch (command) {
	case F_DUPFD: return duplicate(fd, value, 0);
	case F_DUPFD_CLOEXEC: return duplicate(fd, value, O_CLOEXEC);
	case F_GETFL: return (int)(d.flags & ~(uint32_t)O_CLOEXEC);
	case F_SETFL: return ms_descriptor_change(fd, set_bits, &(struct bits){ O_NONBLOCK, (uint32_t)value });
	case F_GETFD: return d.flags & O_CLOEXEC ? FD_CLOEXEC : 0;
	case F_SETFD: return ms_descriptor_change_one(fd, set_bits, &(struct bits){ O_CLOEXEC, value & FD_CLOEXEC ? O_CLOEXEC : 0 });
	default: return ms_descriptor_fails(EINVAL);
	}
}
