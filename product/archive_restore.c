/* SPDX-License-Identifier: Apache-2.0 */
/* A developer's package again, from what was built elsewhere and the signatures that no build can make. */
#include "archive_restore.h"

#include <string.h>

#include "archive_parts.h"

/* The target of a member "elf/v7em.elf" among those of the manifest; -1: it is not there. */
static int target_of(struct bytes name, const struct manifest *m)
{
	for (uint32_t i = 0; i < m->target_count; i++) {
		struct bytes target = target_text(m->targets[i]);

		if (bytes_equal(bytes_part(name, sizeof("elf/") - 1, name.size - sizeof("elf/.elf") + 1), target))
			return (int)i;
	}
	return -1;
}

/* The executable with another signature; NULL: none. */
static int with_block(struct bytes elf, const char *name, const uint8_t *block, struct arena *a, struct bytes *out, struct err *e)
{
	static const uint8_t none[COSE_BLOCK_SIZE];
	struct bytes copy = arena_copy(a, elf);
	struct elf_file f;

	int rc = executable_open(copy, name, &f, e);
	if (rc == MS_OK)
		memcpy((uint8_t *)(uintptr_t)copy.at + f.signature_offset, block ? block : none, COSE_BLOCK_SIZE);
	*out = copy;
	return rc;
}

int archive_unsigned(struct bytes elf, const char *name, struct arena *a, struct bytes *out, struct err *e)
{
	return with_block(elf, name, NULL, a, out, e);
}

static const struct manifest_member *row_of(const struct manifest *m, struct bytes name)
{
	for (uint32_t i = 0; i < m->member_count; i++)
		if (bytes_equal(m->members[i].path, name))
			return &m->members[i];
	return NULL;
}

/* What is another than the developer's, or is there for one of both. */
static void compare(const struct archive_parts *parts, const struct manifest *m, struct arena *a, struct list *differences)
{
	for (uint32_t i = 0; i < parts->count; i++) {
		const struct manifest_member *wanted = row_of(m, parts->row[i].path);
		const char *name = arena_string(a, parts->row[i].path);
		uint8_t hash[32];

		sha256(parts->content[i], hash);
		if (!wanted)
			list_push(differences, a, arena_printf(a, "%s: what was rebuilt has it, the package has not", name));
		else if (wanted->size != parts->content[i].size)
			list_push(differences, a, arena_printf(a, "%s: %llu bytes, rebuilt %zu", name, (unsigned long long)wanted->size, parts->content[i].size));
		else if (memcmp(wanted->sha256, hash, sizeof(hash)))
			list_push(differences, a, arena_printf(a, "%s: others of the same number of bytes", name));
	}
	for (uint32_t i = 0; i < m->member_count; i++) {
		bool there = false;

		for (uint32_t k = 0; k < parts->count && !there; k++)
			there = bytes_equal(parts->row[k].path, m->members[i].path);
		if (!there)
			list_push(differences, a, arena_printf(a, "%s: the package has it, what was rebuilt has not", arena_string(a, m->members[i].path)));
	}
}

static int gather(const struct source_manifest *s, const struct manifest *m, struct bytes rebuilt, struct archive_parts *p, struct arena *a, struct err *e)
{
	struct package_iter it;
	struct package_member member;
	int rc = MS_OK;

	package_iter_init(&it, rebuilt);
	while (rc == MS_OK && package_next(&it, &member)) {
		if (member.kind == PACKAGE_IS_MANIFEST || member.kind == PACKAGE_IS_SIGNATURE || p->count == MANIFEST_MEMBER_MAX)
			continue;
		struct bytes *content = &p->content[p->count];

		*content = member.content;
		p->row[p->count++].path = member.name;
		int target = member.kind == PACKAGE_IS_ELF ? target_of(member.name, m) : -1;
		if (target >= 0)
			rc = with_block(member.content, arena_string(a, member.name), s->image_signature[target], a, content, e);
	}
	if (rc == MS_OK && it.fault)
		rc = err_set(e, ERR_NOT_REBUILT, "what was rebuilt is no package: %s", package_fault_text(it.fault));
	return rc;
}

int archive_restore(const struct source_manifest *s, const struct manifest *m, struct bytes rebuilt, struct arena *a,
		    struct bytes *package, struct list *differences, struct err *e)
{
	struct archive_parts *p = arena_new(a, struct archive_parts);
	struct archive_signature sigs[PACKAGE_SIGNATURE_MAX];
	uint8_t hash[32];

	int rc = gather(s, m, rebuilt, p, a, e);
	if (rc < 0)
		return rc;
	compare(p, m, a, differences);
	if (differences->count)
		return MS_OK;
	for (uint32_t i = 0; i < s->signature_count; i++) {
		const uint8_t *kid;

		memcpy(sigs[i].block, s->signatures[i], COSE_BLOCK_SIZE);
		if (cose_check(BYTES_OF(sigs[i].block), COSE_KIND_PACKAGE, &kid) < 0)
			return err_set(e, ERR_SOURCE_REFUSED, "a signature that the source package holds is none");
		memcpy(sigs[i].kid, kid, COSE_KID_SIZE);
	}
	rc = archive_write(s->package, sigs, s->signature_count, p, m->source_epoch, a, package, e);
	if (rc < 0)
		return rc;
	sha256(*package, hash);
	if (memcmp(hash, s->sha256, sizeof(hash)))
		list_push(differences, a, (void *)(uintptr_t)"the package as a whole: its signatures are not those that it had");
	return MS_OK;
}
