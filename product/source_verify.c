/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Believing a source package: nothing is parsed before a trusted key has
 * signed it, and nothing is unpacked before all of it was found good.
 */
#include "source_archive.h"

#include <string.h>

#include "archive_signing.h"
#include "identity.h"

struct verify {
	struct archive_signing s;
	struct source_report *r;
	struct package_iter it;
	struct package_member next;	/* what follows the signatures */
	bool has_next;
};

static int refuse(const struct verify *v, const char *what, const char *text)
{
	return signing_refuse(&v->s, what, -MS_ESIGNATURE, text);
}

static int check_signatures(struct verify *v, struct bytes *manifest)
{
	struct package_member m;

	if (!package_next(&v->it, &m))
		return signing_refuse_container(&v->s, &v->it);
	if (!v->it.is_source)
		return refuse(v, "archive", "it is a package, not a source package");
	*manifest = m.content;
	sha256(m.content, v->r->manifest_sha256);
	return signing_members(&v->s, &v->it, *manifest, &v->next, &v->has_next);
}

static int decode(struct verify *v, struct bytes raw, struct source_manifest *s, struct manifest *m)
{
	int rc = source_manifest_decode(raw, s);

	if (rc == -MS_EINCOMPATIBLE)
		return signing_refuse(&v->s, "manifest", rc, "it is of another format than this version of ms knows");
	if (rc < 0)
		return refuse(v, "manifest", "its manifest is not what docs/formats.md says");
	rc = manifest_decode(s->package, m);
	if (rc == -MS_EINCOMPATIBLE)
		return signing_refuse(&v->s, "manifest", rc, "the package that it gives is of another format or ABI than this version of ms knows");
	if (rc < 0 || !identity_consistent(m, v->s.a))
		return refuse(v, "manifest", "the manifest of the package that it gives is not what docs/formats.md says");
	if (m->target_count != s->target_count)
		return refuse(v, "manifest", "it has signatures for other targets than the package that it gives");
	if (m->source_epoch != v->it.epoch)
		return refuse(v, "manifest", "it and the package that it gives are of different times");
	return MS_OK;
}

static int check_manifest(struct verify *v, struct bytes raw)
{
	struct source_manifest *s = arena_new(v->s.a, struct source_manifest);
	struct manifest *m = arena_new(v->s.a, struct manifest);

	int rc = decode(v, raw, s, m);
	if (rc < 0)
		return rc;
	v->r->source = s;
	v->r->manifest = m;
	return signing_good(&v->s, "manifest", arena_printf(v->s.a, "sources of %.*s %.*s", (int)m->name.size, (const char *)m->name.at,
							    (int)m->version_text.size, (const char *)m->version_text.at));
}

/* Has a key that is trusted for the sources signed the package, too?  Else it names another's. */
static int check_package(struct verify *v)
{
	const struct source_manifest *s = v->r->source;
	uint32_t mask = 0;

	for (uint32_t i = 0; i < v->r->signer_count; i++)
		for (uint32_t k = 0; k < s->signature_count; k++)
			if (v->s.mask >> i & 1 && !key_verify(&v->r->signers[i].by.key, COSE_KIND_PACKAGE, s->package, (struct bytes){ s->signatures[k], COSE_BLOCK_SIZE }))
				mask |= 1u << i;
	v->s.mask = mask;
	if (!mask)
		return refuse(v, "package", "the package that it gives was not signed by the key that signed the sources");
	for (uint32_t i = 0; i < s->target_count; i++) {
		const uint8_t *kid;

		if (cose_check((struct bytes){ s->image_signature[i], COSE_BLOCK_SIZE }, COSE_KIND_IMAGE, &kid) < 0)
			return refuse(v, "package", "a signature for an executable is none");
	}
	return signing_good(&v->s, "package", "what it must give is signed by the same key");
}

static int check_file(struct verify *v, const struct package_member *m, uint32_t i)
{
	const struct source_manifest *s = v->r->source;
	const struct source_file *row = i < s->file_count ? &s->files[i] : NULL;
	struct source_tree_file *f = arena_new(v->s.a, struct source_tree_file);
	const char *name = arena_string(v->s.a, m->name);
	uint8_t hash[32];

	if (!row || !bytes_equal(row->path, m->name))
		return refuse(v, "members", arena_printf(v->s.a, "'%s' is not what its manifest lists there", name));
	sha256(m->content, hash);
	if (row->size != m->content.size || memcmp(row->sha256, hash, sizeof(hash)))
		return refuse(v, "members", arena_printf(v->s.a, "'%s' was changed: its SHA-256 is not the manifest's", name));
	*f = (struct source_tree_file){ name + sizeof(PACKAGE_SOURCE_FOLDER) - 1, m->content };
	list_push(&v->r->files, v->s.a, f);
	return MS_OK;
}

static int check_files(struct verify *v)
{
	uint32_t count = 0;

	for (; v->has_next; v->has_next = package_next(&v->it, &v->next)) {
		int rc = check_file(v, &v->next, count++);
		if (rc < 0)
			return rc;
	}
	if (v->it.fault)
		return signing_refuse_container(&v->s, &v->it);
	if (count != v->r->source->file_count)
		return refuse(v, "members", "files that its manifest lists are missing");
	return signing_good(&v->s, "members", arena_printf(v->s.a, "%u files, each with the size and SHA-256 of the manifest", (unsigned)count));
}

int source_verify(struct bytes package, const char *path, const struct believer *trust, struct arena *a, struct source_report *out, struct err *e)
{
	struct verify *v = arena_new(a, struct verify);
	struct bytes manifest;

	memset(out, 0, sizeof(*out));
	*v = (struct verify){ .r = out, .s = { .path = path, .kind = COSE_KIND_SOURCE, .refused = ERR_SOURCE_REFUSED, .trust = trust, .a = a, .e = e,
					       .findings = &out->findings, .signers = out->signers, .count = &out->signer_count } };
	package_iter_init(&v->it, package);
	int rc = check_signatures(v, &manifest);
	if (rc == MS_OK)
		rc = check_manifest(v, manifest);
	if (rc == MS_OK)
		rc = signing_vendor(&v->s, out->manifest);
	if (rc == MS_OK)
		rc = check_package(v);
	if (rc == MS_OK)
		rc = check_files(v);
	if (rc == MS_OK)
		out->signer = signing_by(&v->s);
	return rc;
}

const char *source_contradiction(const struct source_report *r, const struct leaf *publish)
{
	uint8_t manifest[32];

	sha256(r->source->package, manifest);
	if (!bytes_equal(identity_vendor(r->manifest), publish->publisher) || !bytes_equal(identity_name(r->manifest), publish->name))
		return "another name";
	if (!bytes_equal(r->manifest->version_text, publish->version))
		return "another version";
	if (memcmp(r->source->sha256, publish->package.at, 32) != 0)
		return "another package";
	return memcmp(manifest, publish->manifest.at, sizeof(manifest)) != 0 ? "another manifest" : NULL;
}
