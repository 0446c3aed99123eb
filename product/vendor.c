/* SPDX-License-Identifier: Apache-2.0 */
#include "vendor.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

enum { FILE_MAX = 64 << 20 };

#define MARK ".ms-vendor"
#define MARK_TEXT "Everything in this folder is a copy that 'ms vendor' or 'ms add' made.\n"

/* A provider and what of it is needed; or a file (`of` is NULL). */
struct copy { const char *from, *name; const struct project *of; struct list files; };

static struct copy *add_copy(struct list *copies, const char *from, const struct project *of, struct arena *a)
{
	struct copy *c = arena_new(a, struct copy);
	const char *real = path_real(a, from);

	c->from = real ? real : from;
	c->name = path_name(c->from);
	c->of = of;
	list_push(copies, a, c);
	return c;
}

static struct copy *copy_of(struct list *copies, const struct project *provider, struct arena *a)
{
	for (size_t i = 0; i < copies->count; i++) {
		struct copy *c = copies->at[i];

		if (!strcmp(c->of->root, provider->root))
			return c;
	}
	return add_copy(copies, provider->root, provider, a);
}

static int check_names(const struct list *copies, struct err *e)
{
	for (size_t i = 0; i < copies->count; i++)
		for (size_t k = 0; k < i; k++) {
			const struct copy *one = copies->at[k], *other = copies->at[i];

			if (strcmp(one->name, other->name))
				continue;
			err_set(e, ERR_VENDOR_NAME, "'%s' and '%s' would both be '%s/%s'", one->from, other->from, VENDOR_FOLDER, one->name);
			return err_fix(e, "rename one of them");
		}
	return MS_OK;
}

static int check_ours(const char *vendor, struct arena *a, struct err *e)
{
	struct list names = { 0 };

	if (!file_exists(vendor) || file_exists(path_join(a, vendor, MARK)))
		return MS_OK;
	int rc = file_is_folder(vendor) ? file_list(vendor, a, &names, e) : MS_OK;
	if (rc < 0 || (file_is_folder(vendor) && !names.count))
		return rc;
	err_set(e, ERR_VENDOR_FOLDER, "'%s' was not made by ms", path_shown(a, vendor));
	return err_fix(e, "move it away: '%s' is where 'ms vendor' puts its copies", VENDOR_FOLDER);
}

static int add_matching(struct copy *c, const char *pattern, struct arena *a, struct err *e)
{
	struct list found = { 0 };
	int rc = file_glob(c->of->root, pattern, a, &found, e);

	for (size_t i = 0; rc >= 0 && i < found.count; i++)
		list_push(&c->files, a, found.at[i]);
	return rc;
}

/* The partition manifest that its ms.yaml names, too, and its licence. */
static int find_more(struct copy *c, struct arena *a, struct err *e)
{
	list_push(&c->files, a, (void *)PROJECT_FILE);
	if (c->of->psa_manifest)
		list_push(&c->files, a, (void *)path_name(c->of->psa_manifest));
	int rc = add_matching(c, "LICENSE*", a, e);
	return rc < 0 ? rc : add_matching(c, "COPYING*", a, e);
}

static int collect(const struct list *dependencies, struct arena *a, struct list *copies, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < dependencies->count; i++) {
		const struct dependency *d = dependencies->at[i];

		rc = dependency_files(d, a, &copy_of(copies, d->provider, a)->files, e);
	}
	for (size_t i = 0; rc >= 0 && i < copies->count; i++)
		rc = find_more(copies->at[i], a, e);
	return rc;
}

static int copy_file(const char *from, const char *to, struct arena *a, struct err *e)
{
	struct bytes content;

	int rc = file_read(from, FILE_MAX, a, &content, e);
	if (rc >= 0)
		rc = file_make_folders(path_folder(a, to), a, e);
	return rc < 0 ? rc : file_update(to, content, 0644, a, NULL, e);
}

/*
 * The folder that was made takes the place of what is there, at once: whoever is killed here leaves the old or the new.  Where the file system cannot
 * exchange two, what was there goes first.
 */
static int settle(const char *made, const char *to, struct err *e)
{
	if (file_exists(to) && !renameat2(AT_FDCWD, made, AT_FDCWD, to, RENAME_EXCHANGE))
		return file_remove(made, e);
	int rc = file_remove(to, e);
	return rc < 0 ? rc : rename(made, to) ? err_errno(e, "cannot make '%s'", to) : MS_OK;
}

/* Into a folder beside it first, so that no copy is ever half there. */
static int copy_project(const struct copy *c, const char *vendor, struct arena *a, struct err *e)
{
	const char *to = path_join(a, vendor, c->name), *made = arena_printf(a, "%s/.%s.new", vendor, c->name);

	int rc = file_remove(made, e);
	for (size_t i = 0; rc >= 0 && i < c->files.count; i++)
		rc = copy_file(path_join(a, c->of->root, c->files.at[i]), path_join(a, made, c->files.at[i]), a, e);
	return rc < 0 ? rc : settle(made, to, e);
}

/* ".NAME.new": what whoever was killed has left beside. */
static bool is_left(const char *name)
{
	size_t size = strlen(name);

	return name[0] == '.' && size > 4 && !strcmp(name + size - 4, ".new");
}

/* Under the lock nobody else makes one now. */
static int remove_left(const char *vendor, struct arena *a, struct err *e)
{
	struct list left = { 0 };
	DIR *d = opendir(vendor);
	int rc = d ? MS_OK : err_errno(e, "cannot read '%s'", vendor);

	for (struct dirent *at; d && (at = readdir(d));)
		if (is_left(at->d_name))
			list_push(&left, a, path_join(a, vendor, at->d_name));
	if (d)
		closedir(d);
	for (size_t i = 0; rc >= 0 && i < left.count; i++)
		rc = file_remove(left.at[i], e);
	return rc;
}

/* It is ours, or becomes so. */
static int make_folder(const char *vendor, struct arena *a, struct err *e)
{
	int rc = check_ours(vendor, a, e);

	if (rc >= 0)
		rc = file_make_folders(vendor, a, e);
	return rc < 0 ? rc : file_update(path_join(a, vendor, MARK), BYTES_LITERAL(MARK_TEXT), 0644, a, NULL, e);
}

static bool is_wanted(const struct list *copies, const char *name)
{
	for (size_t i = 0; i < copies->count; i++)
		if (!strcmp(((const struct copy *)copies->at[i])->name, name))
			return true;
	return false;
}

static int remove_others(const char *vendor, const struct list *copies, struct arena *a, struct err *e)
{
	struct list names = { 0 };

	int rc = file_list(vendor, a, &names, e);
	for (size_t i = 0; rc >= 0 && i < names.count; i++)
		if (!is_wanted(copies, names.at[i]))
			rc = file_remove(path_join(a, vendor, names.at[i]), e);
	return rc;
}

static int make_copy(const struct copy *c, const char *vendor, struct arena *a, struct err *e)
{
	if (!strcmp(path_folder(a, c->from), vendor))
		return MS_OK;
	return c->of ? copy_project(c, vendor, a, e) : copy_file(c->from, path_join(a, vendor, c->name), a, e);
}

/* The project's own folder is what is locked: nothing has to be made for it. */
int vendor_lock(const char *root, struct err *e)
{
	int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(e, "cannot open '%s'", root);
	int rc = file_lock_open(fd, root, true, e);
	if (rc >= 0)
		return fd;
	close(fd);
	return rc;
}

/* Let the folder hold just these. */
static int update_locked(const char *root, const struct list *copies, struct arena *a, uint32_t *copied, struct err *e)
{
	const char *vendor = path_join(a, path_real(a, root), VENDOR_FOLDER);

	int rc = check_names(copies, e);
	if (rc >= 0)
		rc = copies->count ? make_folder(vendor, a, e) : check_ours(vendor, a, e);
	for (size_t i = 0; rc >= 0 && i < copies->count; i++)
		rc = make_copy(copies->at[i], vendor, a, e);
	*copied = (uint32_t)copies->count;
	if (rc < 0 || !file_is_folder(vendor))
		return rc;
	rc = remove_others(vendor, copies, a, e);
	return rc < 0 ? rc : remove_left(vendor, a, e);
}

static int update(const char *root, const struct list *copies, struct arena *a, uint32_t *copied, struct err *e)
{
	int lock = vendor_lock(root, e), rc = lock < 0 ? lock : update_locked(root, copies, a, copied, e);

	file_unlock(lock);
	return rc;
}

int vendor_update(const struct project *p, const struct list *dependencies, struct arena *a, uint32_t *copied, struct err *e)
{
	struct list copies = { 0 };
	int rc = collect(dependencies, a, &copies, e);

	return rc < 0 ? rc : update(p->root, &copies, a, copied, e);
}

int vendor_files(const char *root, const struct list *files, struct arena *a, uint32_t *copied, struct err *e)
{
	struct list copies = { 0 };

	for (size_t i = 0; i < files->count; i++)
		add_copy(&copies, files->at[i], NULL, a);
	return update(root, &copies, a, copied, e);
}

int vendor_put(const char *root, const char *name, const struct list *files, struct arena *a, struct err *e)
{
	const char *vendor = path_join(a, root, VENDOR_FOLDER), *to = path_join(a, vendor, name), *made = arena_printf(a, "%s/.%s.new", vendor, name);

	int rc = make_folder(vendor, a, e);
	if (rc >= 0)
		rc = remove_left(vendor, a, e);
	for (size_t i = 0; rc >= 0 && i < files->count; i++) {
		const struct archive_file *f = files->at[i];
		const char *path = path_join(a, made, f->name);

		rc = file_make_folders(path_folder(a, path), a, e);
		if (rc >= 0)
			rc = file_replace(path, f->content, 0644, a, e);
	}
	return rc < 0 ? rc : settle(made, to, e);
}
