/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The project's own files in an executable: of each object that is in it all that the compiler read for it, and what others
 * made of which something is in it.  A source that nothing was taken of is not there, a header in include/ that nobody includes neither.
 */
#include "components_parts.h"

#include <string.h>

#include "buildfile.h"
#include "file.h"
#include "key.h"
#include "object.h"
#include "process.h"

enum { FILE_SIZE_MAX = 64 << 20 };

/* A file, or a member of one, and the targets whose executables have it: bit 0 is that of the first. */
struct found { const char *path; struct bytes member; uint32_t targets; };

struct finding {
	const struct inventory *inventory;
	struct bytes deps;
	struct list found;		/* struct found *; members behind each other */
	struct arena *a;
	struct err *e;
};

int inventory_hash(const char *path, const char *shown, struct arena *a, struct sbom_file *out, struct bytes *content, struct err *e)
{
	struct bytes read;

	int rc = file_read(path, FILE_SIZE_MAX, a, &read, e);
	if (rc < 0)
		return rc;
	*out = (struct sbom_file){ .path = shown };
	sha256(read, out->sha256);
	sha1(read, out->sha1);
	if (content)
		*content = read;
	return rc;
}

int inventory_member(struct bytes library, const char *shown, struct bytes member, struct arena *a, struct sbom_file *out, struct err *e)
{
	struct bytes name, object;

	for (size_t at = 0; object_member(library, &at, &name, &object) > 0; ) {
		if (!bytes_equal(name, member))
			continue;
		*out = (struct sbom_file){ .path = arena_printf(a, "%s(%.*s)", shown, (int)member.size, (const char *)member.at) };
		sha256(object, out->sha256);
		sha1(object, out->sha1);
		return MS_OK;
	}
	err_set(e, ERR_UNKNOWN_ORIGIN, "'%.*s' of '%s' was linked, and is not in it", (int)member.size, (const char *)member.at, shown);
	return err_fix(e, "it was changed since: build again");
}

bool inventory_has(const struct list *texts, struct bytes text)
{
	for (size_t i = 0; i < texts->count; i++)
		if (bytes_equal(text, (struct bytes){ texts->at[i], strlen(texts->at[i]) }))
			return true;
	return false;
}

static void add(struct finding *f, const char *path, struct bytes member, uint32_t target)
{
	for (size_t i = 0; i < f->found.count; i++) {
		struct found *old = f->found.at[i];

		if (strcmp(old->path, path) || !bytes_equal(old->member, member))
			continue;
		old->targets |= 1u << target;
		return;
	}
	struct found *new = arena_new(f->a, struct found);

	*new = (struct found){ path, member, 1u << target };
	list_push(&f->found, f->a, new);
}

/* An object that this build made: what it was made from.  The notes come from ms.yaml. */
static int add_sources(struct finding *f, const char *object, uint32_t target)
{
	struct list sources = { 0 };

	if (!strcmp(path_name(object), "notes.o"))
		linked_add(&sources, "ms.yaml", f->a);
	else if (!linked_sources(f->deps, object, f->a, &sources)) {
		err_set(f->e, ERR_UNKNOWN_ORIGIN, "'%s' was linked, and nobody says what it was made from", object);
		return err_fix(f->e, "take 'out' away and build again: a bill of materials must be complete");
	}
	for (size_t i = 0; i < sources.count; i++)
		add(f, sources.at[i], (struct bytes){ 0 }, target);
	return MS_OK;
}

static int add_target(struct finding *f, uint32_t target)
{
	const struct inventory *v = f->inventory;
	int rc = MS_OK;

	for (size_t i = 0; rc >= 0 && i < v->linked[target].count; i++) {
		const struct linked_part *p = v->linked[target].at[i];
		const char *file = arena_string(f->a, p->file);

		if (inventory_has(&v->others[target], p->file))
			add(f, file, p->member, target);
		else if (!p->member.size)
			rc = add_sources(f, file, target);
	}
	add(f, "ms.yaml", (struct bytes){ 0 }, target);		/* of which the notes are made */
	return rc;
}

/* What Ninja noted of the compiler's words. */
static int read_deps(struct finding *f)
{
	const struct project *p = f->inventory->from->project;
	const char *const argv[] = { "ninja", "-f", buildfile_path(p, f->a), "-t", "deps", NULL };
	struct process_result said;

	int rc = process_run(argv, p->root, f->a, &said, f->e);
	if (rc >= 0 && said.status)
		rc = err_set(f->e, ERR_UNKNOWN_ORIGIN, "ninja does not say what the objects were made from: %.*s", (int)said.err.size, (const char *)said.err.at);
	f->deps = said.out;
	return rc;
}

static const char *targets_text(const struct finding *f, uint32_t targets)
{
	const struct components *c = f->inventory->from;
	struct text t = { 0 };

	if (targets == (1u << c->target_count) - 1)
		return NULL;
	for (uint32_t i = 0; i < c->target_count; i++)
		if (targets & 1u << i)
			text_add(&t, f->a, "%s%s", t.size ? " " : "", target_name(c->targets[i]));
	return t.at;
}

/* The members of a library that were found. */
static int fill_parts(const struct finding *f, struct bytes library, struct sbom_file *file, uint32_t *targets)
{
	struct sbom_file *parts = arena_array(f->a, struct sbom_file, f->found.count);
	int rc = MS_OK;

	file->parts = parts;
	for (size_t i = 0; rc >= 0 && i < f->found.count; i++) {
		const struct found *one = f->found.at[i];

		if (strcmp(one->path, file->path))
			continue;
		rc = inventory_member(library, file->path, one->member, f->a, &parts[file->part_count], f->e);
		parts[file->part_count++].targets = targets_text(f, one->targets);
		*targets |= one->targets;
	}
	return rc;
}

static int fill_file(const struct finding *f, const struct found *one, struct sbom_file *file)
{
	uint32_t targets = one->targets;
	struct bytes content;

	int rc = inventory_hash(path_join(f->a, f->inventory->from->project->root, one->path), one->path, f->a, file, &content, f->e);
	if (rc >= 0 && one->member.size)
		rc = fill_parts(f, content, file, &targets);
	file->targets = targets_text(f, targets);
	return rc;
}

static bool listed(const struct sbom_input *in, const char *path)
{
	for (uint32_t i = 0; i < in->file_count; i++)
		if (!strcmp(in->files[i].path, path))
			return true;
	return false;
}

int inventory_files(const struct inventory *v, struct arena *a, struct sbom_input *out, struct err *e)
{
	struct finding f = { .inventory = v, .a = a, .e = e };

	int rc = read_deps(&f);
	for (uint32_t i = 0; rc >= 0 && i < v->from->target_count; i++)
		rc = add_target(&f, i);
	struct sbom_file *files = arena_array(a, struct sbom_file, f.found.count + 1);

	out->files = files;
	out->file_count = 0;
	for (size_t i = 0; rc >= 0 && i < f.found.count; i++) {
		const struct found *one = f.found.at[i];

		if (listed(out, one->path))
			continue;
		rc = fill_file(&f, one, &files[out->file_count]);
		out->file_count++;
	}
	return rc < 0 ? rc : MS_OK;
}
