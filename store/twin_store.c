/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of a store that is open here. */
#include <unistd.h>

#include "twin.h"

static int checkpoint(void *context, struct arena *a, struct bytes *note, struct err *e)
{
	struct store *s = context;

	return log_checkpoint(s->log, a, note, e);
}

static int entry(void *context, uint64_t index, struct arena *a, struct bytes *out, struct err *e)
{
	struct store *s = context;

	return log_entry(s->log, index, a, out, e);
}

static int package(void *context, const char *sha256, size_t most, struct arena *a, struct bytes *head, uint64_t *size, struct err *e)
{
	struct store *s = context;
	int fd = s->blobs.open(&s->blobs, sha256, size, e);
	size_t wanted = (size_t)(*size < most ? *size : most), got = 0;
	uint8_t *at = fd < 0 ? NULL : arena_take(a, wanted + 1);

	if (fd < 0)
		return fd;
	for (ssize_t n; got < wanted && (n = pread(fd, at + got, wanted - got, (off_t)got)) > 0; )
		got += (size_t)n;
	close(fd);
	*head = (struct bytes){ at, got };
	return MS_OK;
}

struct twin_from twin_from_store(struct store *s, struct arena *a)
{
	return (struct twin_from){ .name = s->name, .key = log_key(s->log, a), .checkpoint = checkpoint, .entry = entry, .package = package, .context = s };
}
