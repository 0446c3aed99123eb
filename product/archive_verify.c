/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Believing a package: nothing is parsed before a trusted key has signed it,
 * and what the manifest says is compared with everything else that says it.
 */
#include "archive.h"

#include <stdio.h>
#include <string.h>

#include "archive_parts.h"
#include "archive_signing.h"
#include "executable.h"
#include "identity.h"
#include "sbom.h"

struct verify {
	const char *path;
	const struct believer *trust;
	struct arena *a;
	struct err *e;
	struct archive_report *r;
	struct archive_signing s;
	struct package_iter it;
	struct package_member next;	/* what follows the signatures */
	bool has_next;
};

static int good(const struct verify *v, const char *what, const char *text)
{
	return signing_good(&v->s, what, text);
}

static int refuse(const struct verify *v, const char *what, int code, const char *text)
{
	return signing_refuse(&v->s, what, code, text);
}

/* Member 1 whole, then the signatures; v->next is what follows them. */
static int check_signatures(struct verify *v, struct bytes *manifest)
{
	struct package_member m;

	if (!package_next(&v->it, &m))
		return signing_refuse_container(&v->s, &v->it);
	if (v->it.is_source) {
		err_set(v->e, ERR_IS_SOURCE, "'%s' is a source package, and a package of executables is needed", v->path);
		return err_fix(v->e, "'ms product add' builds it, 'ms verify --rebuild' compares a package with it");
	}
	*manifest = m.content;
	sha256(m.content, v->r->manifest_sha256);

	return signing_members(&v->s, &v->it, *manifest, &v->next, &v->has_next);
}

static int check_manifest(struct verify *v, struct bytes raw)
{
	struct manifest *m = arena_new(v->a, struct manifest);

	int rc = manifest_decode(raw, m);
	if (rc == -MS_EINCOMPATIBLE)
		return refuse(v, "manifest", rc, "it is of another package format or ABI than this version of ms knows");
	if (rc < 0)
		return refuse(v, "manifest", rc, "its manifest is not what docs/formats.md says");
	if (!identity_consistent(m, v->a))
		return refuse(v, "manifest", -MS_EFORMAT, "its manifest contradicts itself in name, version or UUIDs");
	if (m->source_epoch != v->it.epoch)
		return refuse(v, "manifest", -MS_EFORMAT, "its manifest and its archive are of different times");

	v->r->manifest = m;
	return good(v, "manifest", arena_printf(v->a, "%.*s %.*s", (int)m->name.size, (const char *)m->name.at,
						(int)m->version_text.size, (const char *)m->version_text.at));
}

/* One member against its row of the manifest; both are in the same order. */
static int check_member(struct verify *v, const struct package_member *m, uint32_t i)
{
	const struct manifest *manifest = v->r->manifest;
	const struct manifest_member *row = i < manifest->member_count ? &manifest->members[i] : NULL;
	const char *name = arena_string(v->a, m->name);
	uint8_t hash[32];

	if (!row || !bytes_equal(row->path, m->name))
		return refuse(v, "members", -MS_ESIGNATURE, arena_printf(v->a, "'%s' is not what its manifest lists there", name));
	sha256(m->content, hash);
	if (row->size != m->content.size || memcmp(row->sha256, hash, sizeof(hash)))
		return refuse(v, "members", -MS_ESIGNATURE, arena_printf(v->a, "'%s' was changed: its SHA-256 is not the manifest's", name));
	return MS_OK;
}

/* Keep an ELF file as its target's. */
static int keep_elf(struct verify *v, const struct package_member *m)
{
	size_t folder = sizeof("elf/") - 1, end = sizeof(".elf") - 1;
	uint8_t target = target_number(bytes_part(m->name, folder, m->name.size - folder - end));
	const struct manifest *manifest = v->r->manifest;

	for (uint32_t i = 0; i < manifest->target_count; i++) {
		if (manifest->targets[i] == target) {
			v->r->elf[i] = m->content;
			return MS_OK;
		}
	}
	return refuse(v, "members", -MS_ESIGNATURE, arena_printf(v->a, "'%.*s' is for a target that its manifest does not name",
								  (int)m->name.size, (const char *)m->name.at));
}

/* What is read of it is what a product merges: nothing is left to be found wrong later but whether it fits to a board. */
static int keep_overlay(struct verify *v, const struct package_member *m)
{
	const char *name = arena_printf(v->a, "%s: %.*s", v->path, (int)m->name.size, (const char *)m->name.at);
	struct err why = { 0 };

	if (v->r->overlay_count == ARCHIVE_OVERLAY_MAX)
		return refuse(v, "members", -MS_ESIGNATURE, arena_printf(v->a, "it has more than %d overlays", ARCHIVE_OVERLAY_MAX));
	if (overlay_read(m->content, name, v->a, &v->r->overlays[v->r->overlay_count++], &why) < 0)
		return refuse(v, "members", -MS_ESIGNATURE, arena_printf(v->a, "%s", why.text));
	return MS_OK;
}

static int check_members(struct verify *v, struct bytes *sbom)
{
	uint32_t count = 0;

	for (; v->has_next; v->has_next = package_next(&v->it, &v->next)) {
		int rc = check_member(v, &v->next, count++);
		if (rc == MS_OK && v->next.kind == PACKAGE_IS_ELF)
			rc = keep_elf(v, &v->next);
		if (rc == MS_OK && v->next.kind == PACKAGE_IS_OVERLAY)
			rc = keep_overlay(v, &v->next);
		if (rc < 0)
			return rc;
		if (v->next.kind == PACKAGE_IS_SBOM)
			*sbom = v->next.content;
	}
	if (v->it.fault)
		return signing_refuse_container(&v->s, &v->it);
	if (count != v->r->manifest->member_count)
		return refuse(v, "members", -MS_ESIGNATURE, "members that its manifest lists are missing");
	return good(v, "members", arena_printf(v->a, "%u, each with the size and SHA-256 of the manifest", (unsigned)count));
}

/* The ELF file must be signed by a key that signed the manifest, the same one for all files. */
static int check_elf_signature(struct verify *v, const struct elf_file *f, const char *what)
{
	uint32_t mask = 0;

	for (uint32_t i = 0; i < v->r->signer_count; i++)
		if (v->s.mask >> i & 1 && executable_verify(f, &v->r->signers[i].by.key, v->a) == MS_OK)
			mask |= 1u << i;
	v->s.mask &= mask;
	if (!v->s.mask)
		return refuse(v, what, -MS_ESIGNATURE, arena_printf(v->a, "'%s' is not signed by the key that signed the package", what));
	return MS_OK;
}

static int check_elf(struct verify *v, uint32_t i)
{
	const struct manifest *m = v->r->manifest;
	const char *what = arena_printf(v->a, "elf/%s.elf", target_name(m->targets[i]));
	struct err why = { 0 };
	struct archive_elf_facts facts;
	struct elf_file f;

	if (!v->r->elf[i].size)
		return refuse(v, what, -MS_ESIGNATURE, arena_printf(v->a, "'%s' is missing", what));
	int rc = executable_open(v->r->elf[i], what, &f, &why);
	if (rc < 0)
		return refuse(v, what, rc, arena_printf(v->a, "%s", why.text));
	rc = check_elf_signature(v, &f, what);
	if (rc < 0)
		return rc;
	rc = archive_elf_facts(&f, what, m, m->targets[i], v->a, &facts, &why);
	if (rc < 0)
		return refuse(v, what, rc, arena_printf(v->a, "%s", why.text));
	if (memcmp(facts.build_id, m->build_id[i], sizeof(facts.build_id)))
		return refuse(v, what, -MS_EFORMAT, arena_printf(v->a, "'%s' has another build-id than the manifest says", what));
	if (memcmp(facts.image_sha256, m->image_sha256[i], sizeof(facts.image_sha256)))
		return refuse(v, what, -MS_EFORMAT, arena_printf(v->a, "the image of '%s' has another SHA-256 than the manifest says", what));
	return good(v, what, "signed by the same key; notes, build-id and image are the manifest's");
}

static int check_sbom(const struct verify *v, struct bytes sbom)
{
	const struct manifest *m = v->r->manifest;
	struct sbom_root root;
	struct err why = { 0 };

	int rc = sbom_check(sbom, PACKAGE_SBOM, v->a, &root, &why);
	if (rc < 0)
		return refuse(v, PACKAGE_SBOM, rc, arena_printf(v->a, "%s", why.text));
	if (!bytes_equal(root.group, identity_vendor(m)) || !bytes_equal(root.name, identity_name(m)) ||
	    !bytes_equal(root.version, m->version_text))
		return refuse(v, PACKAGE_SBOM, -MS_EFORMAT, "its bill of materials is of something else than its manifest");
	if (root.license.size && !bytes_equal(root.license, m->license))
		return refuse(v, PACKAGE_SBOM, -MS_EFORMAT, "its bill of materials names another licence than its manifest");
	return good(v, PACKAGE_SBOM, "CycloneDX 1.6, of this service and version");
}

static int verify_all(struct verify *v)
{
	struct bytes manifest, sbom = { 0 };

	int rc = check_signatures(v, &manifest);
	if (rc == MS_OK)
		rc = check_manifest(v, manifest);
	if (rc == MS_OK)
		rc = signing_vendor(&v->s, v->r->manifest);
	if (rc == MS_OK)
		rc = check_members(v, &sbom);
	for (uint32_t i = 0; rc == MS_OK && i < v->r->manifest->target_count; i++)
		rc = check_elf(v, i);
	if (rc == MS_OK)
		rc = check_sbom(v, sbom);
	if (rc == MS_OK)
		v->r->sbom = sbom;
	return rc;
}

int archive_verify(struct bytes package, const char *path, const struct believer *trust, struct arena *a,
		   struct archive_report *out, struct err *e)
{
	struct verify v = { .path = path, .trust = trust, .a = a, .e = e, .r = out };

	memset(out, 0, sizeof(*out));
	v.s = (struct archive_signing){ .path = path, .kind = COSE_KIND_PACKAGE, .refused = -MS_ESIGNATURE, .trust = trust, .a = a, .e = e,
					.findings = &out->findings, .signers = out->signers, .count = &out->signer_count };
	package_iter_init(&v.it, package);
	int rc = verify_all(&v);
	if (rc == MS_OK)
		out->signer = signing_by(&v.s);
	return rc;
}
