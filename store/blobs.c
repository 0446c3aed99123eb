/* SPDX-License-Identifier: Apache-2.0 */
#include "blobs.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "release.h"

static bool read_all(int fd, uint8_t *at, size_t size)
{
	while (size) {
		ssize_t n = read(fd, at, size);

		if (n <= 0 && errno != EINTR)
			return false;
		at += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

int blobs_read(const struct blobs *b, const char *name, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	uint64_t size;
	int fd = b->open(b, name, &size, e), rc = MS_OK;

	if (fd < 0)
		return fd;
	uint8_t *at = size <= limit ? arena_take(a, (size_t)size + 1) : NULL;
	if (!at)
		rc = err_set(e, ERR_TOO_LARGE, "the blob %s is larger than it may be", name);
	else if (!read_all(fd, at, (size_t)size))
		rc = err_errno(e, "cannot read the blob %s", name);
	close(fd);
	if (rc < 0)
		return rc;
	*content = (struct bytes){ at, (size_t)size };
	if (strcmp(release_sha256(*content, a), name)) {
		err_set(e, ERR_STORE_BLOB, "the blob %s has other bytes than its name says", name);
		return err_fix(e, "put it back from a copy of the store's folder, or from a mirror");
	}
	return MS_OK;
}
