/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>

#include "descriptor.h"
#include "file.h"

/* May what was opened so be used so? */
static bool allows(uint32_t flags, int wanted)
{
	int has = (int)(flags & O_ACCMODE);

	return has == O_RDWR || has == (wanted & O_ACCMODE);
}

FILE *fdopen(int fd, const char *mode)
{
	struct descriptor d;
	int flags = file_mode(mode);

	if (flags < 0 || ms_descriptor_get(fd, &d) < 0)
		return NULL;
	if (!allows(d.flags, flags)) {
		errno = EINVAL;
		return NULL;
	}
	return file_on(fd, flags);
}
