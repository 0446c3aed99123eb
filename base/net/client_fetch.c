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

struct fetching { const char *part, *tag; const struct client_file *want; };

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

static int check(const struct client_file *want, const char *path, struct err *e)
{
	return want->check ? want->check(want->context, path, e) : MS_OK;
}

/* The part is ours; or, *came_meanwhile, what is wanted lies where it shall go.  Another file that somebody put there is replaced as any other. */
static int take_part(const struct fetching *f, bool *came_meanwhile, struct err *e)
{
	for (;;) {
		struct err ignored;
		int fd = open_part(f->part, f->want->to, came_meanwhile, e);

		if (fd < 0 || !*came_meanwhile || check(f->want, f->want->to, &ignored) >= 0)
			return fd;
		close(fd);
	}
}

/* Is it all there?  The whole of an empty file has no first byte. */
static int get(struct client_try *t, struct fetching *f, struct err *e)
{
	int rc = client_insist(t, prepare, f, e);

	/* There is no such part: what is here is not what the server has. */
	if (rc < 0 && t->status == 416 && !ftruncate(t->to, 0))
		rc = client_insist(t, prepare, f, e);
	if (rc >= 0 && !t->begun && ftruncate(t->to, 0))
		return err_errno(e, "cannot write '%s'", f->part);
	return rc;
}

/* Did an earlier call bring some of it?  By then it may have been another server that was asked. */
static bool is_of_two(const struct client_try *t)
{
	off_t size = lseek(t->to, 0, SEEK_END);

	return size > 0 && t->came_all < (uint64_t)size;
}

/* What is refused is nothing that could be gone on with. */
static int look(const struct client_try *t, const struct fetching *f, bool *of_two, struct err *e)
{
	int rc = check(f->want, f->part, e);

	*of_two = rc < 0 && is_of_two(t);
	return rc < 0 && ftruncate(t->to, 0) ? err_errno(e, "cannot write '%s'", f->part) : rc;
}

static int get_checked(struct client_try *t, struct fetching *f, struct err *e)
{
	bool of_two = false;
	int rc = get(t, f, e);

	if (rc >= 0)
		rc = look(t, f, &of_two, e);
	if (of_two)
		rc = get(t, f, e);
	return of_two && rc >= 0 ? look(t, f, &of_two, e) : rc;
}

/* It is ours: nobody else touches the part. */
static int fetch(struct client_try *t, struct fetching *f, struct err *e)
{
	struct err ignored;
	int rc = get_checked(t, f, e);

	if (rc >= 0) {
		rc = file_remove(f->tag, e);	/* while it is ours: the next to come makes another */
		if (rc >= 0 && (fsync(t->to) || rename(f->part, f->want->to)))
			rc = err_errno(e, "cannot write '%s'", f->want->to);
		return rc;
	}
	if (rc == -MS_EFBIG || rc == -MS_ENOENT || !lseek(t->to, 0, SEEK_END)) {	/* nothing that could be gone on with */
		file_remove(f->part, &ignored);
		file_remove(f->tag, &ignored);
	}
	return rc;
}

int client_fetch(struct client *c, const char *path, const struct client_file *want, uint64_t *came, struct err *e)
{
	struct arena own = { 0 };
	struct fetching f = { arena_printf(&own, "%s.part", want->to), arena_printf(&own, "%s.etag", want->to), want };
	const struct client_request r = { .path = path };
	struct client_try t = { .client = c, .request = &r, .arena = &own, .begin = begin, .fetching = &f, .file_limit = want->limit };

	bool came_meanwhile = false;

	t.to = take_part(&f, &came_meanwhile, e);
	int rc = t.to < 0 ? t.to : MS_OK;
	if (rc >= 0 && !came_meanwhile)
		rc = fetch(&t, &f, e);
	if (t.to >= 0)
		close(t.to);
	if (came)
		*came = t.came_all;
	arena_done(&own);
	return rc;
}
