/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files by name.  There are devices below /dev, and no others: what else is asked for does not exist, and the log says once why.
 * Both folders, / and /dev, cannot be written.  A name that does not begin with a slash begins at /.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <ms/syscall.h>

#include "cancellation.h"
#include "devices.h"

enum { NO_ACCESS = 3, KEPT = O_ACCMODE | O_NONBLOCK | O_CLOEXEC | O_APPEND | O_SYNC };

static void say_once(const char *path)
{
	static const char because[] = "no storage service was granted, so there is no file ";
	static uint32_t said;
	char text[MS_LOG_LINE_MAX];
	size_t size = sizeof(because) - 1, rest = strnlen(path, sizeof(text) - size);

	if (__atomic_exchange_n(&said, 1, __ATOMIC_RELAXED))
		return;
	memcpy(text, because, size);
	memcpy(text + size, path, rest);
	ms_log(MS_LOG_WARNING, text, size + rest);
}

/* The next component of a path, which goes on behind it: its size; 0: there is none. */
static size_t component(const char **path, const char **name)
{
	*path += strspn(*path, "/");
	*name = *path;
	size_t size = strcspn(*path, "/");

	*path += size;
	return size;
}

/* What there is not: could it have been made in one of the folders that there are? */
static int missing(const char *whole, bool is_last, int flags)
{
	say_once(whole);
	return is_last && flags & O_CREAT ? -EROFS : -ENOENT;
}

static int folder(int flags)
{
	if (flags & O_CREAT && flags & O_EXCL)
		return -EEXIST;
	return (flags & O_ACCMODE) == O_RDONLY && !(flags & (O_CREAT | O_TRUNC)) ? -EACCES : -EISDIR;
}

/* Which device the path names, or a negative errno.  A folder itself cannot be read by open. */
static int resolve(const char *path, int flags)
{
	const char *at = path, *name, *rest;
	size_t size = component(&at, &name);

	if (!*path)
		return -ENOENT;
	if (!size)
		return folder(flags);
	if (size != 3 || memcmp(name, "dev", 3) != 0)
		return size > NAME_MAX ? -ENAMETOOLONG : missing(path, !at[strspn(at, "/")], flags);
	size = component(&at, &name);
	if (!size)
		return folder(flags);
	if (size > NAME_MAX)
		return -ENAMETOOLONG;
	rest = at + strspn(at, "/");
	int which = ms_device_find(name, size);

	if (which < 0)
		return missing(path, !*rest, flags);
	return *at ? -ENOTDIR : which;
}

static int may(const struct ms_file *f, int flags)
{
	int access = flags & O_ACCMODE;

	if (flags & O_DIRECTORY)
		return -ENOTDIR;
	if (flags & O_CREAT && flags & O_EXCL)
		return -EEXIST;
	return (access != O_WRONLY && !f->kind->read) || (access != O_RDONLY && !f->kind->write) ? -EACCES : 0;
}

int open(const char *path, int flags, ...)
{
	struct descriptor d = { .kind = &ms_device_kind, .flags = (uint32_t)(flags & KEPT) };

	cancellation_point();
	if ((flags & NO_ACCESS) == NO_ACCESS)
		return ms_descriptor_fails(EINVAL);
	if (strnlen(path, PATH_MAX) == PATH_MAX)
		return ms_descriptor_fails(ENAMETOOLONG);
	int which = resolve(path, flags), rc = which < 0 ? which : may(ms_device_at((uint32_t)which), flags);

	if (rc < 0)
		return ms_descriptor_fails(-rc);
	d.handle = (uint32_t)which;
	d.epoch = ms_device_epoch();
	return ms_descriptor_new(&d, 0);
}

int creat(const char *path, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
