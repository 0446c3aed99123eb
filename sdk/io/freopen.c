/* SPDX-License-Identifier: Apache-2.0 */
/* A stream with another file behind it.  Its descriptor keeps its number, so that the three streams stay 0, 1 and 2. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "descriptor.h"
#include "file.h"

/* As before, but nothing has been read or written. */
static void renew(FILE *f, int fd, int flags)
{
	struct file *own = (struct file *)(void *)f;

	f->unget = 0;
	f->flags &= (uint8_t)~(__SERR | __SEOF);
	if (file_is(f)) {
		own->access = (uint32_t)(flags & O_ACCMODE);
		own->bufio.ptr = (void *)(intptr_t)fd;
		own->bufio.len = own->bufio.off = 0;
		own->bufio.dir = 0;
		own->bufio.pos = 0;
	} else {
		f->flags &= (uint8_t)~(__SRD | __SWR);
		f->flags |= (flags & O_ACCMODE) == O_RDONLY ? __SRD : (flags & O_ACCMODE) == O_WRONLY ? __SWR : __SRD | __SWR;
	}
}

/* Without a descriptor, so that closing the stream closes none. */
static void detach(FILE *f, int fd)
{
	close(fd);
	if (file_is(f))
		((struct file *)(void *)f)->bufio.ptr = (void *)(intptr_t)-1;
}

/* What it was is closed, whatever follows. */
FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict f)
{
	int flags = file_mode(mode), was = file_number(f), error;

	fflush(f);
	detach(f, was);
	int fd = flags < 0 ? -1 : path ? open(path, flags, 0666) : ms_descriptor_fails(EBADF);

	if (fd >= 0 && fd != was && was >= 0) {
		dup2(fd, was);
		close(fd);
		fd = was;
	}
	if (fd >= 0) {
		renew(f, fd, flags);
		return f;
	}
	error = errno;
	fclose(f);
	errno = error;
	return NULL;
}
