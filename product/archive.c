/* SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive_parts.h"

enum { BUILD_ID_SIZE = 20, SHA256_SIZE = 32 };

int archive_epoch(uint64_t *epoch, struct err *e)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	char *end;

	if (!text || !*text) {
		*epoch = 0;
		return MS_OK;
	}
	errno = 0;
	unsigned long long v = strtoull(text, &end, 10);
	/* What an archive header's eleven octal digits can hold. */
	if (errno || *end || text[0] < '0' || text[0] > '9' || v >= UINT64_C(1) << 33)
		return err_set(e, ERR_SOURCE_DATE, "SOURCE_DATE_EPOCH is '%.40s', not a number of seconds", text);
	*epoch = v;
	return MS_OK;
}

static bool same_requests(const struct manifest *a, const struct manifest *b)
{
	return a->request_count == b->request_count &&
	       !memcmp(a->requests, b->requests, sizeof(a->requests[0]) * a->request_count);
}

static bool same_interfaces(const struct manifest_interface *a, uint32_t a_count, const struct manifest_interface *b, uint32_t b_count)
{
	bool same = a_count == b_count;

	for (uint32_t i = 0; same && i < a_count; i++)
		same = bytes_equal(a[i].name, b[i].name) && a[i].sid == b[i].sid && a[i].version == b[i].version && a[i].flags == b[i].flags &&
		       bytes_equal(a[i].fingerprint, b[i].fingerprint);
	return same;
}

static bool same_mapped(const struct manifest_mapped *a, uint32_t a_count, const struct manifest_mapped *b, uint32_t b_count)
{
	bool same = a_count == b_count;

	for (uint32_t i = 0; same && i < a_count; i++)
		same = bytes_equal(a[i].name, b[i].name) && a[i].number == b[i].number && a[i].flags == b[i].flags;
	return same;
}

/* The first field in which a meta note and a manifest differ, or NULL. */
static const char *differing_field(const struct manifest *note, const struct manifest *m)
{
	if (!bytes_equal(note->name, m->name))
		return "name";
	if (!bytes_equal(note->version_text, m->version_text))
		return "version";
	if (memcmp(note->component, m->component, 16) || memcmp(note->vendor, m->vendor, 16))
		return "UUID";
	if (note->security_counter != m->security_counter)
		return "security counter";
	if (note->abi_major != m->abi_major || note->abi_minor != m->abi_minor)
		return "ABI";
	if (note->stack_size != m->stack_size || note->heap_size != m->heap_size)
		return "memory";
	if (!same_interfaces(note->provides, note->provide_count, m->provides, m->provide_count))
		return "list of what it provides";
	if (!same_interfaces(note->calls, note->call_count, m->calls, m->call_count))
		return "list of what it calls";
	if (!same_mapped(note->devices, note->device_count, m->devices, m->device_count))
		return "list of devices";
	if (!same_mapped(note->shared, note->shared_count, m->shared, m->shared_count))
		return "list of shared memory";
	if (note->fixed != m->fixed)
		return "mode (\"pie\")";
	return same_requests(note, m) ? NULL : "list of requests";
}

int archive_elf_facts(const struct elf_file *f, const char *path, const struct manifest *m, uint8_t target,
		      struct arena *a, struct archive_elf_facts *out, struct err *e)
{
	struct manifest note;
	struct bytes image;

	int rc = executable_notes_agree(f, path, a, e);
	if (rc < 0)
		return rc;
	rc = executable_meta(f, path, &note, e);
	if (rc < 0)
		return rc;
	if (note.targets[0] != target)
		return err_set(e, ERR_NOTES, "'%s' says that it is for %s", path, target_name(note.targets[0]));
	const char *field = differing_field(&note, m);
	if (field)
		return err_set(e, ERR_NOTES, "'%s' has another %s than the manifest", path, field);
	rc = executable_image(f->raw, path, a, &image, NULL, e);
	if (rc < 0)
		return rc;

	memcpy(out->build_id, f->build_id.at, BUILD_ID_SIZE);
	sha256(image, out->image_sha256);
	return MS_OK;
}

/* Insert a member at its place in the order of bytes. */
static int add_part(struct archive_parts *p, const char *name, struct bytes content, const char *media, struct arena *a, struct err *e)
{
	struct bytes path = { (const uint8_t *)name, strlen(name) };
	enum package_kind kind;
	uint8_t *hash = arena_take(a, SHA256_SIZE);
	uint32_t at = p->count;

	if (!package_name_kind(path, &kind)) {
		err_set(e, ERR_PACKAGE_MEMBER, "a package cannot hold a file named '%s'", name);
		return err_fix(e, "use letters, digits, '.', '_' and '-', at most %d characters with the folder", PACKAGE_NAME_MAX);
	}
	if (p->count == MANIFEST_MEMBER_MAX)
		return err_set(e, ERR_PACKAGE_MEMBER, "a package holds at most %d files", MANIFEST_MEMBER_MAX);
	while (at > 0 && strcmp(name, (const char *)p->row[at - 1].path.at) < 0)
		at--;
	if (at > 0 && bytes_equal(path, p->row[at - 1].path))
		return err_set(e, ERR_PACKAGE_MEMBER, "two files of the package have the name '%s'", name);

	memmove(&p->row[at + 1], &p->row[at], sizeof(p->row[0]) * (p->count - at));
	memmove(&p->content[at + 1], &p->content[at], sizeof(p->content[0]) * (p->count - at));
	sha256(content, hash);
	p->row[at] = (struct manifest_member){ path, content.size, hash, { (const uint8_t *)media, strlen(media) } };
	p->content[at] = content;
	p->count++;
	return MS_OK;
}

static int add_files(struct archive_parts *p, const char *folder, const struct archive_file *files, uint32_t count,
		     const char *media, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < count; i++) {
		int rc = add_part(p, arena_printf(a, "%s/%s", folder, files[i].name), files[i].content, media, a, e);
		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

/* One ELF file, checked against the manifest it is to be listed in. */
static int add_elf(struct archive_parts *p, struct manifest *m, uint32_t i, struct bytes raw, const struct key *k,
		   struct arena *a, struct err *e)
{
	const char *name = arena_printf(a, "elf/%s.elf", target_name(m->targets[i]));
	struct archive_elf_facts *facts = arena_new(a, struct archive_elf_facts);
	struct elf_file f;

	int rc = executable_open(raw, name, &f, e);
	if (rc < 0)
		return rc;
	if (executable_verify(&f, key_public_of(k), a) < 0)
		return err_set(e, ERR_SIGNED_BY_OTHER, "'%s' is not signed by the key that is to sign the package", name);
	rc = archive_elf_facts(&f, name, m, m->targets[i], a, facts, e);
	if (rc < 0)
		return rc;

	m->build_id[i] = facts->build_id;
	m->image_sha256[i] = facts->image_sha256;
	return add_part(p, name, raw, "application/x-elf", a, e);
}

static int gather(const struct archive_input *in, const struct key *k, struct manifest *m, struct archive_parts *p,
		  struct arena *a, struct err *e)
{
	int rc = add_files(p, "META/licenses", in->licenses, in->license_count, "text/plain", a, e);
	if (rc == MS_OK)
		rc = add_part(p, PACKAGE_SBOM, in->sbom, "application/vnd.cyclonedx+json", a, e);
	if (rc == MS_OK)
		rc = add_files(p, "include", in->headers, in->header_count, "text/x-c", a, e);
	if (rc == MS_OK)
		rc = add_files(p, "overlays", in->overlays, in->overlay_count, "application/x-dtb", a, e);
	for (uint32_t i = 0; rc == MS_OK && i < m->target_count; i++)
		rc = add_elf(p, m, i, in->elf[i], k, a, e);
	return rc;
}

static size_t member_size(size_t content)
{
	return PACKAGE_BLOCK + (content + PACKAGE_BLOCK - 1) / PACKAGE_BLOCK * PACKAGE_BLOCK;
}

static struct bytes name_of(const char *name)
{
	return (struct bytes){ (const uint8_t *)name, strlen(name) };
}

int archive_write(struct bytes manifest, const struct archive_signature *sigs, uint32_t sig_count,
		  const struct archive_parts *p, uint64_t epoch, struct arena *a, struct bytes *out, struct err *e)
{
	size_t size = member_size(manifest.size) + sig_count * member_size(COSE_BLOCK_SIZE) + 2 * PACKAGE_BLOCK;

	for (uint32_t i = 0; i < p->count; i++)
		size += member_size(p->content[i].size);
	if (size > PACKAGE_SIZE_MAX)
		return err_set(e, ERR_PACKAGE_SIZE, "the package would have %zu bytes, more than %d", size, PACKAGE_SIZE_MAX);

	struct writer w = { .at = arena_take(a, size), .size = size };
	package_put(&w, name_of(PACKAGE_MANIFEST), manifest, epoch);
	for (uint32_t i = 0; i < sig_count; i++)
		package_put(&w, name_of(arena_printf(a, "META/sig/%s.cose", key_kid_text(sigs[i].kid, a))),
			    BYTES_OF(sigs[i].block), epoch);
	for (uint32_t i = 0; i < p->count; i++)
		package_put(&w, p->row[i].path, p->content[i], epoch);
	package_end(&w);
	if (w.failed)
		return err_set(e, ERR_PACKAGE_MEMBER, "the package cannot be written: a member breaks a rule of its format");

	*out = writer_bytes(&w);
	return MS_OK;
}

int archive_manifest(struct manifest *m, const struct archive_parts *p, const struct key *k, struct arena *a,
		     struct bytes *manifest, struct archive_signature *own, struct err *e)
{
	struct writer w = { .at = arena_take(a, PACKAGE_MANIFEST_MAX), .size = PACKAGE_MANIFEST_MAX };

	memcpy(m->members, p->row, sizeof(p->row[0]) * p->count);
	m->member_count = p->count;
	manifest_encode(m, &w);
	if (w.failed)
		return err_set(e, ERR_PACKAGE_MEMBER, "the manifest of the package is larger than %d bytes", PACKAGE_MANIFEST_MAX);

	*manifest = writer_bytes(&w);
	memcpy(own->kid, key_public_of(k)->kid, COSE_KID_SIZE);
	return key_sign(k, COSE_KIND_PACKAGE, *manifest, own->block, e);
}

static int read_back(struct bytes package, const char *path, const struct key *k, struct arena *a, struct err *e)
{
	struct key_public own = *key_public_of(k);
	struct believer trust = believe_one(&own);
	struct archive_report *report = arena_new(a, struct archive_report);

	return archive_verify(package, path, &trust, a, report, e);
}

int archive_build(const struct archive_input *in, const struct key *k, struct arena *a, struct bytes *package, struct err *e)
{
	struct manifest *m = arena_new(a, struct manifest);
	struct archive_parts *p = arena_new(a, struct archive_parts);
	struct archive_signature own;
	struct bytes manifest, out;

	*m = *in->service;
	int rc = gather(in, k, m, p, a, e);
	if (rc < 0)
		return rc;
	rc = archive_manifest(m, p, k, a, &manifest, &own, e);
	if (rc < 0)
		return rc;
	rc = archive_write(manifest, &own, 1, p, m->source_epoch, a, &out, e);
	if (rc < 0)
		return rc;
	rc = read_back(out, "the new package", k, a, e);
	if (rc < 0)
		return rc;

	*package = out;
	return MS_OK;
}
