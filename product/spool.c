/* SPDX-License-Identifier: Apache-2.0 */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "file.h"
#include "tlog.h"

/* Where it begins, and the sizes of its entries, from which follows where each is. */
struct bundle { uint64_t start, size; uint32_t count; uint16_t sizes[TLOG_WIDTH]; };

/* Not /tmp unless there is nothing else: that is memory on many computers. */
static const char *folder(void)
{
	const char *named = getenv("TMPDIR");

	return named && *named ? named : file_is_folder("/var/tmp") ? "/var/tmp" : "/tmp";
}

static int failed(const char *path, struct err *e)
{
	int rc = err_errno(e, "cannot put the log's entries aside in '%s'", path);

	err_fix(e, "set TMPDIR to a folder that can be written and has room for all of them");
	return rc;
}

int spool_open(struct spool *s, struct err *e)
{
	char *path = arena_printf(&s->arena, "%s/ms-spool-XXXXXX", folder());

	s->fd = mkostemp(path, O_CLOEXEC);
	s->open = s->fd >= 0;
	if (!s->open)
		return failed(folder(), e);
	unlink(path);
	return MS_OK;
}

void spool_close(struct spool *s)
{
	if (s->open)
		close(s->fd);
	arena_done(&s->arena);
	*s = (struct spool){ 0 };
}

static bool write_all(int fd, struct bytes content, uint64_t at)
{
	while (content.size) {
		ssize_t n = pwrite(fd, content.at, content.size, (off_t)at);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			content = bytes_part(content, (size_t)n, content.size);
			at += (uint64_t)n;
		}
	}
	return true;
}

int spool_add(struct spool *s, struct bytes bundle, struct err *e)
{
	struct bundle *b = arena_new(&s->arena, struct bundle);
	struct bytes left = bundle, entry;

	b->start = s->size;
	b->size = bundle.size;
	while (b->count < TLOG_WIDTH && tlog_bundle_next(&left, &entry))
		b->sizes[b->count++] = (uint16_t)entry.size;
	if (!write_all(s->fd, bundle, s->size))
		return failed(folder(), e);
	s->size += bundle.size;
	list_push(&s->bundles, &s->arena, b);
	return MS_OK;
}

static int read_part(const struct spool *s, uint64_t at, size_t size, struct arena *a, struct bytes *out, struct err *e)
{
	uint8_t *to = arena_take(a, size + 1);
	size_t done = 0;

	while (done < size) {
		ssize_t n = pread(s->fd, to + done, size - done, (off_t)(at + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			errno = n ? errno : EIO;
			return err_errno(e, "cannot read again what was put aside in '%s'", folder());
		}
		done += (size_t)n;
	}
	*out = (struct bytes){ to, size };
	return MS_OK;
}

int spool_bundle(const struct spool *s, uint64_t number, struct arena *a, struct bytes *bundle, struct err *e)
{
	const struct bundle *b = s->bundles.at[number];

	return read_part(s, b->start, b->size, a, bundle, e);
}

static int read_entry(void *context, uint64_t index, struct arena *a, struct bytes *entry, struct err *e)
{
	const struct spool *s = context;
	const struct bundle *b = s->bundles.at[index / TLOG_WIDTH];
	uint64_t at = b->start + 2;

	for (uint64_t i = 0; i < index % TLOG_WIDTH; i++)
		at += 2u + b->sizes[i];
	return read_part(s, at, b->sizes[index % TLOG_WIDTH], a, entry, e);
}

struct ledger_entries spool_entries(struct spool *s)
{
	return (struct ledger_entries){ read_entry, s };
}
