/* SPDX-License-Identifier: Apache-2.0 */
#include "buildtree.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "file.h"
#include "out.h"

#define SEEN_PATH "out/.seen"

enum { RECORD_MAX = 16 << 20, FUTURE_SEC = 60 };

struct look {
	const char *root;
	struct arena *a;
	struct list headers;		/* their paths */
	struct text seen;		/* a line for each file: its time in nanoseconds, size and path */
	struct bytes before;		/* what was seen last time */
	size_t at;			/* in that: behind the last line that was found as it was */
	uint64_t built;			/* when something was written last, in nanoseconds */
	bool turned_back;
	time_t now;
};

static uint64_t time_of(const struct stat *st)
{
	return (uint64_t)st->st_mtim.tv_sec * 1000000000 + (uint64_t)st->st_mtim.tv_nsec;
}

static uint64_t time_at(const struct look *l, const char *path)
{
	struct stat st;

	return stat(path_join(l->a, l->root, path), &st) ? 0 : time_of(&st);
}

static bool is_header(const char *path)
{
	const char *dot = strrchr(path_name(path), '.');

	return dot && (!strcmp(dot, ".h") || !strcmp(dot, ".inc") || !strcmp(dot, ".def"));
}

/* A file that was there: is it another one now, though no younger than what was made of it?  Those that are as they were come in the same order. */
static bool has_turned_back(struct look *l, const char *path, const char *line, uint64_t time)
{
	size_t size = strlen(line);

	if (size <= l->before.size - l->at && memcmp(l->before.at + l->at, line, size) == 0) {
		l->at += size - 1;
		return false;
	}
	const char *name = arena_printf(l->a, " %s\n", path);

	return time <= l->built && memmem(l->before.at, l->before.size, name, strlen(name)) && !memmem(l->before.at, l->before.size, line, size);
}

/* It is younger than all that is made of it, so that is made at each build. */
static void warn_of_future(const struct look *l, const char *path, const struct stat *st)
{
	const char *dot = strrchr(path_name(path), '.');
	char date[sizeof("2035-01-01")];
	struct tm day;

	if (st->st_mtim.tv_sec <= l->now + FUTURE_SEC || !dot || !(is_header(path) || !strcmp(dot, ".c") || !strcmp(dot, ".S")))
		return;
	if (!gmtime_r(&st->st_mtim.tv_sec, &day) || !strftime(date, sizeof(date), "%Y-%m-%d", &day))
		strcpy(date, "later");
	out_warn("'%s' is of %s, which is yet to come: it is compiled at each build until you 'touch' it or set the clock", path, date);
}

static void look_at(struct look *l, const char *path, const struct stat *st)
{
	const char *line = arena_printf(l->a, "\n%" PRIu64 " %lld %s\n", time_of(st), (long long)st->st_size, path);

	warn_of_future(l, path, st);
	if (is_header(path))
		list_push(&l->headers, l->a, (void *)path);
	l->turned_back |= has_turned_back(l, path, line, time_of(st));
	text_add(&l->seen, l->a, "%s", line + 1);
}

/* Links to folders are not followed: they could lead back here. */
static int look_in(struct look *l, const char *folder, struct err *e)
{
	struct list names = { 0 };
	struct stat st;

	int rc = file_list(*folder ? path_join(l->a, l->root, folder) : l->root, l->a, &names, e);
	for (size_t i = 0; i < names.count && rc == MS_OK; i++) {
		const char *path = *folder ? path_join(l->a, folder, names.at[i]) : names.at[i], *whole = path_join(l->a, l->root, path);

		if (strcmp(path, "out") == 0 || lstat(whole, &st))
			continue;
		if (S_ISDIR(st.st_mode))
			rc = look_in(l, path, e);
		else if (stat(whole, &st) == 0 && S_ISREG(st.st_mode))
			look_at(l, path, &st);
	}
	return rc;
}

static int read_or_nothing(struct look *l, const char *path, struct bytes *content, struct err *e)
{
	struct err none = { 0 };
	int rc = file_read(path_join(l->a, l->root, path), RECORD_MAX, l->a, content, &none);

	if (rc == -MS_ENOENT)
		*content = (struct bytes){ (const uint8_t *)"", 0 };
	else if (rc < 0)
		*e = none;
	return rc == -MS_ENOENT ? MS_OK : rc;
}

static int write_tree(struct look *l, struct err *e)
{
	struct text t = { 0 };
	struct bytes old;
	unsigned turns = 0;

	int rc = read_or_nothing(l, BUILDTREE_PATH, &old, e);
	if (rc < 0)
		return rc;
	if (old.size)
		sscanf((const char *)old.at, "%u", &turns);
	text_add(&t, l->a, "%u times a file became an older one\n", turns + l->turned_back);
	list_sort(&l->headers);
	for (size_t i = 0; i < l->headers.count; i++)
		text_add(&t, l->a, "%s\n", (const char *)l->headers.at[i]);
	return file_update(path_join(l->a, l->root, BUILDTREE_PATH), (struct bytes){ (const uint8_t *)t.at, t.size }, 0644, l->a, NULL, e);
}

/* The tree first: if what was seen is not written then, the next build compiles all once more. */
int buildtree_update(const char *root, struct arena *a, struct err *e)
{
	struct look l = { .root = root, .a = a, .now = time(NULL) };
	const uint64_t times[] = { time_at(&l, SEEN_PATH), time_at(&l, "out/.ninja_log"), time_at(&l, "out/test/.ninja_log") };

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
		l.built = times[i] > l.built ? times[i] : l.built;
	text_add(&l.seen, a, "\n");
	int rc = read_or_nothing(&l, SEEN_PATH, &l.before, e);
	if (rc >= 0)
		rc = look_in(&l, "", e);
	if (rc >= 0)
		rc = write_tree(&l, e);
	if (rc < 0)
		return rc;
	return file_update(path_join(a, root, SEEN_PATH), (struct bytes){ (const uint8_t *)l.seen.at, l.seen.size }, 0644, a, NULL, e);
}
