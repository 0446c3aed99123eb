/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "descriptor.h"
#include "file.h"

int file_number(const FILE *f)
{
	if (f->flags & __SBUF && !(((const struct __file_bufio *)(const void *)f)->bflags & __BFPTR))
		return (int)(intptr_t)((const struct __file_bufio *)(const void *)f)->ptr;
	return f == stdin ? STDIN_FILENO : f == stdout ? STDOUT_FILENO : f == stderr ? STDERR_FILENO : -1;
}

int fileno(FILE *f)
{
	struct descriptor d;
	int fd = file_number(f);

	return ms_descriptor_get(fd, &d) < 0 ? -1 : fd;
}
