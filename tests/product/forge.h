/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packages that `ms` would never make: taken apart, changed, and put together
 * again by somebody who may even hold the developer's key.
 */
#ifndef FORGE_H
#define FORGE_H

#include "package_fixture.h"

#include "archive_parts.h"

struct forge {
	struct bytes manifest;		/* as it is signed; empty: encoded from m */
	struct manifest m;
	struct archive_signature sigs[PACKAGE_SIGNATURE_MAX];
	uint32_t sig_count;
	struct archive_parts parts;
	uint64_t epoch;
	struct arena *a;
};

static inline struct bytes forge_name(const char *name)
{
	return (struct bytes){ (const uint8_t *)name, strlen(name) };
}

/* Take a sound package apart. */
static inline void forge_open(struct forge *f, struct bytes package, struct arena *a)
{
	struct package_iter it;
	struct package_member member;

	*f = (struct forge){ .a = a };
	package_iter_init(&it, package);
	while (package_next(&it, &member)) {
		if (member.kind == PACKAGE_IS_MANIFEST) {
			assert_int_equal(manifest_decode(member.content, &f->m), MS_OK);
		} else if (member.kind == PACKAGE_IS_SIGNATURE) {
			memcpy(f->sigs[f->sig_count].block, member.content.at, COSE_BLOCK_SIZE);
			memcpy(f->sigs[f->sig_count++].kid, member.content.at + 9, COSE_KID_SIZE);
		} else {
			f->parts.content[f->parts.count] = member.content;
			f->parts.row[f->parts.count] = f->m.members[f->parts.count];
			f->parts.count++;
		}
		f->epoch = member.mtime;
	}
	assert_int_equal(it.fault, PACKAGE_OK);
}

/* The part of this name. */
static inline uint32_t forge_part(const struct forge *f, const char *name)
{
	for (uint32_t i = 0; i < f->parts.count; i++)
		if (bytes_equal(f->parts.row[i].path, forge_name(name)))
			return i;
	fail_msg("no '%s'", name);
	return 0;
}

/* Replace a part, and its row in the manifest. */
static inline void forge_replace(struct forge *f, const char *name, struct bytes content)
{
	uint32_t i = forge_part(f, name);
	uint8_t *hash = arena_take(f->a, 32);

	sha256(content, hash);
	f->parts.content[i] = content;
	f->parts.row[i].size = content.size;
	f->parts.row[i].sha256 = hash;
}

/* Sign what the manifest says now, by the key, as the only signature. */
static inline void forge_sign(struct forge *f, const struct key *k)
{
	struct err e = { 0 };

	f->sig_count = 1;
	if (f->manifest.size) {
		memcpy(f->sigs[0].kid, key_public_of(k)->kid, COSE_KID_SIZE);
		assert_int_equal(key_sign(k, COSE_KIND_PACKAGE, f->manifest, f->sigs[0].block, &e), MS_OK);
	} else {
		assert_int_equal(archive_manifest(&f->m, &f->parts, k, f->a, &f->manifest, &f->sigs[0], &e), MS_OK);
	}
}

/* Put it together: what is signed is not touched. */
static inline struct bytes forge_close(struct forge *f)
{
	struct bytes out;
	struct err e = { 0 };

	if (!f->manifest.size) {
		struct writer w = { .at = arena_take(f->a, PACKAGE_MANIFEST_MAX), .size = PACKAGE_MANIFEST_MAX };

		memcpy(f->m.members, f->parts.row, sizeof(f->parts.row[0]) * f->parts.count);
		f->m.member_count = f->parts.count;
		manifest_encode(&f->m, &w);
		f->manifest = writer_bytes(&w);
	}
	if (archive_write(f->manifest, f->sigs, f->sig_count, &f->parts, f->epoch, f->a, &out, &e) < 0)
		fail_msg("%s", e.text);
	return out;
}

/* An ELF file signed by force: also one that nothing of ours would open.  The block is where it is in the sound file. */
static inline struct bytes forge_elf(uint8_t *raw, size_t size, const struct elf_file *sound, const struct key *k, struct arena *a)
{
	struct elf_file f = *sound;
	uint8_t payload[40];
	struct err e = { 0 };

	f.raw = (struct bytes){ raw, size };
	memset(raw + f.signature_offset, 0, COSE_BLOCK_SIZE);
	executable_signed_payload(&f, a, payload);
	assert_int_equal(key_sign(k, COSE_KIND_IMAGE, BYTES_OF(payload), raw + f.signature_offset, &e), MS_OK);
	return f.raw;
}

#endif
