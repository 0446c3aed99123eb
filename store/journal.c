/* SPDX-License-Identifier: Apache-2.0 */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "key.h"
#include "reader.h"
#include "writer.h"

enum { MAGIC = 0x4a4c534d, HEAD_SIZE = 24 + TLOG_HASH_SIZE, HEADER_SIZE = HEAD_SIZE + 32 };

/* Entries of some thousand packages between two whole tiles are far below. */
static const size_t size_max = (size_t)1 << 30;

static struct bytes group_bytes(const struct journal_group *g, struct arena *a)
{
	struct writer w = { .at = arena_take(a, HEADER_SIZE + g->entries.size), .size = HEADER_SIZE + g->entries.size };
	struct sha256_state *hash = sha256_start(a);

	write_u32(&w, MAGIC);
	write_u32(&w, g->count);
	write_u64(&w, g->first);
	write_u64(&w, g->entries.size);
	write_bytes(&w, BYTES_OF(g->root));
	sha256_add(hash, writer_bytes(&w));
	sha256_add(hash, g->entries);
	sha256_end(hash, w.at + HEAD_SIZE);
	write_bytes(&w, (struct bytes){ w.at + HEAD_SIZE, 32 });
	write_bytes(&w, g->entries);
	return writer_bytes(&w);
}

/* Are these so many whole entries? */
static bool entries_ok(const struct journal_group *g)
{
	struct bytes left = g->entries, entry;
	uint32_t count = 0;

	while (tlog_bundle_next(&left, &entry))
		count++;
	return left.size == 0 && count == g->count;
}

static bool next_group(struct bytes *left, struct journal_group *g, struct arena *a)
{
	struct reader r = { .left = *left };
	uint8_t hash[32];

	uint32_t magic = read_u32(&r);
	g->count = read_u32(&r);
	g->first = read_u64(&r);
	uint64_t size = read_u64(&r);
	struct bytes root = read_bytes(&r, sizeof(g->root)), said = read_bytes(&r, sizeof(hash));
	g->entries = read_bytes(&r, size);
	if (r.failed || magic != MAGIC)
		return false;

	struct sha256_state *state = sha256_start(a);
	sha256_add(state, bytes_part(*left, 0, HEAD_SIZE));
	sha256_add(state, g->entries);
	sha256_end(state, hash);
	if (memcmp(hash, said.at, sizeof(hash)) != 0 || !entries_ok(g))
		return false;
	memcpy(g->root.at, root.at, sizeof(g->root.at));
	*left = r.left;
	return true;
}

/* A power cut tears the last group only: nothing whole can follow it. */
static bool whole_follows(struct bytes torn, struct arena *a)
{
	struct journal_group g;

	for (size_t at = 1; at + HEADER_SIZE <= torn.size; at++) {
		struct bytes left = bytes_part(torn, at, torn.size);
		if (bytes_u32(left.at) == MAGIC && next_group(&left, &g, a))
			return true;
	}
	return false;
}

static int damaged(const char *path, const char *why, struct err *e)
{
	err_set(e, ERR_LOG_DAMAGED, "'%s' is damaged: %s", path, why);
	return err_fix(e, "put back a copy of the store's folder, then open it again; nothing was changed");
}

int journal_read(const char *path, struct arena *a, struct journal_group **groups, size_t *count, off_t *end, struct err *e)
{
	struct journal_group g;
	struct list found = { 0 };
	struct bytes content;

	int rc = file_read(path, size_max, a, &content, e);
	if (rc < 0)
		return rc;

	struct bytes left = content;
	while (next_group(&left, &g, a)) {
		const struct journal_group *before = found.count ? found.at[found.count - 1] : NULL;
		if (before && g.first != before->first + before->count)
			return damaged(path, "its groups do not follow each other", e);
		struct journal_group *kept = arena_new(a, struct journal_group);
		*kept = g;
		list_push(&found, a, kept);
	}
	if (found.count == 0)
		return damaged(path, "it has no beginning", e);
	if (whole_follows(left, a))
		return damaged(path, arena_printf(a, "what stands at byte %zu is no group, and groups follow", content.size - left.size), e);

	*groups = arena_array(a, struct journal_group, found.count);
	for (size_t i = 0; i < found.count; i++)
		(*groups)[i] = *(struct journal_group *)found.at[i];
	*count = found.count;
	*end = (off_t)(content.size - left.size);
	return MS_OK;
}

int journal_continue(struct journal *j, const char *path, off_t end, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);
	if (ftruncate(fd, end) || fdatasync(fd)) {
		int rc = err_errno(e, "cannot write '%s'", path);
		close(fd);
		return rc;
	}
	*j = (struct journal){ .path = path, .fd = fd, .end = end };
	return MS_OK;
}

int journal_begin(struct journal *j, const char *path, const struct journal_group *g, struct arena *a, struct err *e)
{
	struct bytes content = group_bytes(g, a);
	struct journal next;

	int rc = file_replace(path, content, 0644, a, e);
	if (rc == MS_OK)
		rc = journal_continue(&next, path, (off_t)content.size, e);
	if (rc < 0)
		return rc;
	journal_close(j);
	*j = next;
	return MS_OK;
}

int journal_undo(struct journal *j, off_t end, struct err *e)
{
	if (ftruncate(j->fd, end) || fdatasync(j->fd))
		return err_errno(e, "cannot write '%s'", j->path);
	j->end = end;
	return MS_OK;
}

/* A write that was cut short is tried on: the disk then says why. */
static int write_at(struct journal *j, struct bytes left, struct err *e)
{
	off_t at = j->end;

	while (left.size) {
		ssize_t n = pwrite(j->fd, left.at, left.size, at);
		if (n < 0 && errno != EINTR)
			return err_errno(e, "cannot write '%s'", j->path);
		if (n > 0) {
			left = bytes_part(left, (size_t)n, left.size);
			at += n;
		}
	}
	return MS_OK;
}

int journal_add(struct journal *j, const struct journal_group *g, bool *broken, struct err *e)
{
	struct arena scratch = { 0 };
	struct bytes content = group_bytes(g, &scratch);
	struct err ignored;

	*broken = false;
	int rc = write_at(j, content, e);
	if (rc < 0) {
		*broken = journal_undo(j, j->end, &ignored) < 0;
	} else if (fdatasync(j->fd)) {
		rc = err_errno(e, "cannot write '%s'", j->path);
		*broken = true;	/* nobody knows what the disk has now */
	} else {
		j->end += (off_t)content.size;
	}
	arena_done(&scratch);
	return rc;
}

void journal_close(struct journal *j)
{
	if (j->fd >= 0)
		close(j->fd);
	j->fd = -1;
}
