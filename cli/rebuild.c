/* SPDX-License-Identifier: Apache-2.0 */
#include "rebuild.h"

#include <string.h>

#include "archive_restore.h"
#include "buildfacts.h"
#include "cleanroom.h"
#include "file.h"
#include "identity.h"
#include "outline.h"
#include "rebuild_parts.h"

void rebuild_say(const struct rebuilding *r, bool ok, const char *what, const char *text)
{
	find_add(r->findings, what, ok ? MS_OK : -MS_ESIGNATURE, text);
}

static int read_rebuilt(struct rebuilding *r)
{
	struct rebuilt *now = &r->now;
	struct package_iter it;
	struct package_member m;

	now->manifest = arena_new(r->a, struct manifest);
	package_iter_init(&it, now->content);
	while (package_next(&it, &m)) {
		if (m.kind == PACKAGE_IS_MANIFEST && manifest_decode(m.content, now->manifest) < 0)
			return err_set(r->e, ERR_NOT_REBUILT, "what was rebuilt has no manifest that can be read");
		for (uint32_t i = 0; m.kind == PACKAGE_IS_ELF && i < now->manifest->target_count; i++)
			if (!strcmp(arena_string(r->a, m.name), arena_printf(r->a, "elf/%s.elf", target_name(now->manifest->targets[i]))))
				now->elf[i] = m.content;
	}
	return it.fault ? err_set(r->e, ERR_NOT_REBUILT, "what was rebuilt is no package: %s", package_fault_text(it.fault)) : MS_OK;
}

static int check_identity(const struct rebuilding *r)
{
	const struct manifest *m = r->wanted, *n = r->now.manifest;

	if (bytes_equal(m->name, n->name) && bytes_equal(m->version_text, n->version_text))
		return MS_OK;
	return err_set(r->e, ERR_NOT_REBUILT, "'%s' is %s %s, and the source is of %s %s", r->path, arena_string(r->a, m->name), arena_string(r->a, m->version_text),
		       arena_string(r->a, n->name), arena_string(r->a, n->version_text));
}

static int build(struct rebuilding *r, const struct list *files, bool unwalled)
{
	struct cleanroom room;

	int rc = cleanroom_open(&room, arena_string(r->a, identity_name(r->wanted)), files, r->a, r->e);
	if (rc < 0)
		return rc;
	rc = cleanroom_build(&room, r->wanted, unwalled, &r->now.content, r->e);
	cleanroom_close(&room);
	if (rc >= 0)
		rc = read_rebuilt(r);
	return rc < 0 ? rc : check_identity(r);
}

void rebuild_say_facts(const struct rebuilding *r, uint8_t target)
{
	const struct manifest_build *b = &r->wanted->build;
	struct list sentences = { 0 };

	if (!b->sdk.size) {
		rebuild_say(r, false, "built by", "the package does not say");
		return;
	}
	buildfacts_compare(r->wanted, r->now.manifest, target, r->a, &sentences);
	for (size_t i = 0; i < sentences.count; i++)
		rebuild_say(r, false, "built otherwise", sentences.at[i]);
	if (!sentences.count)
		rebuild_say(r, true, "built by", arena_printf(r->a, "SDK %s, %s, %s with the same flags", arena_string(r->a, b->sdk), arena_string(r->a, b->compiler),
						      arena_string(r->a, b->linker)));
}

struct bytes rebuild_elf(const struct rebuilding *r, uint8_t target)
{
	for (uint32_t i = 0; i < r->now.manifest->target_count; i++)
		if (r->now.manifest->targets[i] == target)
			return r->now.elf[i];
	return (struct bytes){ 0 };
}

int rebuild_refuse(const struct rebuilding *r, const char *source, const char *why)
{
	err_set(r->e, ERR_NOT_REBUILT, "'%s' is not what '%s' gives: %s", r->path, source, why);
	return err_fix(r->e, "the lines above say what differs, and how it was built");
}

/* The files of a folder, or of a source package that promises this very package. */
static int read_source(const struct rebuilding *r, const struct rebuild_source *s, const struct archive_report *package, struct list *files)
{
	struct source_report *report = arena_new(r->a, struct source_report);
	struct bytes content;
	uint8_t hash[32];

	if (file_is_folder(s->path))
		return source_tree_read(s->path, r->a, files, r->e);
	int rc = file_read(s->path, PACKAGE_SIZE_MAX, r->a, &content, r->e);
	if (rc >= 0)
		rc = source_verify(content, s->path, s->trust, r->a, report, r->e);
	if (rc < 0)
		return rc;
	sha256(report->source->package, hash);
	if (memcmp(hash, package->manifest_sha256, sizeof(hash))) {
		rebuild_say(r, false, "source", "it promises another package, by the SHA-256 of its manifest");
		return err_set(r->e, ERR_NOT_REBUILT, "'%s' does not promise '%s', but another package of %s %s", s->path, r->path,
			       arena_string(r->a, report->manifest->name), arena_string(r->a, report->manifest->version_text));
	}
	*files = report->files;
	return MS_OK;
}

int rebuild_compare(struct archive_report *package, struct bytes content, const char *path, const struct rebuild_source *source, struct arena *a, struct err *e)
{
	struct rebuilding r = { .findings = &package->findings, .path = path, .wanted = package->manifest, .a = a, .e = e };
	struct list files = { 0 };

	int rc = read_source(&r, source, package, &files);
	if (rc >= 0)
		rc = build(&r, &files, source->unwalled);
	return rc < 0 ? rc : rebuild_judge(&r, package, content, source->path);
}

/* Sections and symbols of one executable, by their outlines: the developer's is not at hand. */
static int say_outline(const struct rebuilding *r, const struct source_manifest *s, uint32_t i)
{
	const char *what = arena_printf(r->a, "elf/%s.elf", target_name(r->wanted->targets[i]));
	struct source_outline *rows = arena_array(r->a, struct source_outline, SOURCE_OUTLINE_MAX);
	struct bytes elf = rebuild_elf(r, r->wanted->targets[i]), plain;
	uint32_t from = i ? s->outline_end[i - 1] : 0, count = 0;
	struct list sentences = { 0 };

	if (!elf.size)
		return MS_OK;
	int rc = archive_unsigned(elf, what, r->a, &plain, r->e);
	if (rc < 0)
		return rc;
	outline_make(plain, rows, &count, SOURCE_OUTLINE_MAX, r->a);
	outline_compare(&s->outline[from], s->outline_end[i] - from, rows, count, r->a, &sentences);
	for (size_t k = 0; k < sentences.count; k++)
		rebuild_say(r, false, what, sentences.at[k]);
	return MS_OK;
}

static int say_all(const struct rebuilding *r, const struct source_manifest *s, const struct list *differences)
{
	int rc = MS_OK;

	for (size_t i = 0; i < differences->count; i++)
		rebuild_say(r, false, "rebuilt", differences->at[i]);
	for (uint32_t i = 0; rc >= 0 && i < r->wanted->target_count; i++)
		rc = say_outline(r, s, i);
	rebuild_say_facts(r, r->wanted->targets[0]);
	return rc;
}

int rebuild_package(struct source_report *source, const char *path, const struct believer *trust, bool unwalled, struct arena *a,
		    struct bytes *package, struct archive_report *report, struct bytes *own, struct err *e)
{
	struct rebuilding r = { .findings = &source->findings, .path = path, .wanted = source->manifest, .a = a, .e = e };
	struct list differences = { 0 };

	int rc = build(&r, &source->files, unwalled);
	if (own)
		*own = r.now.content;
	if (rc >= 0)
		rc = archive_restore(source->source, source->manifest, r.now.content, a, package, &differences, e);
	if (rc < 0)
		return rc;
	if (differences.count) {
		rc = say_all(&r, source->source, &differences);
		return rc < 0 ? rc : rebuild_refuse(&r, "its source", arena_printf(a, "%s", (const char *)differences.at[0]));
	}
	rc = archive_verify(*package, path, trust, a, report, e);
	if (rc >= 0)
		rebuild_say(&r, true, "rebuilt", arena_printf(a, "the very package that its developer signed, %zu bytes", package->size));
	return rc;
}
