/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

int file_make_folders(const char *path, struct arena *a, struct err *e)
{
	char *part = arena_printf(a, "%s", path);

	for (char *end = part; *end; ) {
		end += strspn(end, "/");
		end += strcspn(end, "/");
		char kept = *end;
		*end = '\0';
		int why = *part && mkdir(part, 0777) ? errno : 0;
		if (why && !file_is_folder(part)) {
			errno = why == EEXIST ? ENOTDIR : why;
			return err_errno(e, "cannot make folder '%s'", part);
		}
		*end = kept;
	}
	return MS_OK;
}

static int remove_content(int folder, const char *path, struct err *e);

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* By descriptor and name only: a folder that is swapped for a link meanwhile is not entered. */
static int remove_entry(int folder, const char *name, const char *path, struct err *e)
{
	if (unlinkat(folder, name, 0) == 0 || errno == ENOENT)
		return MS_OK;
	if (errno != EISDIR && errno != EPERM)
		return err_errno(e, "cannot remove '%s' in '%s'", name, path);

	int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (inner < 0) {
		if (errno == ENOTDIR)
			errno = EPERM;
		return err_errno(e, "cannot remove '%s' in '%s'", name, path);
	}

	int rc = remove_content(inner, path, e);
	if (rc == MS_OK && unlinkat(folder, name, AT_REMOVEDIR) && errno != ENOENT)
		rc = err_errno(e, "cannot remove folder '%s' in '%s'", name, path);
	return rc;
}

/* Takes the descriptor.  The names are read first: a folder that changes while it is read may be read wrongly. */
static int remove_content(int folder, const char *path, struct err *e)
{
	struct arena a = { 0 };
	struct list names = { 0 };
	struct dirent *entry;
	int rc = MS_OK;

	DIR *d = fdopendir(folder);
	if (!d) {
		close(folder);
		return err_errno(e, "cannot read a folder in '%s'", path);
	}
	while ((entry = readdir(d)))
		if (!is_dots(entry->d_name))
			list_push(&names, &a, arena_printf(&a, "%s", entry->d_name));
	for (size_t i = 0; i < names.count && rc == MS_OK; i++)
		rc = remove_entry(dirfd(d), names.at[i], path, e);
	closedir(d);
	arena_done(&a);
	return rc;
}

static int remove_tree(const char *path, struct err *e)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0 && errno == ENOENT)
		return MS_OK;
	if (folder < 0) {
		bool other = errno == ENOTDIR;
		int rc = err_errno(e, "cannot remove folder '%s'", path);
		return other ? err_fix(e, "it is a file or a link: remove it yourself if it is not needed") : rc;
	}

	int rc = remove_content(folder, path, e);
	if (rc == MS_OK && rmdir(path) && errno != ENOENT)
		rc = err_errno(e, "cannot remove folder '%s'", path);
	return rc;
}

int file_remove_tree(const char *path, struct err *e)
{
	struct arena a = { 0 };

	/* A slash at the end would follow a link. */
	size_t size = strlen(path);
	while (size > 1 && path[size - 1] == '/')
		size--;
	int rc = remove_tree(arena_string(&a, (struct bytes){ (const uint8_t *)path, size }), e);
	arena_done(&a);
	return rc;
}

int file_remove(const char *path, struct err *e)
{
	if (unlink(path) == 0 || errno == ENOENT)
		return MS_OK;
	return errno == EISDIR ? file_remove_tree(path, e) : err_errno(e, "cannot remove '%s'", path);
}

int file_list(const char *path, struct arena *a, struct list *names, struct err *e)
{
	struct list found = { 0 };
	struct dirent *entry;

	DIR *d = opendir(path);
	if (!d)
		return err_errno(e, "cannot read folder '%s'", path);
	errno = 0;
	while ((entry = readdir(d)))
		if (entry->d_name[0] != '.')
			list_push(&found, a, arena_printf(a, "%s", entry->d_name));
	int rc = errno ? err_errno(e, "cannot read folder '%s'", path) : MS_OK;
	closedir(d);
	if (rc < 0)
		return rc;

	list_sort(&found);
	*names = found;
	return MS_OK;
}
