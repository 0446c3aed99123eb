/* SPDX-License-Identifier: Apache-2.0 */
/* Signing a package that is there: one more signature, or all of it by another key. */
#include "archive.h"

#include <string.h>

#include "archive_parts.h"

struct content {
	struct bytes manifest;
	struct archive_signature sigs[PACKAGE_SIGNATURE_MAX + 1];
	uint32_t sig_count;
	struct archive_parts parts;
	uint64_t epoch;
};

/* Take apart a package that was verified. */
static void take_apart(struct bytes package, const struct manifest *m, struct content *c)
{
	struct package_iter it;
	struct package_member member;

	package_iter_init(&it, package);
	while (package_next(&it, &member)) {
		if (member.kind == PACKAGE_IS_MANIFEST) {
			c->manifest = member.content;
		} else if (member.kind == PACKAGE_IS_SIGNATURE) {
			struct archive_signature *s = &c->sigs[c->sig_count++];
			const uint8_t *kid;

			memcpy(s->block, member.content.at, sizeof(s->block));
			if (cose_check(BYTES_OF(s->block), COSE_KIND_PACKAGE, &kid) == MS_OK)
				memcpy(s->kid, kid, sizeof(s->kid));
		} else {
			c->parts.content[c->parts.count] = member.content;
			c->parts.row[c->parts.count] = m->members[c->parts.count];
			c->parts.count++;
		}
		c->epoch = member.mtime;
	}
}

/* Put a signature in its place among those that ascend by kid, or in that of the same key. */
static int insert(struct content *c, const struct archive_signature *own, const char *path, struct err *e)
{
	uint32_t at = 0;

	while (at < c->sig_count && memcmp(c->sigs[at].kid, own->kid, COSE_KID_SIZE) < 0)
		at++;
	bool replace = at < c->sig_count && !memcmp(c->sigs[at].kid, own->kid, COSE_KID_SIZE);
	if (!replace && c->sig_count == PACKAGE_SIGNATURE_MAX)
		return err_set(e, ERR_SIGNATURES_FULL, "'%s' has %d signatures already, and no room for more", path, PACKAGE_SIGNATURE_MAX);
	if (!replace) {
		memmove(&c->sigs[at + 1], &c->sigs[at], sizeof(c->sigs[0]) * (c->sig_count - at));
		c->sig_count++;
	}
	c->sigs[at] = *own;
	return MS_OK;
}

/* One more signature over the same manifest. */
static int add_signature(struct content *c, const char *path, const struct key *k, struct err *e)
{
	struct archive_signature own;

	memcpy(own.kid, key_public_of(k)->kid, COSE_KID_SIZE);
	int rc = key_sign(k, COSE_KIND_PACKAGE, c->manifest, own.block, e);
	if (rc < 0)
		return rc;

	return insert(c, &own, path, e);
}

/* A copy of an ELF file, signed by the key, and its new hash. */
static int sign_part(struct content *c, uint32_t i, const struct key *k, struct arena *a, struct err *e)
{
	const char *name = arena_string(a, c->parts.row[i].path);
	uint8_t *copy = arena_take(a, c->parts.content[i].size), *hash = arena_take(a, 32);

	memcpy(copy, c->parts.content[i].at, c->parts.content[i].size);
	int rc = executable_sign(copy, c->parts.content[i].size, name, k, a, e);
	if (rc < 0)
		return rc;

	c->parts.content[i].at = copy;
	sha256(c->parts.content[i], hash);
	c->parts.row[i].sha256 = hash;
	return MS_OK;
}

static int sign_all(struct content *c, struct manifest *m, const struct key *k, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < c->parts.count; i++) {
		enum package_kind kind;

		if (!package_name_kind(c->parts.row[i].path, &kind) || kind != PACKAGE_IS_ELF)
			continue;
		int rc = sign_part(c, i, k, a, e);
		if (rc < 0)
			return rc;
	}
	c->sig_count = 1;
	return archive_manifest(m, &c->parts, k, a, &c->manifest, &c->sigs[0], e);
}

int archive_sign(struct bytes package, const char *path, const struct believer *trust, const struct key *k, bool anew,
		 struct arena *a, struct bytes *out, struct err *e)
{
	struct archive_report *report = arena_new(a, struct archive_report);
	struct content *c = arena_new(a, struct content);

	int rc = archive_verify(package, path, trust, a, report, e);
	if (rc < 0)
		return rc;

	take_apart(package, report->manifest, c);
	rc = anew ? sign_all(c, report->manifest, k, a, e) : add_signature(c, path, k, e);
	if (rc < 0)
		return rc;

	return archive_write(c->manifest, c->sigs, c->sig_count, &c->parts, c->epoch, a, out, e);
}
