/* SPDX-License-Identifier: Apache-2.0 */
#include "tlog_files.h"

#include <string.h>

/* A tile or bundle that is not whole may have become whole since: the first of that are the same. */
static int read_either(const struct storefiles *s, int level, uint64_t number, uint32_t width, size_t limit, struct arena *a,
		       struct bytes *content, struct err *e)
{
	const char *path = arena_printf(a, "log/%s", tlog_tile_path(level, number, width, a));
	struct err first;

	int rc = s->read(s->context, path, limit, a, content, &first);
	if (rc == -MS_ENOENT && width < TLOG_WIDTH)
		rc = s->read(s->context, arena_printf(a, "log/%s", tlog_tile_path(level, number, TLOG_WIDTH, a)), limit, a, content, &first);
	if (rc == -MS_ENOENT)
		return err_set(e, ERR_LOG_TRUNCATED, "'%s' has no '%s', which the checkpoint of its log counts", s->name, path);
	if (rc < 0)
		*e = first;
	return rc;
}

static int read_tile(void *context, int level, uint64_t number, uint32_t width, struct tlog_hash *out, struct err *e)
{
	const struct tlog_files *f = context;
	struct arena scratch = { 0 };
	struct bytes content;

	int rc = read_either(f->files, level, number, width, TLOG_WIDTH * TLOG_HASH_SIZE, &scratch, &content, e);
	if (rc == MS_OK && (content.size < width * (size_t)TLOG_HASH_SIZE || content.size % TLOG_HASH_SIZE))
		rc = err_set(e, ERR_LOG_TRUNCATED, "'%s' of '%s' has less than %u hashes", tlog_tile_path(level, number, width, &scratch), f->files->name,
			     (unsigned)width);
	if (rc == MS_OK)
		memcpy(out, content.at, width * (size_t)TLOG_HASH_SIZE);
	arena_done(&scratch);
	return rc;
}

struct tlog_tiles tlog_files_tiles(struct tlog_files *f)
{
	return (struct tlog_tiles){ .read = read_tile, .context = f };
}

int tlog_files_bundle(const struct storefiles *files, uint64_t number, uint32_t width, struct arena *a, struct bytes *bundle, struct err *e)
{
	struct bytes content, left, entry;
	uint32_t count = 0;

	int rc = read_either(files, TLOG_ENTRIES, number, width, TLOG_BUNDLE_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	for (left = content; count < width && tlog_bundle_next(&left, &entry); count++)
		;
	if (count < width)
		return err_set(e, ERR_LOG_TRUNCATED, "'%s' of '%s' has less than %u entries", tlog_tile_path(TLOG_ENTRIES, number, width, a), files->name,
			       (unsigned)width);
	*bundle = bytes_part(content, 0, content.size - left.size);
	return MS_OK;
}
