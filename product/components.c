/* SPDX-License-Identifier: Apache-2.0 */
#include "components_parts.h"

#include <string.h>

#include "buildfile.h"
#include "file.h"
#include "key.h"
#include "world_name.h"

enum { NEEDS_MAX = 4, SOURCE_SIZE_MAX = 16 << 20 };

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

/* Every archive of which something is in the executable, but for what the project brought along, which is told among its files. */
static int note_archives(const struct inventory *v, uint32_t target, struct arena *a, struct linked *l, struct err *e)
{
	struct bytes last = { 0 };
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < v->linked[target].count; i++) {
		const struct linked_part *p = v->linked[target].at[i];

		if (!p->member.size || bytes_equal(p->file, last) || inventory_has(&v->others[target], p->file))
			continue;
		last = p->file;
		rc = note_archive(arena_string(a, p->file), target, l, e);
	}
	return rc;
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

/* What is in one target's executable of an archive: its members, in the order of the map. */
static int fill_archive(const struct inventory *v, uint32_t target, const char *archive, struct arena *a, struct sbom_file *out, struct err *e)
{
	const struct list *linked = &v->linked[target];
	const char *shown = arena_printf(a, "%s/%s", target_name(v->from->targets[target]), path_name(archive));
	struct sbom_file *parts = arena_array(a, struct sbom_file, linked->count);
	struct bytes content;

	int rc = inventory_hash(archive, shown, a, out, &content, e);
	out->parts = parts;
	for (size_t i = 0; rc >= 0 && i < linked->count; i++) {
		const struct linked_part *p = linked->at[i];

		if (p->member.size && bytes_equal(p->file, text(archive)))
			rc = inventory_member(content, shown, p->member, a, &parts[out->part_count++], e);
	}
	return rc;
}

/* One component that is linked for at least one target. */
static int fill_library(const struct inventory *v, const struct known *k, const char *const archives[],
			struct arena *a, struct sbom_library *out, struct err *e)
{
	const struct components *c = v->from;
	struct sbom_file *files = arena_array(a, struct sbom_file, c->target_count);
	uint8_t target = 0;
	int rc = MS_OK;

	*out = (struct sbom_library){ .name = k->name, .supplier = k->supplier, .license = k->license, .files = files };
	for (uint32_t i = 0; rc == MS_OK && i < c->target_count; i++) {
		if (!archives[i])
			continue;
		target = c->targets[i];
		rc = fill_archive(v, i, archives[i], a, &files[out->file_count++], e);
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

static int find_libraries(const struct inventory *v, struct arena *a, struct sbom_input *out, struct err *e)
{
	uint32_t target_count = v->from->target_count;
	struct sbom_library *libraries = arena_array(a, struct sbom_library, KNOWN_COUNT);
	struct linked *l = arena_new(a, struct linked);
	int rc = MS_OK;

	for (uint32_t i = 0; rc == MS_OK && i < target_count; i++)
		rc = note_archives(v, i, a, l, e);
	out->library_count = 0;
	for (uint32_t i = 0; rc == MS_OK && i < KNOWN_COUNT; i++) {
		if (!is_linked(l, i, target_count))
			continue;
		struct sbom_library *library = &libraries[out->library_count++];
		rc = fill_library(v, &known[i], l->archive[i], a, library, e);
		library->needs = needs_of(&known[i], l, target_count, a);
	}
	out->libraries = libraries;
	return rc;
}

/* Of each target what its map names, and what the project brought along for it. */
static int take_inventory(const struct components *c, struct arena *a, struct inventory *out, struct err *e)
{
	int rc = MS_OK;

	*out = (struct inventory){ .from = c };
	for (uint32_t i = 0; rc == MS_OK && i < c->target_count; i++) {
		linked_parts(c->maps[i], a, &out->linked[i]);
		rc = buildfile_library_files(c->project, target_name(c->targets[i]), a, &out->others[i], e);
	}
	return rc;
}

int components_find(const struct components *c, struct arena *a, struct sbom_input *out, struct err *e)
{
	struct inventory *v = arena_new(a, struct inventory);

	int rc = take_inventory(c, a, v, e);
	if (rc == MS_OK)
		rc = find_libraries(v, a, out, e);
	if (rc == MS_OK)
		rc = inventory_files(v, a, out, e);
	if (rc == MS_OK)
		out->compiler = c->clang ? arena_printf(a, "%s %s, %s %s", c->clang->name, c->clang->version, c->compiler->name, c->compiler->version) :
			arena_printf(a, "%s %s", c->compiler->name, c->compiler->version);
	return rc;
}
