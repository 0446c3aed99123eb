/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "file.h"

/* What the C library's function leaves out: the three streams have descriptors, too. */
int fclose(FILE *f)
{
	if (f->flags & __SCLOSE)
		return ((struct __file_close *)(void *)f)->close(f);
	int rc = fflush(f), fd = file_number(f);

	return (fd < 0 ? 0 : close(fd)) < 0 || rc < 0 ? EOF : 0;
}
