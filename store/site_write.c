/* SPDX-License-Identifier: Apache-2.0 */
/* A mirror's pages in its folder. */
#include <string.h>
#include <unistd.h>

#include "bytemap.h"
#include "file.h"
#include "leaf.h"
#include "moving.h"
#include "site.h"

struct writing { const char *out; struct bytemap kept; struct bytes mark; struct arena arena; uint64_t made, changed; };

/* What is the same stays untouched: its time says to web servers that it did not change. */
static int put(struct writing *w, const char *path, struct bytes content, struct err *e)
{
	struct arena a = { 0 };
	const char *file = path_join(&a, w->out, path);
	struct bytes old;
	struct err none;

	int rc = file_exists(file) && file_read(file, SITE_FILE_MAX, &a, &old, &none) >= 0 && bytes_equal(old, content) ? 1 : file_make_folders(path_folder(&a, file), &a, e);
	if (!rc) {
		rc = file_replace_unsynced(file, content, 0644, &a, e);
		w->changed++;
	}
	arena_done(&a);
	return rc < 0 ? rc : MS_OK;
}

static int take(void *context, const char *path, struct bytes content, struct err *e)
{
	struct writing *w = context;

	if (!strcmp(path, SITE_MARK)) {
		w->mark = arena_copy(&w->arena, content);
		return MS_OK;
	}
	moving_tell("pages", ++w->made, 0);
	*bytemap_at(&w->kept, leaf_text(arena_printf(&w->arena, "%s", path)), &w->arena) = w;
	return put(w, path, content, e);
}

static int remove_others(struct writing *w, const char *path, struct arena *a, struct err *e)
{
	const char *folder = path_join(a, w->out, path);
	struct list names = { 0 };

	int rc = file_is_folder(folder) ? file_list(folder, a, &names, e) : MS_OK;
	for (size_t i = 0; rc == MS_OK && i < names.count; i++) {
		const char *there = arena_printf(a, "%s/%s", path, (const char *)names.at[i]), *file = path_join(a, w->out, there);

		if (file_is_folder(file)) {
			rc = remove_others(w, there, a, e);
			rmdir(file);	/* stays if there is something in it */
		} else if (!bytemap_at(&w->kept, leaf_text(there), NULL)) {
			rc = file_remove(file, e);
			w->changed++;
		}
	}
	return rc;
}

int site_write(const struct site_source *s, const char *out, uint64_t *changed, struct err *e)
{
	struct writing w = { .out = out };

	int rc = site_make(s, take, &w, e);
	for (size_t i = 0; rc >= 0 && site_folders[i]; i++)
		rc = remove_others(&w, site_folders[i], &w.arena, e);
	if (rc >= 0)
		rc = put(&w, SITE_MARK, w.mark, e);
	*changed = w.changed;
	arena_done(&w.arena);
	return rc;
}
