/* SPDX-License-Identifier: Apache-2.0 */
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

struct search { const char *root; struct arena *a; struct list found; struct err *e; };

static int search_in(struct search *s, const char *folder, const char *pattern);

/* What lies at a path that matches so far: a file at the end of the pattern, a folder before it. */
static int take(struct search *s, const char *path, const char *rest)
{
	struct stat st;

	if (stat(path_join(s->a, s->root, path), &st))
		return MS_OK;
	if (*rest)
		return S_ISDIR(st.st_mode) ? search_in(s, path, rest) : MS_OK;
	if (S_ISREG(st.st_mode))
		list_push(&s->found, s->a, (char *)path);
	return MS_OK;
}

static int search_in(struct search *s, const char *folder, const char *pattern)
{
	struct list names = { 0 };

	size_t size = strcspn(pattern, "/");
	char *segment = arena_string(s->a, (struct bytes){ (const uint8_t *)pattern, size });
	const char *rest = pattern + size + strspn(pattern + size, "/");
	if (!strpbrk(segment, "*?["))
		return take(s, path_join(s->a, folder, segment), rest);

	int rc = file_list(*folder ? path_join(s->a, s->root, folder) : s->root, s->a, &names, s->e);
	for (size_t i = 0; i < names.count && rc == MS_OK; i++)
		if (fnmatch(segment, names.at[i], FNM_PERIOD | FNM_NOESCAPE) == 0)
			rc = take(s, path_join(s->a, folder, names.at[i]), rest);
	return rc;
}

int file_glob(const char *root, const char *pattern, struct arena *a, struct list *paths, struct err *e)
{
	struct search s = { .root = root, .a = a, .e = e };

	if (pattern[0] == '/' || pattern[0] == '\0')
		return err_set(e, ERR_PATH, "'%s' is no pattern below a folder", pattern);
	if (strstr(pattern, "**")) {
		err_set(e, ERR_PATH, "'**' is not known in the pattern '%s'", pattern);
		return err_fix(e, "name each level, such as src/*.c and src/*/*.c");
	}
	int rc = search_in(&s, "", pattern);
	if (rc < 0)
		return rc;

	list_sort(&s.found);
	*paths = s.found;
	return MS_OK;
}
