/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "blobs.h"
#include "file.h"
#include "storefault.h"

static const char layout[] = "{\"imageLayoutVersion\":\"1.0.0\"}";

static const char *path_of(const struct blobs *b, const char *name, struct arena *a)
{
	return arena_printf(a, "%s/blobs/sha256/%s", b->folder, name);
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
	bool good = fd >= 0 && !fsync(fd);

	if (fd >= 0)
		close(fd);
	return good;
}

/* Those of all that are expected go at once, so that who waits for the first has waited for the others. */
static void expect(const struct blobs *b, const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);

	(void)b;
	if (fd < 0)
		return;
	(void)!sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	close(fd);
}

/* Its bytes reach the disk under the old name; the new name does with those of all that come together. */
static int take(const struct blobs *b, const char *name, const char *file, struct err *e)
{
	struct arena a = { 0 };
	const char *path = path_of(b, name, &a);
	int rc = MS_OK;

	storefault("blob before its bytes are synced");
	if (!sync_path(file, 0) || chmod(file, 0644))
		rc = err_errno(e, "cannot write '%s'", file);
	storefault("blob before it has its name");
	if (rc == MS_OK && rename(file, path))
		rc = err_errno(e, "cannot make '%s'", path);
	arena_done(&a);
	return rc;
}

static int settle(const struct blobs *b, struct err *e)
{
	struct arena a = { 0 };
	const char *folder = path_of(b, ".", &a);

	storefault("blobs before their names are synced");
	int rc = sync_path(folder, O_DIRECTORY) ? MS_OK : err_errno(e, "cannot write '%s'", folder);
	arena_done(&a);
	return rc;
}

/* After a power cut a name may be there without its bytes. */
static int add(const struct blobs *b, const char *name, struct bytes content, struct err *e)
{
	struct arena a = { 0 };
	const char *path = path_of(b, name, &a);
	struct stat s;
	bool is_whole = !lstat(path, &s) && S_ISREG(s.st_mode) && (uint64_t)s.st_size == content.size;

	int rc = is_whole ? MS_OK : file_replace_unsynced(path, content, 0644, &a, e);
	if (!is_whole && rc >= 0)
		expect(b, path);
	arena_done(&a);
	return rc;
}

static int sync_blob(const struct blobs *b, const char *name, struct err *e)
{
	struct arena a = { 0 };
	const char *path = path_of(b, name, &a);
	int rc = sync_path(path, 0) ? MS_OK : err_errno(e, "cannot write '%s'", path);

	arena_done(&a);
	return rc;
}

static int open_blob(const struct blobs *b, const char *name, uint64_t *size, struct err *e)
{
	struct arena a = { 0 };
	int fd = open(path_of(b, name, &a), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat s;

	arena_done(&a);
	if (fd < 0)
		return errno == ENOENT ? err_set(e, ERR_NO_FILE, "there is no blob %s", name) : err_errno(e, "cannot open the blob %s", name);
	if (fstat(fd, &s) || !S_ISREG(s.st_mode)) {
		close(fd);
		return err_set(e, ERR_NOT_USABLE, "the blob %s is no file", name);
	}
	*size = (uint64_t)s.st_size;
	return fd;
}

static int since(const struct blobs *b, const char *name, uint64_t *seconds, struct err *e)
{
	struct arena a = { 0 };
	struct stat s;
	int rc = lstat(path_of(b, name, &a), &s) ? err_errno(e, "cannot look at the blob %s", name) : MS_OK;

	arena_done(&a);
	if (rc >= 0)
		*seconds = s.st_mtime > 0 ? (uint64_t)s.st_mtime : 0;
	return rc;
}

static int remove_blob(const struct blobs *b, const char *name, struct err *e)
{
	struct arena a = { 0 };
	int rc = unlink(path_of(b, name, &a)) && errno != ENOENT ? err_errno(e, "cannot remove the blob %s", name) : MS_OK;

	arena_done(&a);
	return rc;
}

static int list(const struct blobs *b, struct arena *a, struct list *names, struct err *e)
{
	return file_list(arena_printf(a, "%s/blobs/sha256", b->folder), a, names, e);
}

int blobs_folder(struct blobs *b, const char *folder, struct err *e)
{
	struct arena a = { 0 };
	struct bytes content = { (const uint8_t *)layout, sizeof(layout) - 1 };

	*b = (struct blobs){ take, settle, expect, add, sync_blob, open_blob, since, remove_blob, list, folder };
	int rc = file_make_folders(arena_printf(&a, "%s/blobs/sha256", folder), &a, e);
	if (rc >= 0)
		rc = file_update(arena_printf(&a, "%s/oci-layout", folder), content, 0644, &a, NULL, e);
	arena_done(&a);
	return rc < 0 ? rc : MS_OK;
}
