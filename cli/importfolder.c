/* SPDX-License-Identifier: Apache-2.0 */
#include "importfolder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

struct walk {
	const char *root, *real;	/* as it was named; without links */
	struct arena *a;
	struct list *files;
	size_t size;
	int sources;
	struct err *e;
};

static int too_large(struct walk *w, const char *what, long limit, const char *path)
{
	err_set(w->e, ERR_IMPORT_SIZE, "'%s' has %s %ld: at '%s'", w->root, what, limit, path);
	return err_fix(w->e, "name the folder in which the sources are, or copy what is wanted of it into one of its own");
}

static bool is_inside(const char *path, const char *folder)
{
	size_t size = strlen(folder);

	return !strncmp(path, folder, size) && (!path[size] || path[size] == '/');
}

/* A link to a file of the folder is that file once more; one to a folder of it is passed by, as what is in it is there already. */
static int check_link(struct walk *w, const char *from)
{
	char *real = path_real(w->a, from);

	if (real && is_inside(real, w->real))
		return MS_OK;
	err_set(w->e, ERR_IMPORT_LINK, "'%s' is a link that leads %s", from, real ? "out of the folder" : "nowhere");
	return err_fix(w->e, "remove the link, or put what it names in its place");
}

static int take_text(struct walk *w, struct import_file *f, const char *from, const struct stat *st)
{
	if (st->st_size > IMPORT_FILE_MAX)
		return too_large(w, "a source of more bytes than", IMPORT_FILE_MAX, f->path);
	if (++w->sources > IMPORT_SOURCE_MAX)
		return too_large(w, "more sources than", IMPORT_SOURCE_MAX, f->path);
	w->size += (size_t)st->st_size;
	if (w->size > IMPORT_SIZE_MAX)
		return too_large(w, "more bytes of sources than", IMPORT_SIZE_MAX, f->path);
	int rc = file_read(from, IMPORT_FILE_MAX, w->a, &f->text, w->e);
	if (rc < 0)
		return rc;
	if (f->kind != IMPORT_LICENCE)
		importfile_read(f, w->a);
	return MS_OK;
}

static int take_file(struct walk *w, const char *path, const char *from, const struct stat *st)
{
	struct import_file *f = arena_new(w->a, struct import_file);

	*f = (struct import_file){ .path = path, .kind = importfile_kind(path) };
	if (w->files->count >= IMPORT_COUNT_MAX)
		return too_large(w, "more files than", IMPORT_COUNT_MAX, path);
	list_push(w->files, w->a, f);
	return f->kind == IMPORT_C || f->kind == IMPORT_HEADER || f->kind == IMPORT_LICENCE ? take_text(w, f, from, st) : MS_OK;
}

static int walk_folder(struct walk *w, const char *inside, int depth);

static int take_entry(struct walk *w, const char *path, int depth)
{
	const char *from = path_join(w->a, w->root, path);
	struct stat st;

	if (lstat(from, &st))
		return err_errno(w->e, "cannot look at '%s'", from);
	bool link = S_ISLNK(st.st_mode);
	if (link) {
		int rc = check_link(w, from);
		if (rc < 0)
			return rc;
		if (stat(from, &st))
			return err_errno(w->e, "cannot look at '%s'", from);
	}
	if (S_ISREG(st.st_mode))
		return take_file(w, path, from, &st);
	return S_ISDIR(st.st_mode) && !link ? walk_folder(w, path, depth + 1) : MS_OK;
}

static int is_shown(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static int walk_folder(struct walk *w, const char *inside, int depth)
{
	const char *from = *inside ? path_join(w->a, w->root, inside) : w->root;
	struct dirent **entries;
	int rc = MS_OK;

	if (depth > IMPORT_DEPTH_MAX)
		return too_large(w, "folders in folders deeper than", IMPORT_DEPTH_MAX, inside);
	int count = scandir(from, &entries, is_shown, alphasort);
	if (count < 0)
		return err_errno(w->e, "cannot read '%s'", from);
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		if (rc == MS_OK)
			rc = take_entry(w, *inside ? path_join(w->a, inside, name) : arena_printf(w->a, "%s", name), depth);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	const struct import_file *const *left = a, *const *right = b;

	return strcmp((*left)->path, (*right)->path);
}

static int by_path_in_any_case(const void *a, const void *b)
{
	const struct import_file *const *left = a, *const *right = b;

	return strcasecmp((*left)->path, (*right)->path);
}

/* What is one file on another computer would not build there. */
static int check_names(struct walk *w)
{
	struct list *l = w->files;

	if (l->count)
		qsort(l->at, l->count, sizeof(*l->at), by_path_in_any_case);
	for (size_t i = 1; i < l->count; i++) {
		const struct import_file *one = l->at[i - 1], *other = l->at[i];

		if (one->kind == IMPORT_OTHER || strcasecmp(one->path, other->path))
			continue;
		err_set(w->e, ERR_IMPORT_NAMES, "'%s' and '%s' differ by capital letters only", one->path, other->path);
		return err_fix(w->e, "rename one of them: where case does not count they are one file");
	}
	if (l->count)
		qsort(l->at, l->count, sizeof(*l->at), by_path);
	return MS_OK;
}

int importfolder_read(const char *folder, struct arena *a, struct list *files, struct err *e)
{
	struct walk w = { .root = folder, .a = a, .files = files, .e = e };

	if (!file_is_folder(folder)) {
		if (!file_exists(folder)) {
			err_set(e, ERR_NO_FILE, "there is no folder '%s'", folder);
			return err_fix(e, "name the folder in which the project's sources are");
		}
		err_set(e, ERR_NOT_USABLE, "'%s' is no folder", folder);
		return err_fix(e, "name the folder in which it lies");
	}
	w.real = path_real(a, folder);
	if (!w.real)
		return err_errno(e, "cannot look at '%s'", folder);
	int rc = walk_folder(&w, "", 0);

	return rc < 0 ? rc : check_names(&w);
}

struct import_file *importfolder_find(const struct list *files, const char *path)
{
	struct import_file key = { .path = path }, *at = &key, **found;

	found = files->count ? bsearch(&at, files->at, files->count, sizeof(*files->at), by_path) : NULL;
	return found ? *found : NULL;
}

char *importfolder_clean(const char *path, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", "");
	for (const char *at = path; *at;) {
		size_t size = strcspn(at, "/");

		if (size == 2 && !memcmp(at, "..", 2)) {
			if (!t.size)
				return NULL;
			while (t.size && t.at[t.size - 1] != '/')
				t.size--;
			t.size -= t.size > 0;
			t.at[t.size] = '\0';
		} else if (size && !(size == 1 && *at == '.')) {
			text_add(&t, a, "%s%.*s", t.size ? "/" : "", (int)size, at);
		}
		at += size + (at[size] == '/');
	}
	return t.at;
}
