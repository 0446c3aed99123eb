/* SPDX-License-Identifier: Apache-2.0 */
#include "source_archive.h"

#include <string.h>

#include "archive_restore.h"
#include "executable.h"
#include "outline.h"

/* What goes into the source package's manifest of the package that it is about. */
static int describe(struct bytes package, struct source_manifest *m, struct arena *a, uint64_t *epoch, struct err *e)
{
	uint32_t rows = 0;
	struct package_iter it;
	struct package_member member;
	int rc = MS_OK;

	package_iter_init(&it, package);
	while (rc == MS_OK && package_next(&it, &member)) {
		struct elf_file f;
		struct bytes plain;

		*epoch = member.mtime;
		if (member.kind == PACKAGE_IS_MANIFEST)
			m->package = member.content;
		if (member.kind == PACKAGE_IS_SIGNATURE)
			m->signatures[m->signature_count++] = member.content.at;
		if (member.kind != PACKAGE_IS_ELF)
			continue;
		const char *name = arena_string(a, member.name);

		rc = executable_open(member.content, name, &f, e);
		if (rc == MS_OK)
			rc = archive_unsigned(member.content, name, a, &plain, e);
		if (rc < 0)
			break;
		m->image_signature[m->target_count] = executable_block(&f).at;
		outline_make(plain, m->outline, &rows, SOURCE_OUTLINE_MAX, a);
		m->outline_end[m->target_count++] = rows;
	}
	return rc;
}

/* Members stand in the order of bytes, targets in that of their numbers. */
static void sort_targets(struct source_manifest *m, const struct manifest *package, struct arena *a)
{
	struct source_manifest *old = arena_new(a, struct source_manifest);
	uint32_t rows = 0;

	*old = *m;
	for (uint32_t i = 0; i < package->target_count; i++) {
		uint32_t at = 0;	/* its place among the members: how many names come before */

		for (uint32_t k = 0; k < package->target_count; k++)
			at += strcmp(arena_printf(a, "%s.elf", target_name(package->targets[k])), arena_printf(a, "%s.elf", target_name(package->targets[i]))) < 0;
		m->image_signature[i] = old->image_signature[at];
		for (uint32_t k = at ? old->outline_end[at - 1] : 0; k < old->outline_end[at]; k++)
			m->outline[rows++] = old->outline[k];
		m->outline_end[i] = rows;
	}
}

static const char *member_of(const struct source_tree_file *f, struct arena *a)
{
	return arena_printf(a, PACKAGE_SOURCE_FOLDER "%s", f->path);
}

static struct bytes text_bytes(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static void list_files(struct source_manifest *m, const struct list *files, struct arena *a)
{
	for (size_t i = 0; i < files->count; i++) {
		const struct source_tree_file *f = files->at[i];
		uint8_t *hash = arena_take(a, 32);

		sha256(f->content, hash);
		m->files[m->file_count++] = (struct source_file){ text_bytes(member_of(f, a)), f->content.size, hash };
	}
}

static size_t room_for(const struct list *files)
{
	size_t size = PACKAGE_SOURCE_MANIFEST_MAX + 8 * PACKAGE_BLOCK;

	for (size_t i = 0; i < files->count; i++)
		size += ((const struct source_tree_file *)files->at[i])->content.size + 2 * PACKAGE_BLOCK;
	return size;
}

static int write(const struct source_manifest *m, const struct list *files, uint64_t epoch, const struct key *k, struct arena *a, struct bytes *out, struct err *e)
{
	struct writer manifest = { .at = arena_take(a, PACKAGE_SOURCE_MANIFEST_MAX), .size = PACKAGE_SOURCE_MANIFEST_MAX };
	struct writer w = { .size = room_for(files) };
	uint8_t block[COSE_BLOCK_SIZE];

	w.at = arena_take(a, w.size);
	source_manifest_encode(m, &manifest);
	if (manifest.failed || w.size > PACKAGE_SIZE_MAX)
		return err_set(e, ERR_SOURCE_FILE, "the source package would be larger than a package may be");
	int rc = key_sign(k, COSE_KIND_SOURCE, writer_bytes(&manifest), block, e);
	if (rc < 0)
		return rc;
	package_put(&w, text_bytes(PACKAGE_SOURCE_MANIFEST), writer_bytes(&manifest), epoch);
	package_put(&w, text_bytes(arena_printf(a, "META/sig/%s.cose", key_kid_text(key_public_of(k)->kid, a))), BYTES_OF(block), epoch);
	for (size_t i = 0; i < files->count; i++)
		package_put(&w, m->files[i].path, ((const struct source_tree_file *)files->at[i])->content, epoch);
	package_end(&w);
	if (w.failed)
		return err_set(e, ERR_SOURCE_FILE, "the source package cannot be written: a file breaks a rule of its format");
	*out = writer_bytes(&w);
	return MS_OK;
}

int source_build(struct bytes package, const struct list *files, const struct key *k, struct arena *a, struct bytes *out, struct err *e)
{
	struct source_manifest *m = arena_new(a, struct source_manifest);
	struct manifest *about = arena_new(a, struct manifest);
	struct source_report *report = arena_new(a, struct source_report);
	struct key_public own = *key_public_of(k);
	struct believer trust = believe_one(&own);
	uint8_t hash[32];
	uint64_t epoch = 0;

	if (!files->count)
		return err_set(e, ERR_SOURCE_FILE, "there is no file that could go into a source package");
	int rc = describe(package, m, a, &epoch, e);
	if (rc < 0)
		return rc;
	if (manifest_decode(m->package, about) < 0)
		return err_set(e, ERR_BUG, "the package that was just made cannot be read");
	sort_targets(m, about, a);
	sha256(package, hash);
	m->sha256 = hash;
	list_files(m, files, a);
	rc = write(m, files, epoch, k, a, out, e);
	return rc < 0 ? rc : source_verify(*out, "the new source package", &trust, a, report, e);
}

bool source_is(struct bytes package)
{
	const struct bytes name = BYTES_LITERAL(PACKAGE_SOURCE_MANIFEST "\0");

	return bytes_equal(bytes_part(package, 0, name.size), name);
}
