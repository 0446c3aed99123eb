/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* "64 MiB" where that is the number, else "100 bytes". */
static char *size_text(struct arena *a, size_t size)
{
	const size_t kib = 1024, mib = 1024 * 1024;

	if (size % mib == 0)
		return arena_printf(a, "%zu MiB", size / mib);
	if (size % kib == 0)
		return arena_printf(a, "%zu KiB", size / kib);
	return arena_printf(a, "%zu bytes", size);
}

/* Read on to the end, or to one byte above the limit. */
static int read_to_end(int fd, const char *path, size_t limit, struct arena *a, struct text *t, struct err *e)
{
	while (t->size <= limit) {
		if (t->room - t->size < 2) {
			size_t room = 2 * t->room;
			char *at = arena_take(a, room);
			memcpy(at, t->at, t->size);
			t->at = at;
			t->room = room;
		}
		ssize_t n = read(fd, t->at + t->size, t->room - t->size - 1);
		if (n == 0)
			return MS_OK;
		if (n > 0)
			t->size += (size_t)n;
		else if (errno != EINTR)
			return err_errno(e, "cannot read '%s'", path);
	}
	return err_set(e, ERR_TOO_LARGE, "'%s' is larger than the %s allowed", path, size_text(a, limit));
}

/* Takes the descriptor. */
static int read_open(int fd, const struct stat *st, const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	size_t expected = S_ISREG(st->st_mode) ? (size_t)st->st_size : 4096;
	size_t room = (expected < limit ? expected : limit) + 2;
	struct text t = { .at = arena_take(a, room), .room = room };
	int rc = read_to_end(fd, path, limit, a, &t, e);
	close(fd);
	if (rc < 0)
		return rc;

	t.at[t.size] = '\0';
	*content = (struct bytes){ (uint8_t *)t.at, t.size };
	return MS_OK;
}

int file_read(const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	struct stat st = { 0 };

	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);
	(void)!fstat(fd, &st);	/* it only says how much room to begin with */
	return read_open(fd, &st, path, limit, a, content, e);
}

int file_read_plain(const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e)
{
	struct stat st;

	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0 && errno != ELOOP)
		return err_errno(e, "cannot open '%s'", path);
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		errno = EINVAL;
		return err_errno(e, "'%s' is a link, or what no file is", path);
	}
	return read_open(fd, &st, path, limit, a, content, e);
}

static int write_all(int fd, struct bytes content)
{
	while (content.size) {
		ssize_t n = write(fd, content.at, content.size);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			content = bytes_part(content, (size_t)n, content.size);
	}
	return 0;
}

/* ".name.new" in the same folder; a long name is cut, which the lock makes harmless. */
static char *beside(struct arena *a, const char *path)
{
	return path_join(a, path_folder(a, path), arena_printf(a, ".%.240s.new", path_name(path)));
}

static bool is_at(int fd, const char *path)
{
	struct stat open_file, named;

	return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 &&
	       open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

/* Wait until nobody writes it any more; if it is still there, its writer was killed. */
static int remove_abandoned(const char *tmp)
{
	int fd = open(tmp, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return unlink(tmp);

	int rc = flock(fd, LOCK_EX);
	if (rc == 0 && is_at(fd, tmp))
		rc = unlink(tmp);
	close(fd);
	return rc;
}

/* A file of our own to write in, locked so that others can tell it from an abandoned one. */
static int open_beside(const char *tmp, mode_t mode)
{
	for (;;) {
		int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd < 0) {
			if (errno != EEXIST || (remove_abandoned(tmp) < 0 && errno != ENOENT))
				return -1;
			continue;
		}
		if (flock(fd, LOCK_EX | LOCK_NB) == 0 && is_at(fd, tmp))
			return fd;
		close(fd);	/* somebody took it for abandoned before it was locked */
	}
}

static int sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;

	int rc = fsync(fd) && errno != EINVAL && errno != ENOTSUP ? -1 : 0;
	close(fd);
	return rc;
}

/* Rename to a name that must be free, on file systems that cannot do so too. */
static int rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return link(from, to) || unlink(from) ? -1 : 0;
}

typedef int rename_fn(const char *from, const char *to);

/* Write beside the file, then give it the name; `sync` false: the disk may take its time. */
static int put(const char *path, struct bytes content, mode_t mode, rename_fn *name, bool sync, struct arena *a, struct err *e)
{
	const char *tmp = beside(a, path);
	int rc = MS_OK;

	int fd = open_beside(tmp, mode);
	if (fd < 0)
		return err_errno(e, "cannot create '%s'", path);

	if (write_all(fd, content) || (sync && fsync(fd))) {
		rc = err_errno(e, "cannot write '%s'", path);
		goto done;
	}
	if (name(tmp, path)) {
		rc = err_errno(e, "cannot %s '%s'", name == rename_new ? "create" : "replace", path);
		goto done;
	}
	tmp = NULL;
	if (sync && sync_folder(path_folder(a, path)))
		rc = err_errno(e, "cannot write the folder of '%s'", path);
done:
	if (tmp)
		unlink(tmp);
	close(fd);
	return rc;
}

/* A device or a pipe has no content to lose and must not be replaced by a file. */
static int write_in_place(const char *path, struct bytes content, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "cannot open '%s'", path);

	int failed = write_all(fd, content);
	int reason = errno;
	if (close(fd) && !failed) {
		failed = -1;
		reason = errno;
	}
	errno = reason;
	return failed ? err_errno(e, "cannot write '%s'", path) : MS_OK;
}

int file_replace(const char *path, struct bytes content, mode_t mode, struct arena *a, struct err *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return write_in_place(path, content, e);
	return put(path, content, mode, rename, true, a, e);
}

int file_replace_unsynced(const char *path, struct bytes content, mode_t mode, struct arena *a, struct err *e)
{
	return put(path, content, mode, rename, false, a, e);
}

int file_create(const char *path, struct bytes content, mode_t mode, struct arena *a, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return err_set(e, ERR_EXISTS, "'%s' exists already", path);
	return put(path, content, mode, rename_new, true, a, e);
}

int file_update(const char *path, struct bytes content, mode_t mode, struct arena *a, bool *changed, struct err *e)
{
	struct arena scratch = { 0 };
	struct bytes old;
	struct err ignored;
	struct stat st;

	bool same = stat(path, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == content.size &&
		    file_read(path, content.size, &scratch, &old, &ignored) == MS_OK && bytes_equal(old, content);
	arena_done(&scratch);
	if (changed)
		*changed = !same;
	return same ? MS_OK : file_replace(path, content, mode, a, e);
}

bool file_add_line(int fd, const char *line)
{
	size_t size = strlen(line);
	char end = '\n';
	const struct iovec parts[] = { { (void *)(uintptr_t)line, size }, { &end, 1 } };
	ssize_t done = writev(fd, parts, 2);

	if (done >= 0 && (size_t)done <= size)
		errno = ENOSPC;
	return done > 0 && (size_t)done > size;
}

bool file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

bool file_is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}
