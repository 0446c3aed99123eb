/* SPDX-License-Identifier: Apache-2.0 */
#include "template.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

enum { TEMPLATE_FILE_MAX = 1 << 20, TEMPLATE_DEPTH_MAX = 8 };

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Does the word stand alone at this place of the text? */
static bool is_at(struct bytes text, size_t at, const char *word)
{
	const char *t = (const char *)text.at;
	size_t size = strlen(word);

	return at + size <= text.size && memcmp(t + at, word, size) == 0 && (at == 0 || !is_word(t[at - 1])) &&
	       (at + size == text.size || !is_word(t[at + size]));
}

struct bytes template_fill(const struct template_copy *c, struct bytes text, struct arena *a)
{
	const struct { const char *word, *with; } change[] = { { "hello", c->name }, { "example.org", c->vendor } };
	struct text t = { 0 };
	size_t kept = 0;

	for (size_t at = 0; at < text.size; at++)
		for (size_t i = 0; i < sizeof(change) / sizeof(change[0]); i++) {
			if (!is_at(text, at, change[i].word))
				continue;
			text_add_bytes(&t, a, bytes_part(text, kept, at - kept));
			text_add(&t, a, "%s", change[i].with);
			kept = at + strlen(change[i].word);
			at = kept - 1;
			break;
		}
	text_add_bytes(&t, a, bytes_part(text, kept, text.size - kept));

	return (struct bytes){ (const uint8_t *)t.at, t.size };
}

struct copying {
	const struct template_copy *c;
	const char *to;
	struct arena *a;
	struct list *files;
	struct err *e;
};

static int copy_file(struct copying *w, const char *inside)
{
	struct bytes text;

	int rc = file_read(path_join(w->a, w->c->from, inside), TEMPLATE_FILE_MAX, w->a, &text, w->e);
	if (rc < 0)
		return rc;
	rc = file_replace(path_join(w->a, w->to, inside), template_fill(w->c, text, w->a), 0644, w->a, w->e);
	if (rc < 0)
		return rc;

	list_push(w->files, w->a, arena_printf(w->a, "%s", inside));
	return MS_OK;
}

static int is_content(const struct dirent *d)
{
	return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0 && strcmp(d->d_name, "out") != 0;
}

static int copy_folder(struct copying *w, const char *inside, int depth);

static int copy_entry(struct copying *w, const char *inside, int depth)
{
	const char *from = path_join(w->a, w->c->from, inside);
	struct stat st;

	if (lstat(from, &st))
		return err_errno(w->e, "cannot look at '%s'", from);
	if (S_ISREG(st.st_mode))
		return copy_file(w, inside);
	if (S_ISDIR(st.st_mode) && depth < TEMPLATE_DEPTH_MAX)
		return copy_folder(w, inside, depth + 1);

	return err_set(w->e, ERR_NOT_USABLE, "'%s' is neither a file nor a folder of a template", from);
}

static bool is_wanted(const struct copying *w, const char *name, int depth)
{
	bool wanted = depth || !w->c->only;

	for (size_t i = 0; !wanted && w->c->only[i]; i++)
		wanted = !strcmp(w->c->only[i], name);
	return wanted;
}

static int copy_folder(struct copying *w, const char *inside, int depth)
{
	const char *from = path_join(w->a, w->c->from, inside);
	struct dirent **entries;

	int rc = file_make_folders(path_join(w->a, w->to, inside), w->a, w->e);
	if (rc < 0)
		return rc;
	int count = scandir(from, &entries, is_content, alphasort);
	if (count < 0)
		return err_errno(w->e, "cannot read '%s'", from);
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		if (rc == MS_OK && is_wanted(w, name, depth))
			rc = copy_entry(w, *inside ? path_join(w->a, inside, name) : arena_printf(w->a, "%s", name), depth);
		free(entries[i]);
	}
	free(entries);

	return rc;
}

/*
 * Where the copy is made: beside its final place, under a name that nobody
 * chooses.  We hold a lock on it, so one without a lock was left behind by an
 * ms that was killed, and goes.
 */
#define BEGUN ".ms-new-"

static void remove_left_behind(const char *parent, struct arena *a)
{
	DIR *dir = opendir(parent);
	struct err ignored;

	for (struct dirent *d; dir && (d = readdir(dir));) {
		if (strncmp(d->d_name, BEGUN, strlen(BEGUN)) != 0)
			continue;
		const char *path = path_join(a, parent, d->d_name);
		int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			file_remove_tree(path, &ignored);
		if (fd >= 0)
			close(fd);
	}
	if (dir)
		closedir(dir);
}

/* Give the folder its final name, unless that is taken. */
static int put_in_place(const char *from, const char *to, struct err *e)
{
	mode_t mask = umask(0);

	umask(mask);
	if (chmod(from, 0777 & ~mask))
		return err_errno(e, "cannot set the mode of '%s'", from);
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return MS_OK;
	if ((errno == EINVAL || errno == ENOSYS) && !file_exists(to) && rename(from, to) == 0)
		return MS_OK;	/* a file system that cannot refuse by itself */
	if (errno != EEXIST)
		return err_errno(e, "cannot make '%s'", to);

	err_set(e, ERR_EXISTS, "'%s' exists already", to);
	return err_fix(e, "choose another name; nothing was changed");
}

int template_make(const struct template_copy *c, const char *to, struct arena *a, struct list *files, struct err *e)
{
	size_t parent_size = (size_t)(path_name(to) - to);
	const char *parent = parent_size ? arena_printf(a, "%.*s", (int)parent_size, to) : "./";
	char *begun = arena_printf(a, "%s" BEGUN "XXXXXX", parent);

	remove_left_behind(parent, a);
	if (!mkdtemp(begun))
		return err_errno(e, "cannot write in %s", parent_size ? parent : "this folder");
	int lock = open(begun, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock < 0)
		return err_errno(e, "cannot open '%s'", begun);
	flock(lock, LOCK_EX);

	struct copying w = { c, begun, a, files, e };
	int rc = copy_folder(&w, "", 0);
	if (rc == MS_OK && c->add)
		rc = c->add(begun, c->context, a, files, e);
	if (rc == MS_OK)
		rc = put_in_place(begun, to, e);
	if (rc < 0) {
		struct err ignored;

		file_remove_tree(begun, &ignored);
	}
	close(lock);
	return rc;
}
