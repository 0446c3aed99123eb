/* SPDX-License-Identifier: Apache-2.0 */
#include "dependencies.h"

#include <ctype.h>
#include <string.h>

#include "file.h"
#include "key.h"

enum { HEADER_MAX = 64 << 20, FILES_MAX = 256 };

struct dependency_policy dependency_policy;

/* The name in a line `#include "name"`; NULL: it is no such line. */
static const char *included(const char *line, struct arena *a)
{
	while (*line == ' ' || *line == '\t')
		line++;
	if (*line++ != '#')
		return NULL;
	while (*line == ' ' || *line == '\t')
		line++;
	if (strncmp(line, "include", 7))
		return NULL;
	for (line += 7; *line == ' ' || *line == '\t'; line++)
		;
	const char *end = *line == '"' ? strchr(line + 1, '"') : NULL;
	return end ? arena_printf(a, "%.*s", (int)(end - line - 1), line + 1) : NULL;
}

/* The part of a path that is below the folder; NULL: it is not. */
static const char *below(const char *path, const char *folder)
{
	size_t size = strlen(folder);

	return !strncmp(path, folder, size) && path[size] == '/' ? path + size + 1 : NULL;
}

static bool has(const struct list *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++)
		if (!strcmp(files->at[i], name))
			return true;
	return false;
}

/* One that lies elsewhere is not the provider's. */
static int take_include(const char *root, const char *path, struct arena *a, struct list *files, struct err *e)
{
	const char *real = path_real(a, path), *name = real ? below(real, root) : NULL;

	if (!name || has(files, name))
		return MS_OK;
	if (files->count == FILES_MAX)
		return err_set(e, ERR_HEADER_C, "'%s' includes more than %d files", (const char *)files->at[0], FILES_MAX);
	list_push(files, a, (void *)name);
	return MS_OK;
}

/* What files[at] includes is looked for beside it, as ms-api copies it. */
static int take_includes(const char *root, size_t at, struct arena *a, struct list *files, struct err *e)
{
	const char *path = path_join(a, root, files->at[at]), *name;
	struct bytes content;
	char *rest;

	int rc = file_read(path, HEADER_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	for (char *line = strtok_r(arena_string(a, content), "\n", &rest); rc >= 0 && line; line = strtok_r(NULL, "\n", &rest))
		if ((name = included(line, a)))
			rc = take_include(root, path_join(a, path_folder(a, path), name), a, files, e);
	return rc;
}

int dependency_files(const struct dependency *d, struct arena *a, struct list *files, struct err *e)
{
	const char *root = path_real(a, d->provider->root);
	size_t first = files->count;
	int rc = MS_OK;

	if (root && d->interface->header && !has(files, d->interface->header))
		list_push(files, a, (void *)d->interface->header);
	for (size_t i = first; rc >= 0 && i < files->count; i++)
		rc = take_includes(root, i, a, files, e);
	return rc;
}

int dependency_hash(const char *path, struct arena *a, const char **out, struct err *e)
{
	struct bytes content;
	struct text t = { 0 };
	uint8_t hash[32];

	int rc = file_read(path, HEADER_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	sha256(content, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		text_add(&t, a, "%02x", hash[i]);
	*out = t.at;
	return MS_OK;
}

static int lock_one(const struct dependency *d, struct arena *a, struct lock *out, struct err *e)
{
	const struct interface *n = d->interface;
	const char *owner = arena_printf(a, "%s/%s", d->provider->vendor, d->provider->name), *hash;
	struct list files = { 0 };

	lock_add(out, "interface", owner, n->name,
		 arena_printf(a, "%s 0x%08x %u %s", d->provider->version_text, n->sid, n->version, n->connections ? "connections" : "stateless"), a);
	int rc = dependency_files(d, a, &files, e);
	for (size_t i = 0; rc >= 0 && i < files.count; i++) {
		rc = dependency_hash(path_join(a, path_real(a, d->provider->root), files.at[i]), a, &hash, e);
		if (rc >= 0)
			lock_add(out, "file", owner, files.at[i], hash, a);
	}
	return rc;
}

int dependencies_lock(const struct list *dependencies, struct arena *a, struct lock *out, struct err *e)
{
	int rc = MS_OK;

	*out = (struct lock){ 0 };
	for (size_t i = 0; rc >= 0 && i < dependencies->count; i++)
		rc = lock_one(dependencies->at[i], a, out, e);
	return rc;
}

int dependency_check_file(const char *path, dependency_found_fn *of, const void *context, struct arena *a, struct err *e)
{
	const char *file = path_shown(a, path);
	bool is_there = file_exists(file), strict = dependency_policy.locked;
	struct lock locked = { 0 }, found;

	if (dependency_policy.fresh || (!is_there && !strict))
		return MS_OK;
	int rc = is_there ? lock_read(file, a, &locked, e) : MS_OK;
	if (rc >= 0)
		rc = of(context, a, &found, e);
	return rc < 0 ? rc : lock_compare(&locked, &found, file, strict, a, e);
}

static int found_of_project(const void *context, struct arena *a, struct lock *out, struct err *e)
{
	return dependencies_lock(context, a, out, e);
}

int dependencies_check(const struct project *p, const struct list *dependencies, struct arena *a, struct err *e)
{
	return dependency_check_file(path_join(a, p->root, LOCK_FILE), found_of_project, dependencies, a, e);
}
