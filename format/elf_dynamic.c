/* SPDX-License-Identifier: Apache-2.0 */
/* The dynamic section: where the relocations are, and that they are of the one kind. */
#include "elf_parts.h"

enum {
	TAG_NULL = 0, TAG_NEEDED = 1, TAG_PLT_SIZE = 2, TAG_RELA = 7, TAG_REL = 17, TAG_REL_SIZE = 18, TAG_REL_ENTRY = 19,
	TAG_TEXT = 22, TAG_FLAGS = 30, TAG_RELR = 36,
	FLAG_TEXT = 4,
};

struct dynamic {
	bool text, other;			/* relocations in text; of other tables */
	uint32_t at, size, entry;
	uint32_t seen;				/* a bit for each of the three tags before */
};

/* Each of these tags may be there once. */
static bool take(struct dynamic *d, uint32_t *field, uint32_t tag, uint32_t value)
{
	uint32_t bit = UINT32_C(1) << (tag - TAG_REL);

	if (d->seen & bit)
		return false;
	d->seen |= bit;
	*field = value;
	return true;
}

static bool read_tag(struct dynamic *d, uint32_t tag, uint32_t value)
{
	switch (tag) {
	case TAG_NEEDED:
		return false;
	case TAG_REL:
		return take(d, &d->at, tag, value);
	case TAG_REL_SIZE:
		return take(d, &d->size, tag, value);
	case TAG_REL_ENTRY:
		return take(d, &d->entry, tag, value);
	case TAG_TEXT:
		d->text = true;
		return true;
	case TAG_FLAGS:
		d->text |= (value & FLAG_TEXT) != 0;
		return true;
	case TAG_PLT_SIZE:
		d->other |= value != 0;
		return true;
	case TAG_RELA:
	case TAG_RELR:
		d->other = true;
		return true;
	default:
		return true;
	}
}

/* All tags up to the NULL, which must be there. */
static bool read_tags(struct bytes section, struct dynamic *d)
{
	struct reader r = { .left = section };

	while (!r.failed) {
		uint32_t tag = read_u32(&r);
		uint32_t value = read_u32(&r);

		if (r.failed)
			break;
		if (tag == TAG_NULL)
			return true;
		if (!read_tag(d, tag, value))
			return false;
	}
	return false;
}

static bool find_relocations(struct elf_file *f, const struct dynamic *d)
{
	const struct elf_segment *t = &f->tools;

	if (d->seen == 0)
		return true;	/* there are none */
	if (d->entry != ELF_RELOCATION_SIZE || d->size % ELF_RELOCATION_SIZE || !range_inside(d->at, d->size, t->address, t->file_size))
		return false;

	f->relocations = bytes_part(f->raw, (size_t)t->offset + (d->at - t->address), d->size);
	return true;
}

struct relocation { uint32_t address, info; };

static bool relocation(const struct elf_file *f, uint32_t i, struct relocation *out)
{
	struct reader r = { .left = bytes_part(f->relocations, (size_t)i * ELF_RELOCATION_SIZE, ELF_RELOCATION_SIZE) };

	out->address = read_u32(&r);
	out->info = read_u32(&r);
	return !r.failed;
}

static enum elf_rule check_relocations(const struct elf_file *f)
{
	struct relocation rel;

	for (uint32_t i = 0; relocation(f, i, &rel); i++) {
		if (range_inside(rel.address, 1, f->text.address, f->text.memory_size))
			return ELF_RULE_TEXT_RELOCATION;
	}
	for (uint32_t i = 0; relocation(f, i, &rel); i++) {
		if (rel.info != RELOCATION_RELATIVE || rel.address % 4 != 0 ||
		    !range_inside(rel.address, 4, f->data.address, f->data.file_size))
			return ELF_RULE_RELOCATION;
	}
	return ELF_RULE_OK;
}

enum elf_rule elf_check_dynamic(struct elf_file *f)
{
	struct dynamic d = { 0 };

	if (!read_tags(segment_bytes(f, &f->dynamic), &d) || !find_relocations(f, &d))
		return ELF_RULE_DYNAMIC;
	if (d.text)
		return ELF_RULE_TEXT_RELOCATION;

	enum elf_rule rule = check_relocations(f);
	return rule == ELF_RULE_OK && d.other ? ELF_RULE_RELOCATION : rule;
}

bool elf_relocation(const struct elf_file *f, uint32_t i, uint32_t *address, uint8_t *type)
{
	struct relocation rel;

	if (!relocation(f, i, &rel))
		return false;

	*address = rel.address;
	*type = (uint8_t)rel.info;
	return true;
}
