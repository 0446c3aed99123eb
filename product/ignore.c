/* SPDX-License-Identifier: Apache-2.0 */
#include "ignore.h"

#include <fnmatch.h>
#include <string.h>

#include "file.h"

enum { FILE_MAX = 1 << 20 };

struct rule {
	const char *folder;	/* where it was written, relative to the root; "" or "src/" */
	const char *pattern;
	bool negated, folders_only, tied;
};

/* One line; comments and empty ones are no rules. */
static void add(struct ignore *g, const char *folder, char *line, struct arena *a)
{
	struct rule *r = arena_new(a, struct rule);
	size_t size = strlen(line);

	while (size && (line[size - 1] == '\r' || (line[size - 1] == ' ' && !(size > 1 && line[size - 2] == '\\'))))
		line[--size] = '\0';
	r->folder = folder;
	r->negated = *line == '!';
	line += r->negated;
	if (!*line || (*line == '#' && !r->negated))
		return;
	size = strlen(line);
	r->folders_only = line[size - 1] == '/';
	if (r->folders_only)
		line[--size] = '\0';
	r->tied = strchr(line, '/');
	r->pattern = line + (*line == '/');
	list_push(&g->rules, a, r);
}

int ignore_read(struct ignore *g, const char *root, const char *path, struct arena *a, struct err *e)
{
	const char *file = path_join(a, path_join(a, root, path), ".gitignore");
	struct bytes text;
	char *rest;

	if (!file_exists(file))
		return MS_OK;
	int rc = file_read(file, FILE_MAX, a, &text, e);
	if (rc < 0)
		return rc;
	const char *folder = *path ? arena_printf(a, "%s/", path) : "";

	for (char *line = strtok_r(arena_string(a, text), "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		add(g, folder, line, a);
	return MS_OK;
}

/* A pattern with '/': each part of it fits one folder, "**" any number of them. */
static bool fits_path(const char *pattern, const char *path, struct arena *a)
{
	if (!strncmp(pattern, "**/", 3)) {
		for (const char *at = path; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
			if (fits_path(pattern + 3, at, a))
				return true;
		return false;
	}
	if (!strcmp(pattern, "**"))
		return *path;

	const char *end = strchr(pattern, '/'), *stop = strchr(path, '/');
	if (!end || !stop)
		return !end && !stop && !fnmatch(pattern, path, 0);
	const char *part = arena_printf(a, "%.*s", (int)(end - pattern), pattern), *name = arena_printf(a, "%.*s", (int)(stop - path), path);

	return !fnmatch(part, name, 0) && fits_path(end + 1, stop + 1, a);
}

static bool fits(const struct rule *r, const char *path, bool is_folder, struct arena *a)
{
	size_t size = strlen(r->folder);

	if ((r->folders_only && !is_folder) || strncmp(path, r->folder, size))
		return false;
	return r->tied ? fits_path(r->pattern, path + size, a) : !fnmatch(r->pattern, path_name(path), 0);
}

bool ignore_has(const struct ignore *g, const char *path, bool is_folder, struct arena *a)
{
	bool has = false;

	for (size_t i = 0; i < g->rules.count; i++) {
		const struct rule *r = g->rules.at[i];

		if (has == r->negated && fits(r, path, is_folder, a))
			has = !r->negated;
	}
	return has;
}
