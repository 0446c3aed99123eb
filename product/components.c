/* SPDX-License-Identifier: Apache-2.0 */
#include "components.h"

#include <string.h>

#include "buildfile.h"
#include "file.h"
#include "key.h"
#include "linkmap.h"
#include "world_name.h"

enum { NEEDS_MAX = 4, ARCHIVE_SIZE_MAX = 64 << 20, SOURCE_SIZE_MAX = 16 << 20 };

struct known {
	const char *where, *name, *header, *macro, *supplier, *license, *cpe_vendor, *cpe_product, *purl;
	const char *needs[NEEDS_MAX];
};
static const struct known known[] = {
#define COMPONENT(where, name, header, macro, supplier, license, vendor, product, purl, ...) \
	{ where, name, header, macro, supplier, license, vendor, product, purl, { __VA_ARGS__ } },
#include "components.def"
#undef COMPONENT
};
enum { KNOWN_COUNT = sizeof(known) / sizeof(known[0]) };

/* What was linked: for each known component and target the archive, or NULL. */
struct linked { const char *archive[KNOWN_COUNT][MANIFEST_TARGET_MAX]; };

static struct bytes text(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static int note_archive(const char *path, uint32_t target, struct linked *l, struct err *e)
{
	for (uint32_t i = 0; i < KNOWN_COUNT; i++) {
		if (strstr(path, known[i].where)) {
			l->archive[i][target] = path;
			return MS_OK;
		}
	}
	err_set(e, ERR_UNKNOWN_ORIGIN, "'%s' was linked, and nobody says what it is", path);
	return err_fix(e, "name libraries in 'libraries' of ms.yaml: a bill of materials must be complete");
}

static bool brought_along(struct bytes archive, const struct list *others)
{
	for (size_t i = 0; i < others->count; i++)
		if (bytes_equal(archive, text(others->at[i])))
			return true;
	return false;
}

/* Every "archive(member)" of a map, but for what the project brought along, which is told among its files. */
static int read_map(struct bytes map, uint32_t target, const struct list *others, struct arena *a, struct linked *l, struct err *e)
{
	struct bytes last = { 0 };
	struct linkmap_part part;

	for (size_t at = 0; linkmap_next(map, &at, &part); ) {
		const uint8_t *open = memrchr(part.object.at, '(', part.object.size);
		struct bytes archive = bytes_part(part.object, 0, open ? (size_t)(open - part.object.at) : 0);

		if (!archive.size || bytes_equal(archive, last))
			continue;
		last = archive;
		if (brought_along(archive, others))
			continue;
		int rc = note_archive(arena_string(a, archive), target, l, e);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

int components_macro(const char *path, const char *macro, struct arena *a, const char **value, struct err *e)
{
	struct bytes content;

	int rc = file_read(path, SOURCE_SIZE_MAX, a, &content, e);
	if (rc < 0)
		return rc;
	const char *at = strstr((const char *)content.at, arena_printf(a, "#define %s ", macro));
	const char *open = at ? strchr(at, '"') : NULL, *close = open ? strchr(open + 1, '"') : NULL;
	if (!close || memchr(at, '\n', (size_t)(close - at)))
		return err_set(e, ERR_SDK_INCOMPLETE, "'%s' does not define %s as a text", path, macro);

	*value = arena_printf(a, "%.*s", (int)(close - open - 1), open + 1);
	return MS_OK;
}

static int find_version(const struct components *c, const struct known *k, uint8_t target, struct arena *a,
			const char **version, struct err *e)
{
	if (k->header)
		return components_macro(sdk_path(c->sdk, a, "targets/%s/%s", target_name(target), k->header), k->macro, a, version, e);
	*version = strcmp(k->macro, "sdk") ? c->compiler->version : c->sdk_version;
	return MS_OK;
}

static int hash_file(const char *path, const char *shown, size_t limit, struct arena *a, struct sbom_file *out, struct err *e)
{
	struct bytes content;

	int rc = file_read(path, limit, a, &content, e);
	if (rc < 0)
		return rc;
	out->path = shown;
	sha256(content, out->sha256);
	return MS_OK;
}

/* One component that is linked for at least one target. */
static int fill_library(const struct components *c, const struct known *k, const char *const archives[],
			struct arena *a, struct sbom_library *out, struct err *e)
{
	struct sbom_file *files = arena_array(a, struct sbom_file, c->target_count);
	uint8_t target = 0;
	int rc = MS_OK;

	*out = (struct sbom_library){ .name = k->name, .supplier = k->supplier, .license = k->license, .files = files };
	for (uint32_t i = 0; rc == MS_OK && i < c->target_count; i++) {
		if (!archives[i])
			continue;
		target = c->targets[i];
		rc = hash_file(archives[i], arena_printf(a, "%s/%s", target_name(target), path_name(archives[i])), ARCHIVE_SIZE_MAX, a,
			       &files[out->file_count++], e);
	}
	if (rc == MS_OK)
		rc = find_version(c, k, target, a, &out->version, e);
	if (rc < 0)
		return rc;

	out->cpe = cpe_of(text(k->cpe_vendor), text(k->cpe_product), text(out->version), a);
	out->purl = arena_printf(a, "%s%s", k->purl, out->version);
	return MS_OK;
}

static bool is_linked(const struct linked *l, uint32_t i, uint32_t target_count)
{
	for (uint32_t target = 0; target < target_count; target++)
		if (l->archive[i][target])
			return true;
	return false;
}

/* Of what a component needs, what is there: the linker may have needed nothing of it. */
static const char *const *needs_of(const struct known *k, const struct linked *l, uint32_t target_count, struct arena *a)
{
	const char **needs = arena_array(a, const char *, NEEDS_MAX + 1);
	uint32_t count = 0;

	for (uint32_t n = 0; n < NEEDS_MAX && k->needs[n]; n++)
		for (uint32_t i = 0; i < KNOWN_COUNT; i++)
			if (!strcmp(known[i].name, k->needs[n]) && is_linked(l, i, target_count))
				needs[count++] = known[i].name;
	return needs;
}

static int find_libraries(const struct components *c, struct arena *a, struct sbom_input *out, struct err *e)
{
	struct sbom_library *libraries = arena_array(a, struct sbom_library, KNOWN_COUNT);
	struct linked *l = arena_new(a, struct linked);
	int rc = MS_OK;

	for (uint32_t i = 0; rc == MS_OK && i < c->target_count; i++) {
		struct list others = { 0 };

		rc = buildfile_library_files(c->project, target_name(c->targets[i]), a, &others, e);
		if (rc == MS_OK)
			rc = read_map(c->maps[i], i, &others, a, l, e);
	}
	out->library_count = 0;
	for (uint32_t i = 0; rc == MS_OK && i < KNOWN_COUNT; i++) {
		if (!is_linked(l, i, c->target_count))
			continue;
		struct sbom_library *library = &libraries[out->library_count++];
		rc = fill_library(c, &known[i], l->archive[i], a, library, e);
		library->needs = needs_of(&known[i], l, c->target_count, a);
	}
	out->libraries = libraries;
	return rc;
}

static int hash_files(const char *root, const struct list *paths, struct arena *a, struct sbom_file *files, struct err *e)
{
	int rc = MS_OK;

	for (size_t i = 0; rc == MS_OK && i < paths->count; i++)
		rc = hash_file(path_join(a, root, paths->at[i]), paths->at[i], SOURCE_SIZE_MAX, a, &files[i], e);
	return rc;
}

/* Each library of others once, whatever the targets. */
static int find_others(const struct components *c, struct arena *a, struct list *out, struct err *e)
{
	for (uint32_t i = 0; i < c->target_count; i++) {
		struct list others = { 0 };

		int rc = buildfile_library_files(c->project, target_name(c->targets[i]), a, &others, e);
		if (rc < 0)
			return rc;
		for (size_t k = 0; k < others.count; k++)
			if (!brought_along(text(others.at[k]), out))
				list_push(out, a, others.at[k]);
	}
	return MS_OK;
}

/* The service's own sources, the headers in its include folder, and the libraries of others that it brings along. */
static int find_files(const struct components *c, struct arena *a, struct sbom_input *out, struct err *e)
{
	const struct project *p = c->project;
	struct list sources = { 0 }, headers = { 0 }, others = { 0 };

	int rc = buildfile_sources(p, a, &sources, e);
	if (rc == MS_OK)
		rc = file_glob(p->root, "include/*.h", a, &headers, e);
	if (rc == MS_OK)
		rc = find_others(c, a, &others, e);
	if (rc < 0)
		return rc;

	struct sbom_file *files = arena_array(a, struct sbom_file, sources.count + headers.count + others.count);
	rc = hash_files(p->root, &sources, a, files, e);
	if (rc == MS_OK)
		rc = hash_files(p->root, &headers, a, files + sources.count, e);
	if (rc == MS_OK)
		rc = hash_files(p->root, &others, a, files + sources.count + headers.count, e);
	out->files = files;
	out->file_count = (uint32_t)(sources.count + headers.count + others.count);
	return rc;
}

int components_find(const struct components *c, struct arena *a, struct sbom_input *out, struct err *e)
{
	int rc = find_libraries(c, a, out, e);
	if (rc == MS_OK)
		rc = find_files(c, a, out, e);
	if (rc == MS_OK)
		out->compiler = c->clang ? arena_printf(a, "%s %s, %s %s", c->clang->name, c->clang->version, c->compiler->name, c->compiler->version) :
			arena_printf(a, "%s %s", c->compiler->name, c->compiler->version);
	return rc;
}
