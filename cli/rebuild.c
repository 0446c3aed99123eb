/* SPDX-License-Identifier: Apache-2.0 */
#include "rebuild.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "builder.h"
#include "elf_difference.h"
#include "executable.h"
#include "file.h"
#include "identity.h"
#include "toolchain.h"
#include "version.h"

enum { SOURCE_SIZE_MAX = 16 << 20, SOURCE_DEPTH_MAX = 16 };

struct rebuilding {
	struct archive_report *package;
	const char *path;		/* of the package */
	const char *folder;		/* clean, and removed in the end */
	struct project project;
	struct build_result built;
	bool release;
	struct arena *a;
	struct err *e;
};

static int copy_file(const struct rebuilding *r, const char *from, const char *to)
{
	struct bytes content;

	int rc = file_read(from, SOURCE_SIZE_MAX, r->a, &content, r->e);
	return rc < 0 ? rc : file_replace(to, content, 0644, r->a, r->e);
}

/* All but hidden files, and what was built.  A link could lead to what is not the source. */
static int copy_tree(const struct rebuilding *r, const char *from, const char *to, int depth)
{
	struct list names = { 0 };
	struct stat st;

	if (depth > SOURCE_DEPTH_MAX)
		return err_set(r->e, ERR_NOT_USABLE, "'%s' lies too deep in the source", from);
	int rc = file_make_folders(to, r->a, r->e);
	if (rc == MS_OK)
		rc = file_list(from, r->a, &names, r->e);
	for (size_t i = 0; rc == MS_OK && i < names.count; i++) {
		const char *name = names.at[i], *one = path_join(r->a, from, name), *other = path_join(r->a, to, name);

		if (!depth && !strcmp(name, "out"))
			continue;
		if (lstat(one, &st))
			rc = err_errno(r->e, "cannot read '%s'", one);
		else if (S_ISDIR(st.st_mode))
			rc = copy_tree(r, one, other, depth + 1);
		else if (S_ISREG(st.st_mode))
			rc = copy_file(r, one, other);
		else
			rc = err_set(r->e, ERR_NOT_USABLE, "'%s' is a link, or no file: a source is built from files alone", one);
	}
	return rc;
}

static int build(struct rebuilding *r)
{
	const struct build_options o = { .all = true, .release = r->release, .over_budget = true };

	int rc = project_read(r->folder, ms_version, r->a, &r->project, r->e);
	return rc < 0 ? rc : build_project(&r->project, &o, r->a, &r->built, r->e);
}

static void say(const struct rebuilding *r, bool ok, const char *what, const char *text)
{
	find_add(&r->package->findings, what, ok ? MS_OK : -MS_ESIGNATURE, text);
}

/* A copy without its signature: whoever signs, the rest has to be the same. */
static int unsigned_copy(struct bytes raw, const char *what, struct arena *a, struct bytes *out, struct err *e)
{
	struct bytes copy = arena_copy(a, raw);
	struct elf_file f;

	int rc = executable_open(copy, what, &f, e);
	if (rc == MS_OK)
		memset((uint8_t *)(uintptr_t)copy.at + f.signature_offset, 0, COSE_BLOCK_SIZE);
	*out = copy;
	return rc;
}

static const char *section_text(const struct elf_section_difference *d, struct arena *a)
{
	struct text t = { 0 };

	if (!d->in_one || !d->in_two) {
		text_add(&t, a, "section %s is in %s alone", d->name, d->in_one ? "the package" : "what was rebuilt");
		return t.at;
	}
	text_add(&t, a, "section %s differs from byte %u on", d->name, d->at);
	if (d->size_one != d->size_two)
		text_add(&t, a, " (%u bytes, rebuilt %u)", d->size_one, d->size_two);
	for (size_t i = 0; i < d->symbols.count; i++)
		text_add(&t, a, "%s%s", i ? ", " : ": ", (const char *)d->symbols.at[i]);
	if (d->more)
		text_add(&t, a, " and %u more", d->more);
	return t.at;
}

static void say_difference(const struct rebuilding *r, const char *what, const struct elf_difference *d)
{
	say(r, false, what, arena_printf(r->a, "another file from byte %zu on", d->at));
	for (size_t i = 0; i < d->sections.count; i++)
		say(r, false, what, section_text(d->sections.at[i], r->a));
}

/* One executable of the package: 1 when it is the same, 0 when not. */
static int compare(const struct rebuilding *r, uint32_t i, bool silent)
{
	uint8_t target = r->package->manifest->targets[i];
	const char *what = arena_printf(r->a, "elf/%s.elf", target_name(target));
	struct bytes raw, one, two;
	struct elf_difference d;
	const char *elf = NULL;

	for (uint32_t k = 0; k < r->built.count; k++)
		if (r->built.at[k].target == target)
			elf = r->built.at[k].elf;
	if (!elf) {
		if (!silent)
			say(r, false, what, "the source is not built for that target");
		return 0;
	}
	int rc = file_read(elf, EXECUTABLE_SIZE_MAX, r->a, &raw, r->e);
	if (rc == MS_OK)
		rc = unsigned_copy(raw, elf, r->a, &two, r->e);
	if (rc == MS_OK)
		rc = unsigned_copy(r->package->elf[i], what, r->a, &one, r->e);
	if (rc < 0)
		return rc;
	elf_difference_find(one, two, r->a, &d);
	if (d.same && !silent)
		say(r, true, what, arena_printf(r->a, "the same %zu bytes but for the signature%s", one.size, r->release ? ", built with --release" : ""));
	if (!d.same && !silent)
		say_difference(r, what, &d);
	return d.same;
}

/* How many executables are the same, or a failure. */
static int compare_all(const struct rebuilding *r, bool silent)
{
	int same = 0;

	for (uint32_t i = 0; i < r->package->manifest->target_count; i++) {
		int rc = compare(r, i, silent);

		if (rc < 0)
			return rc;
		same += rc;
	}
	return same;
}

/* A tool that the package's bill of materials names, as one line. */
static const char *tool_of(const json_t *tools, size_t i, struct arena *a)
{
	const json_t *tool = json_array_get(tools, i);
	const char *name = json_string_value(json_object_get(tool, "name")), *version = json_string_value(json_object_get(tool, "version"));

	return name ? arena_printf(a, "%s%s%s", name, version ? " " : "", version ? version : "") : NULL;
}

static void say_tool(const struct rebuilding *r, const char *what, const char *then, const char *now)
{
	if (then && now)
		say(r, !strcmp(then, now), what, !strcmp(then, now) ? then : arena_printf(r->a, "the package by '%s', rebuilt by '%s'", then, now));
}

/* Who built it then and now: the first reason for other bytes. */
static void say_tools(const struct rebuilding *r)
{
	json_t *bill = json_loadb((const char *)r->package->sbom.at, r->package->sbom.size, JSON_REJECT_DUPLICATES, NULL);
	const json_t *tools = json_object_get(json_object_get(json_object_get(bill, "metadata"), "tools"), "components");
	struct compiler compiler;
	struct err none;

	say_tool(r, "SDK", tool_of(tools, 0, r->a), arena_printf(r->a, "ms %s", ms_version));
	if (compiler_find(COMPILER_OF_TARGETS, path_join(r->a, r->folder, "out/compiler"), r->a, &compiler, &none) >= 0)
		say_tool(r, "compiler", tool_of(tools, 1, r->a), arena_printf(r->a, "%s %s", compiler.name, compiler.version));
	json_decref(bill);
}

static int check_identity(const struct rebuilding *r)
{
	const struct manifest *m = r->package->manifest;
	const char *then = arena_printf(r->a, "%s %s", arena_string(r->a, m->name), arena_string(r->a, m->version_text));
	const char *now = arena_printf(r->a, "%s/%s %s", r->project.vendor, r->project.name, r->project.version_text);

	if (!strcmp(then, now))
		return MS_OK;
	return err_set(r->e, ERR_NOT_REBUILT, "'%s' is %s, and the source is of %s", r->path, then, now);
}

/* As it is built unasked; else as a release, which leaves assertions out. */
static int rebuild(struct rebuilding *r)
{
	int wanted = (int)r->package->manifest->target_count, rc, same;

	rc = build(r);
	if (rc == MS_OK)
		rc = check_identity(r);
	same = rc < 0 ? rc : compare_all(r, true);
	if (same < 0)
		return same;
	if (same != wanted) {
		r->release = true;
		rc = build(r);
		same = rc < 0 ? rc : compare_all(r, true);
		r->release = same == wanted;
		if (rc == MS_OK && !r->release)
			rc = build(r);
	}
	same = rc < 0 ? rc : compare_all(r, false);
	if (same < 0 || same == wanted)
		return same < 0 ? same : MS_OK;
	say_tools(r);
	err_set(r->e, ERR_NOT_REBUILT, "'%s' is not what '%s' gives: %d of %d executables are the same", r->path, r->project.name, same, wanted);
	return err_fix(r->e, "the lines above say what differs, and who built it");
}

int rebuild_compare(struct archive_report *package, const char *path, const char *source, struct arena *a, struct err *e)
{
	const char *top = getenv("TMPDIR");
	char *clean = arena_printf(a, "%s/ms-rebuild.XXXXXX", top && *top ? top : "/tmp");
	struct rebuilding *r = arena_new(a, struct rebuilding);
	struct err none;

	if (!mkdtemp(clean))
		return err_errno(e, "cannot make a folder in '%s'", path_folder(a, clean));
	/* Under its own name: a folder's name is a project's name to others. */
	*r = (struct rebuilding){ .package = package, .path = path, .a = a, .e = e, .folder = path_join(a, clean, path_name(path_absolute(a, source))) };
	int rc = copy_tree(r, source, r->folder, 0);
	if (rc == MS_OK)
		rc = rebuild(r);
	file_remove_tree(clean, &none);
	return rc;
}
