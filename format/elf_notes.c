/* SPDX-License-Identifier: Apache-2.0 */
/* Notes are found by PT_NOTE, owner and type, never by a section's name: sections can be renamed. */
#include "elf_parts.h"

#include "cose.h"
#include "manifest.h"

enum {
	GNU_BUILD_ID = 3, BUILD_ID_SIZE = 20,
	CRITICAL_END = 0x4d538000,	/* types of owner MS from here on may be ignored */
	JSON_NULS_MAX = 4,
};
#define FDO_PACKAGE UINT32_C(0xcafe1a7e)

struct note { struct bytes owner, payload; uint32_t type; };

/* A field of a note and the zeros that fill it up to 4. */
static struct bytes read_padded(struct reader *r, uint32_t size)
{
	struct bytes field = read_bytes(r, size);

	if (!bytes_all(read_bytes(r, (0u - size) & 3), 0))
		read_fail(r);
	return field;
}

static bool read_note(struct reader *r, struct note *out)
{
	uint32_t owner_size = read_u32(r);
	uint32_t payload_size = read_u32(r);
	out->type = read_u32(r);
	out->owner = read_padded(r, owner_size);
	out->payload = read_padded(r, payload_size);

	if (r->failed || out->owner.size == 0 || out->owner.at[out->owner.size - 1] != 0)
		return false;
	out->owner.size--;
	return true;
}

/* Where a note that we know is kept; NULL for any other. */
static struct bytes *place_of(struct elf_file *f, struct bytes *signature, const struct note *n)
{
	if (bytes_equal(n->owner, BYTES_LITERAL("GNU")))
		return n->type == GNU_BUILD_ID ? &f->build_id : NULL;
	if (bytes_equal(n->owner, BYTES_LITERAL("FDO")))
		return n->type == FDO_PACKAGE ? &f->package_json : NULL;
	if (bytes_equal(n->owner, BYTES_LITERAL("MS")))
		return n->type == ELF_NOTE_META ? &f->meta : n->type == ELF_NOTE_SIGNATURE ? signature : NULL;
	return NULL;
}

static enum elf_rule keep(struct elf_file *f, struct bytes *signature, const struct note *n)
{
	struct bytes *place = place_of(f, signature, n);

	if (!place)
		return bytes_equal(n->owner, BYTES_LITERAL("MS")) && n->type < CRITICAL_END ? ELF_RULE_NOTE_UNKNOWN : ELF_RULE_OK;
	if (place->size > 0)
		return ELF_RULE_NOTE_DUPLICATE;
	if (n->payload.size == 0)
		return ELF_RULE_NOTE_FORMAT;

	*place = n->payload;
	return ELF_RULE_OK;
}

/* Text up to its NUL, behind which only zeros fill it up (linkers count them in). */
static bool cut_at_nul(struct bytes *text)
{
	size_t size = 0;

	while (size < text->size && text->at[size])
		size++;
	struct bytes rest = bytes_part(*text, size, text->size);
	if (size == 0 || rest.size < 1 || rest.size > JSON_NULS_MAX || !bytes_all(rest, 0))
		return false;

	text->size = size;
	return true;
}

enum elf_rule elf_read_notes(struct elf_file *f)
{
	struct reader r = { .left = segment_bytes(f, &f->note) };
	struct bytes signature = { 0 };

	while (r.left.size > 0) {
		struct note n;

		if (!read_note(&r, &n))
			return ELF_RULE_NOTE_FORMAT;
		enum elf_rule rule = keep(f, &signature, &n);
		if (rule != ELF_RULE_OK)
			return rule;
	}
	if (!f->build_id.size || !f->package_json.size || !f->meta.size || !signature.size)
		return ELF_RULE_NOTE_MISSING;
	if (f->build_id.size != BUILD_ID_SIZE || f->meta.size > MANIFEST_META_MAX ||
	    signature.size != COSE_BLOCK_SIZE || !cut_at_nul(&f->package_json))
		return ELF_RULE_NOTE_FORMAT;

	f->signature_offset = (uint32_t)(signature.at - f->raw.at);
	return ELF_RULE_OK;
}
