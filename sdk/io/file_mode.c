/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>

#include "file.h"

static int first(char c)
{
	switch (c) {
	case 'r': return O_RDONLY;
	case 'w': return O_WRONLY | O_CREAT | O_TRUNC;
	case 'a': return O_WRONLY | O_CREAT | O_APPEND;
	default: return -1;
	}
}

/* Behind the first letter: + and, without a meaning here, b; e and x as POSIX.1-2024 has them. */
int file_mode(const char *mode)
{
	int flags = first(*mode);

	for (const char *c = mode + 1; flags >= 0 && *c; c++)
		switch (*c) {
		case '+': flags = (flags & ~O_ACCMODE) | O_RDWR; break;
		case 'b': break;
		case 'e': flags |= O_CLOEXEC; break;
		case 'x': flags |= O_EXCL; break;
		default: flags = -1;
		}
	if (flags < 0)
		errno = EINVAL;
	return flags;
}
