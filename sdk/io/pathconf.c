/* SPDX-License-Identifier: Apache-2.0 */
/* Limits of names and devices: those of <limits.h>.  (The C library's tells the least that any system may have.)  All paths have the same. */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "descriptor.h"

long pathconf(const char *path, int name)
{
	(void)path;
	switch (name) {
	case _PC_LINK_MAX: return 1;
	case _PC_MAX_CANON: return _POSIX_MAX_CANON;
	case _PC_MAX_INPUT: return _POSIX_MAX_INPUT;
	case _PC_NAME_MAX: return NAME_MAX;
	case _PC_PATH_MAX: return PATH_MAX;
	case _PC_PIPE_BUF: return _POSIX_PIPE_BUF;
	case _PC_CHOWN_RESTRICTED:
	case _PC_NO_TRUNC:
	case _PC_SYNC_IO: return 1;
	case _PC_VDISABLE: return 0;
	}
	if (name < _PC_LINK_MAX || name > _PC_TIMESTAMP_RESOLUTION)	/* any other is a name that has no value here */
		errno = EINVAL;
	return -1;
}

long fpathconf(int fd, int name)
{
	struct descriptor d;

	return ms_descriptor_get(fd, &d) < 0 ? -1 : pathconf(NULL, name);
}
