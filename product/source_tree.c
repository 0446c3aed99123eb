/* SPDX-License-Identifier: Apache-2.0 */
#include "source_tree.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "ignore.h"
#include "package.h"

enum { FILE_SIZE_MAX = 16 << 20, DEPTH_MAX = 16 };

struct walk {
	const char *root, *real;	/* the project's folder, and without links */
	struct ignore ignore;
	struct list *files;
	size_t size;
	struct arena *a;
	struct err *e;
};

static int refuse_link(const struct walk *w, const char *path, const char *why)
{
	err_set(w->e, ERR_SOURCE_LINK, "'%s' is a link %s", path, why);
	return err_fix(w->e, "put the file itself there, or name the link in '.gitignore'");
}

/* A link may stand for a file of the project: in a package there are files alone. */
static int check_link(const struct walk *w, const char *path)
{
	const char *to = path_real(w->a, path_join(w->a, w->root, path));
	size_t size = strlen(w->real);
	struct stat st;

	if (!to)
		return refuse_link(w, path, "that leads nowhere");
	if (strncmp(to, w->real, size) || to[size] != '/')
		return refuse_link(w, path, "out of the project");
	if (stat(to, &st) || !S_ISREG(st.st_mode))
		return refuse_link(w, path, "to what is no file");
	return MS_OK;
}

static bool holds(struct bytes content, const char *text)
{
	return memmem(content.at, content.size, text, strlen(text));
}

/* Private keys are PEM wherever people keep them; the line that begins one says so. */
static bool is_private_key(struct bytes content)
{
	struct bytes rest = content;

	for (const uint8_t *at; (at = memmem(rest.at, rest.size, "-----BEGIN ", 11));) {
		rest = bytes_part(content, (size_t)(at - content.at) + 11, content.size);
		const uint8_t *end = memchr(rest.at, '\n', rest.size);
		struct bytes line = bytes_part(rest, 0, end ? (size_t)(end - rest.at) : rest.size);

		if ((at == content.at || at[-1] == '\n') && holds(line, "PRIVATE KEY-----"))
			return true;
	}
	return false;
}

static int refuse_file(const struct walk *w, const char *path, const char *why)
{
	err_set(w->e, ERR_SOURCE_FILE, "a source package cannot hold '%s': %s", path, why);
	return err_fix(w->e, "rename or shorten it, or name it in '.gitignore'");
}

static int add(struct walk *w, const char *path)
{
	struct source_tree_file *f = arena_new(w->a, struct source_tree_file);
	const char *member = arena_printf(w->a, PACKAGE_SOURCE_FOLDER "%s", path);
	enum package_kind kind;

	if (!package_name_kind((struct bytes){ (const uint8_t *)member, strlen(member) }, &kind))
		return refuse_file(w, path, "its name has other characters than letters, digits, '.', '_' and '-', or is too long");
	if (w->files->count == PACKAGE_SOURCE_MAX)
		return refuse_file(w, path, "there are more files than it may have");
	f->path = path;
	int rc = file_read(path_join(w->a, w->root, path), FILE_SIZE_MAX, w->a, &f->content, w->e);
	if (rc == -MS_EFBIG)
		return refuse_file(w, path, "it is larger than 16 MiB");
	if (rc < 0)
		return rc;
	w->size += f->content.size;
	if (w->size > PACKAGE_SIZE_MAX)
		return refuse_file(w, path, "with it there are more than 64 MiB");
	if (is_private_key(f->content)) {
		err_set(w->e, ERR_SOURCE_SECRET, "'%s' holds a private key, which would go to all who get the source", path);
		return err_fix(w->e, "move it out of the project, or name it in '.gitignore'");
	}
	list_push(w->files, w->a, f);
	return MS_OK;
}

static int walk(struct walk *w, const char *path, int depth);

static int take(struct walk *w, const char *path, int depth)
{
	struct stat st;

	if (lstat(path_join(w->a, w->root, path), &st))
		return err_errno(w->e, "cannot read '%s'", path);
	if (!strcmp(path, "out") || ignore_has(&w->ignore, path, S_ISDIR(st.st_mode), w->a))
		return MS_OK;
	if (S_ISDIR(st.st_mode))
		return walk(w, path, depth + 1);
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return refuse_file(w, path, "it is no file");
	int rc = S_ISLNK(st.st_mode) ? check_link(w, path) : MS_OK;

	return rc < 0 ? rc : add(w, path);
}

/* file_list leaves hidden names out. */
static int walk(struct walk *w, const char *path, int depth)
{
	struct list names = { 0 };

	if (depth > DEPTH_MAX)
		return refuse_file(w, path, "it lies too deep");
	int rc = ignore_read(&w->ignore, w->root, path, w->a, w->e);
	if (rc >= 0)
		rc = file_list(*path ? path_join(w->a, w->root, path) : w->root, w->a, &names, w->e);
	for (size_t i = 0; rc >= 0 && i < names.count; i++)
		rc = take(w, *path ? arena_printf(w->a, "%s/%s", path, (const char *)names.at[i]) : names.at[i], depth);
	return rc;
}

static int by_path(const void *left, const void *right)
{
	return strcmp((*(struct source_tree_file *const *)left)->path, (*(struct source_tree_file *const *)right)->path);
}

int source_tree_read(const char *root, struct arena *a, struct list *files, struct err *e)
{
	struct walk w = { .root = root, .real = path_real(a, root), .files = files, .a = a, .e = e };

	if (!w.real)
		return err_errno(e, "cannot read '%s'", root);
	int rc = walk(&w, "", 0);
	if (rc >= 0 && files->count)
		qsort(files->at, files->count, sizeof(*files->at), by_path);
	return rc < 0 ? rc : MS_OK;
}

int source_tree_write(const char *folder, const struct list *files, struct arena *a, struct err *e)
{
	int rc = file_make_folders(folder, a, e);

	for (size_t i = 0; rc >= 0 && i < files->count; i++) {
		const struct source_tree_file *f = files->at[i];
		const char *to = path_join(a, folder, f->path);

		rc = file_make_folders(path_folder(a, to), a, e);
		if (rc >= 0)
			rc = file_replace(to, f->content, 0644, a, e);
	}
	return rc < 0 ? rc : MS_OK;
}
