/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cancellation.h"
#include "descriptor.h"
#include "latch.h"

static uint32_t lock;
static struct file *files;

static struct file *file_of(FILE *f)
{
	return (struct file *)(void *)f;
}

static int refuse(void)
{
	errno = EBADF;
	return _FDEV_ERR;
}

static int put(char c, FILE *f)
{
	struct file *own = file_of(f);

	if (own->access == O_RDONLY)
		return refuse();
	cancellation_point();
	stream_lock_take(&own->lock);
	int rc = __bufio_put(c, f);

	stream_lock_give(&own->lock);
	return rc;
}

static int get(FILE *f)
{
	struct file *own = file_of(f);

	if (own->access == O_WRONLY)
		return refuse();
	cancellation_point();
	stream_lock_take(&own->lock);
	int rc = __bufio_get(f);

	stream_lock_give(&own->lock);
	return rc;
}

static void forget(const struct file *f)
{
	struct file **at = &files;

	ms_latch_take(&lock);
	while (*at != f)
		at = &(*at)->next;
	*at = f->next;
	ms_latch_give(&lock);
}

/* What could not be written is told, though the descriptor is closed all the same. */
static int close_file(FILE *f)
{
	forget(file_of(f));
	int rc = __bufio_flush(f), error = errno, closed = __bufio_close(f);

	if (rc < 0)
		errno = error;
	return rc < 0 || closed < 0 ? EOF : 0;
}

static int flush_files(void)
{
	int rc = 0;

	ms_latch_take(&lock);
	for (struct file *f = files; f; f = f->next) {
		stream_lock_take(&f->lock);
		if (f->bufio.dir == __SWR && __bufio_flush(&f->bufio.xfile.cfile.file) < 0)
			rc = EOF;
		stream_lock_give(&f->lock);
	}
	ms_latch_give(&lock);
	return rc;
}

/* Run by exit(), after the handlers of atexit. */
__attribute__((destructor)) static void flush_at_exit(void)
{
	flush_files();
}

static struct stream_lock *lock_of(FILE *f)
{
	return file_is(f) ? &file_of(f)->lock : NULL;
}

FILE *file_on(int fd, int flags)
{
	struct file *f = malloc(sizeof(*f));

	if (!f)
		return NULL;
	*f = (struct file){
		.bufio = {
			.xfile = FDEV_SETUP_EXT(put, get, __bufio_flush, close_file, __bufio_seek, __bufio_setvbuf, __SRD | __SWR | __SBUF),
			.ptr = (void *)(intptr_t)fd, .bflags = __BFALL, .buf = f->buffer, .size = sizeof(f->buffer),
			.read_int = ms_descriptor_read, .write_int = ms_descriptor_write, .lseek_int = lseek, .close_int = close,
		},
		.access = (uint32_t)(flags & O_ACCMODE),
	};
	file_flush_all = flush_files;
	stream_lock_of_file = lock_of;
	ms_latch_take(&lock);
	f->next = files;
	files = f;
	ms_latch_give(&lock);
	return &f->bufio.xfile.cfile.file;
}

int file_is(const FILE *f)
{
	return f->flags & __SBUF && f->put == put;
}
