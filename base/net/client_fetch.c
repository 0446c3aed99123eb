/* SPDX-License-Identifier: Apache-2.0 */
/* What is large goes to a file, and goes on where it was cut. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client_line.h"
#include "file.h"

enum { ETAG_MAX = 300 };

struct fetching { const char *part, *tag; };

/* What is there counts if it is known of which version it is. */
static int prepare(struct client_try *t, void *context, struct err *e)
{
	const struct fetching *f = context;
	struct bytes tag = { 0 };
	struct err ignored;
	struct stat s;

	t->answer = (struct text){ 0 };
	t->too_large = false;
	if (fstat(t->to, &s))
		return err_errno(e, "cannot read '%s'", f->part);
	t->before = (uint64_t)s.st_size;
	if (t->before && file_read(f->tag, ETAG_MAX, t->arena, &tag, &ignored) < 0)
		t->before = 0;
	t->if_range = t->before ? arena_string(t->arena, tag) : NULL;
	if (t->if_range && (*t->if_range != '"' || strpbrk(t->if_range, "\r\n")))
		t->before = 0;
	return MS_OK;
}

/* A weak tag says nothing of the bytes: from such a server it begins anew the next time. */
static void keep_tag(struct client_try *t, const char *tag)
{
	const struct fetching *f = t->fetching;
	struct err ignored;

	if (tag && *tag == '"' && strlen(tag) <= ETAG_MAX)
		file_replace_unsynced(f->tag, (struct bytes){ (const uint8_t *)tag, strlen(tag) }, 0644, t->arena, &ignored);
	else
		file_remove(f->tag, &ignored);
}

/* The server gives the rest of what is here, or all of it anew; the rest of something else is none, and the next try begins anew. */
static bool begin(struct client_try *t)
{
	const char *tag = client_header(t, "ETag"), *range = client_header(t, "Content-Range");
	bool part = t->status == 206;
	uint64_t from;

	if (part && (!range || sscanf(range, "bytes %" SCNu64 "-", &from) != 1 || from != t->before || !tag || !t->if_range || strcmp(tag, t->if_range))) {
		keep_tag(t, NULL);
		return false;
	}
	if (!part)
		t->before = 0;
	if (ftruncate(t->to, (off_t)t->before) || lseek(t->to, (off_t)t->before, SEEK_SET) < 0) {
		t->write_errno = errno;
		return false;
	}
	if (!part)
		keep_tag(t, tag);
	return true;
}

static bool is_at(int fd, const char *path)
{
	struct stat there, here;

	return !fstat(fd, &here) && !stat(path, &there) && here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

/*
 * The part, which is ours until it is closed: of two who get a file at once one waits here.  What it waited for is no part any more then, but the
 * file itself (*came_meanwhile), or was given up.
 */
static int open_part(const char *part, const char *to, bool *came_meanwhile, struct err *e)
{
	for (;;) {
		int fd = open(part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
		if (fd < 0)
			return err_errno(e, "cannot create '%s'", part);

		int rc = file_lock_open(fd, part, true, e);
		*came_meanwhile = rc >= 0 && is_at(fd, to);
		if (*came_meanwhile || (rc >= 0 && is_at(fd, part)))
			return fd;
		close(fd);
		if (rc < 0)
			return rc;
	}
}

/* The whole of an empty file has no first byte. */
static int settle(struct client_try *t, const struct fetching *f, const char *to, struct err *e)
{
	if (!t->begun && ftruncate(t->to, 0))
		return err_errno(e, "cannot write '%s'", f->part);
	int rc = file_remove(f->tag, e);	/* while it is ours: the next to come makes another */
	if (rc >= 0 && (fsync(t->to) || rename(f->part, to)))
		rc = err_errno(e, "cannot write '%s'", to);
	return rc;
}

/* It is ours: nobody else touches the part. */
static int fetch(struct client_try *t, struct fetching *f, const char *to, struct err *e)
{
	struct err ignored;
	int rc = client_insist(t, prepare, f, e);

	/* There is no such part: what is here is not what the server has. */
	if (rc < 0 && t->status == 416 && !ftruncate(t->to, 0))
		rc = client_insist(t, prepare, f, e);
	if (rc >= 0)
		return settle(t, f, to, e);
	if (rc == -MS_EFBIG || rc == -MS_ENOENT || !lseek(t->to, 0, SEEK_END)) {	/* nothing that could be gone on with */
		file_remove(f->part, &ignored);
		file_remove(f->tag, &ignored);
	}
	return rc;
}

int client_fetch(struct client *c, const char *path, const char *to, uint64_t limit, uint64_t *came, struct err *e)
{
	struct arena own = { 0 };
	struct fetching f = { arena_printf(&own, "%s.part", to), arena_printf(&own, "%s.etag", to) };
	const struct client_request r = { .path = path };
	struct client_try t = { .client = c, .request = &r, .arena = &own, .begin = begin, .fetching = &f, .file_limit = limit };

	bool came_meanwhile = false;

	t.to = open_part(f.part, to, &came_meanwhile, e);
	int rc = t.to < 0 ? t.to : MS_OK;
	if (rc >= 0 && !came_meanwhile)
		rc = fetch(&t, &f, to, e);
	if (t.to >= 0)
		close(t.to);
	if (came)
		*came = t.came_all;
	arena_done(&own);
	return rc;
}
