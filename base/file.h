/* SPDX-License-Identifier: Apache-2.0 */
/* Files: read whole, replaced whole or left as they were. */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "arena.h"
#include "err.h"

/* Read a file of at most `limit` bytes (-MS_EFBIG above it).  A NUL follows the content in memory. */
int file_read(const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e);

/*
 * The same where somebody else may have put anything under that name: a link is not followed, and a pipe or a device is not waited for, but refused
 * (-MS_EINVAL).
 */
int file_read_plain(const char *path, size_t limit, struct arena *a, struct bytes *content, struct err *e);

/*
 * Give a file new content by writing beside it (".name.new"), fsync and
 * rename: after a power cut or a kill it is the old or the new.  Two processes
 * at once take turns.  `mode` as for open(2).  A link is replaced, not
 * followed; a device or a pipe is written as it is.
 */
int file_replace(const char *path, struct bytes content, mode_t mode, struct arena *a, struct err *e);

/*
 * The same for what can be made again: it does not wait for the disk.  Whoever reads sees the old or the new, after a kill too;
 * after a power cut it may be damaged, or not be there.  Not for a device or a pipe.
 */
int file_replace_unsynced(const char *path, struct bytes content, mode_t mode, struct arena *a, struct err *e);

/* Likewise for a file that must not be there yet: -MS_EEXIST if it is, or if another process was faster. */
int file_create(const char *path, struct bytes content, mode_t mode, struct arena *a, struct err *e);

/* file_replace, unless the file has this content already; *changed may be NULL. */
int file_update(const char *path, struct bytes content, mode_t mode, struct arena *a, bool *changed, struct err *e);

/* Write a line and its end to what is open for writing, in one piece; false with errno when not all of it could be. */
bool file_add_line(int fd, const char *line);

bool file_exists(const char *path);
bool file_is_folder(const char *path);

/* Make a folder and its parents; fine if it is there. */
int file_make_folders(const char *path, struct arena *a, struct err *e);

/* Remove a folder with all in it; fine if it is not there.  Never follows links, and refuses a path that is one. */
int file_remove_tree(const char *path, struct err *e);

/* Remove whatever is there: a file, a link (not what it names), a folder with all in it; fine if nothing is. */
int file_remove(const char *path, struct err *e);

/* Names in a folder, sorted by bytes, without dot files; files and folders alike. */
int file_list(const char *path, struct arena *a, struct list *names, struct err *e);

/*
 * Files that match a pattern relative to `root` ("src/ *.c" without the blank;
 * `*`, `?` and `[...]` in any segment, ** is not known: -MS_EINVAL), sorted by
 * bytes, relative to root.  Dot files match by their whole name only.  None at
 * all is no failure.
 */
int file_glob(const char *root, const char *pattern, struct arena *a, struct list *paths, struct err *e);

char *path_join(struct arena *a, const char *left, const char *right);	/* right alone if it is absolute */
const char *path_name(const char *path);			/* what follows the last '/' */
char *path_folder(struct arena *a, const char *path);		/* what precedes it; "." if nothing does */
char *path_absolute(struct arena *a, const char *path);		/* without links resolved */
char *path_shown(struct arena *a, const char *path);		/* as one would type it here: relative if it lies below this folder */
char *path_real(struct arena *a, const char *path);		/* links resolved; NULL if it is not there */

/*
 * Hold an exclusive lock on `path` (made if needed) until file_unlock or the
 * process ends.  `wait` false: -MS_EBUSY if another process holds it; true:
 * -MS_EINTR if the user wants to stop meanwhile.
 */
int file_lock(const char *path, bool wait, struct err *e);	/* a descriptor >= 0, or negative */
void file_unlock(int lock);

/* The same of a file that is open; closing it gives the lock back.  `path` is for messages. */
int file_lock_open(int fd, const char *path, bool wait, struct err *e);

#endif
