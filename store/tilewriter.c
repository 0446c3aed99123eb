/* SPDX-License-Identifier: Apache-2.0 */
#include "tilewriter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "log.h"

enum { GROUP_TILES = LOG_GROUP_MAX / TLOG_WIDTH };

struct logview *logview_new(void)
{
	struct arena a = { 0 };
	struct logview *v = arena_new(&a, struct logview);

	v->arena = a;
	return v;
}

void logview_free(struct logview *v)
{
	struct arena a;

	if (!v)
		return;
	a = v->arena;	/* v lies in it */
	arena_done(&a);
}

struct logview *logview_copy(const struct logview *old)
{
	struct logview *v = logview_new();

	v->edge = old->edge;
	text_add_bytes(&v->tail, &v->arena, (struct bytes){ (uint8_t *)old->tail.at, old->tail.size });
	return v;
}

static int sync_folder(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd);

	if (fd >= 0)
		close(fd);
	return failed ? err_errno(e, "cannot write folder '%s'", path) : MS_OK;
}

/* A folder whose name is durable, up to and with `top`, which is. */
static int make_folder(const char *path, const char *top, struct arena *a, struct err *e)
{
	if (file_is_folder(path))
		return MS_OK;
	int rc = file_make_folders(path, a, e);
	for (const char *p = path; rc == MS_OK && strcmp(p, top) != 0; ) {
		p = path_folder(a, p);
		rc = sync_folder(p, e);
	}
	return rc;
}

static int write_file(const char *folder, const char *path, struct bytes content, bool sync, struct arena *a, struct err *e)
{
	const char *file = path_join(a, folder, path);

	int rc = make_folder(path_folder(a, file), folder, a, e);
	if (rc < 0)
		return rc;
	return sync ? file_update(file, content, 0644, a, NULL, e) : file_replace_unsynced(file, content, 0644, a, e);
}

struct whole { const char *folder; struct arena *a; };

static int write_whole(void *context, int level, uint64_t number, const struct tlog_hash *tile, struct err *e)
{
	const struct whole *w = context;
	struct bytes content = { (const uint8_t *)tile, TLOG_WIDTH * sizeof(*tile) };

	return write_file(w->folder, tlog_tile_path(level, number, TLOG_WIDTH, w->a), content, true, w->a, e);
}

int logview_add(struct logview *v, struct bytes entry, const char *folder, struct err *e)
{
	struct tlog_hash leaf = tlog_leaf(entry);
	struct arena scratch = { 0 };
	struct whole w = { folder, &scratch };
	int rc = MS_OK;

	tlog_bundle_add(&v->tail, entry, &v->arena);
	if (v->edge.size % TLOG_WIDTH == TLOG_WIDTH - 1) {
		struct bytes bundle = { (uint8_t *)v->tail.at, v->tail.size };
		rc = write_file(folder, tlog_tile_path(TLOG_ENTRIES, v->edge.size / TLOG_WIDTH, TLOG_WIDTH, &scratch), bundle, true, &scratch, e);
		v->tail.size = 0;
	}
	if (rc == MS_OK)
		rc = tlog_edge_add(&v->edge, &leaf, write_whole, &w, e);
	arena_done(&scratch);
	return rc;
}

int logview_write_partial(const struct logview *v, uint64_t before, const char *folder, struct arena *a, struct err *e)
{
	uint64_t size = v->edge.size;
	int rc = MS_OK;

	if (size != before && size % TLOG_WIDTH)
		rc = write_file(folder, tlog_tile_path(TLOG_ENTRIES, size / TLOG_WIDTH, (uint32_t)(size % TLOG_WIDTH), a),
				(struct bytes){ (uint8_t *)v->tail.at, v->tail.size }, false, a, e);
	for (int level = 0; rc == MS_OK && level < TLOG_LEVEL_COUNT; level++, size /= TLOG_WIDTH, before /= TLOG_WIDTH) {
		uint32_t width = (uint32_t)(size % TLOG_WIDTH);
		if (size != before && width)
			rc = write_file(folder, tlog_tile_path(level, size / TLOG_WIDTH, width, a),
					(struct bytes){ (const uint8_t *)v->edge.tile[level], width * sizeof(struct tlog_hash) }, false, a, e);
	}
	return rc;
}

/* What cannot be removed costs room only. */
static void remove_all_partial(const char *folder, int level, uint64_t from, uint64_t to, struct arena *a)
{
	struct err ignored;

	for (uint64_t number = from; number < to; number++)
		file_remove_tree(path_join(a, folder, arena_printf(a, "%s.p", tlog_tile_path(level, number, TLOG_WIDTH, a))), &ignored);
}

void logview_remove_partial(const struct logview *v, uint64_t before, const char *folder, struct arena *a)
{
	uint64_t from = before / TLOG_WIDTH, to = v->edge.size / TLOG_WIDTH;

	remove_all_partial(folder, TLOG_ENTRIES, from, to, a);
	for (int level = 0; level < TLOG_LEVEL_COUNT && from < to; level++, from /= TLOG_WIDTH, to /= TLOG_WIDTH)
		remove_all_partial(folder, level, from, to, a);
}

/* Of one level: the tile that is not whole must not be there as a whole, nor with more than it has, nor any behind it. */
static void remove_behind(const char *folder, int level, uint64_t count, struct arena *a)
{
	uint64_t number = count / TLOG_WIDTH;
	struct list widths = { 0 };
	struct err ignored;

	for (uint64_t n = number; n <= number + 1 + GROUP_TILES; n++)
		file_remove(path_join(a, folder, tlog_tile_path(level, n, TLOG_WIDTH, a)), &ignored);
	remove_all_partial(folder, level, number + 1, number + 2 + GROUP_TILES, a);

	const char *partial = path_join(a, folder, arena_printf(a, "%s.p", tlog_tile_path(level, number, TLOG_WIDTH, a)));
	if (!file_is_folder(partial) || file_list(partial, a, &widths, &ignored) < 0)
		return;
	for (size_t i = 0; i < widths.count; i++)
		if (strtoull(widths.at[i], NULL, 10) > count % TLOG_WIDTH)
			file_remove(path_join(a, partial, widths.at[i]), &ignored);
}

void logview_remove_beyond(const struct logview *v, const char *folder, struct arena *a)
{
	uint64_t count = v->edge.size;

	remove_behind(folder, TLOG_ENTRIES, count, a);
	for (int level = 0; level < TLOG_LEVEL_COUNT; level++, count /= TLOG_WIDTH)
		remove_behind(folder, level, count, a);
}

struct tlog_hash logview_whole_root(const struct logview *v)
{
	struct arena scratch = { 0 };
	struct tlog_edge *whole = arena_new(&scratch, struct tlog_edge);

	*whole = v->edge;
	whole->size -= whole->size % TLOG_WIDTH;
	struct tlog_hash root = tlog_edge_root(whole);
	arena_done(&scratch);
	return root;
}

/* The last tile of a level above 0, of which nothing is whole: the roots of the whole tiles below it. */
static int load_level(struct logview *v, int level, uint64_t count, const struct tlog_tiles *t, struct err *e)
{
	uint64_t first = count / TLOG_WIDTH * TLOG_WIDTH;
	struct tlog_hash tile[TLOG_WIDTH];
	int rc = MS_OK;

	for (uint64_t number = first; rc == MS_OK && number < count; number++) {
		rc = t->read(t->context, level - 1, number, TLOG_WIDTH, tile, e);
		if (rc == MS_OK)
			v->edge.tile[level][number - first] = tlog_tile_root(tile, TLOG_WIDTH);
	}
	return rc;
}

int logview_load(struct logview *v, uint64_t size, const struct tlog_tiles *t, struct err *e)
{
	uint64_t count = size / TLOG_WIDTH;
	int rc = MS_OK;

	for (int level = 1; rc == MS_OK && level < TLOG_LEVEL_COUNT && count; level++, count /= TLOG_WIDTH)
		rc = load_level(v, level, count, t, e);
	v->edge.size = size;
	return rc;
}
