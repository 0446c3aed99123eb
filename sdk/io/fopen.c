/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file.h"

FILE *fopen(const char *restrict path, const char *restrict mode)
{
	int flags = file_mode(mode), fd = flags < 0 ? -1 : open(path, flags, 0666);
	FILE *f = fd < 0 ? NULL : file_on(fd, flags);

	if (!f && fd >= 0) {
		close(fd);
		errno = ENOMEM;
	}
	return f;
}
