/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

char *path_join(struct arena *a, const char *left, const char *right)
{
	size_t size = strlen(left);

	if (right[0] == '/' || size == 0 || strcmp(left, ".") == 0)
		return arena_printf(a, "%s", right);
	return arena_printf(a, "%s%s%s", left, left[size - 1] == '/' ? "" : "/", right);
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

char *path_folder(struct arena *a, const char *path)
{
	const char *name = path_name(path);

	if (name == path)
		return arena_printf(a, ".");
	size_t size = (size_t)(name - path);
	while (size > 1 && path[size - 1] == '/')
		size--;
	return arena_printf(a, "%.*s", (int)size, path);
}

char *path_absolute(struct arena *a, const char *path)
{
	struct text t = { 0 };
	char here[PATH_MAX];

	const char *start = path[0] == '/' || !getcwd(here, sizeof(here)) ? "" : here;
	char *copy = arena_printf(a, "%s/%s", start, path), *rest;

	/* "." and "//" go; ".." stays, since what it means depends on links. */
	for (char *s = strtok_r(copy, "/", &rest); s; s = strtok_r(NULL, "/", &rest))
		if (strcmp(s, ".") != 0)
			text_add(&t, a, "/%s", s);
	return t.at ? t.at : arena_printf(a, "/");
}

char *path_shown(struct arena *a, const char *path)
{
	const char *here = path_absolute(a, "."), *there = path_absolute(a, path);
	size_t size = strlen(here);

	if (strncmp(there, here, size) || there[size] != '/')
		return arena_printf(a, "%s", strcmp(there, here) ? path : ".");
	return arena_printf(a, "%s", there + size + 1);
}

char *path_real(struct arena *a, const char *path)
{
	char *real = realpath(path, NULL);
	if (!real)
		return NULL;

	char *copy = arena_printf(a, "%s", real);
	free(real);
	return copy;
}
