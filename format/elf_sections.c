/* SPDX-License-Identifier: Apache-2.0 */
/* Section headers, which a file need not have: notes that hide there, and symbols. */
#include "elf_parts.h"

enum { SECTIONS_AT = 32, SECTION_SIZE_AT = 46, SECTION_COUNT_AT = 48 };
enum { NAME_MAX = 4096 };	/* so that a hostile table costs no more than its size suggests */

struct section { uint32_t type, offset, size, link, entry_size; };

struct sections {
	struct bytes headers;
	uint32_t count;
};

static bool find_sections(struct bytes raw, struct sections *out)
{
	uint32_t at = bytes_u32(raw.at + SECTIONS_AT);
	uint16_t entry_size = bytes_u16(raw.at + SECTION_SIZE_AT);

	out->count = bytes_u16(raw.at + SECTION_COUNT_AT);
	if (at == 0 && out->count == 0)
		return true;	/* none: stripped to the bone */

	size_t size = (size_t)out->count * ELF_SECTION_SIZE;
	out->headers = bytes_part(raw, at, size);
	return out->count > 0 && entry_size == ELF_SECTION_SIZE && out->headers.size == size;
}

static struct section read_section(const struct sections *all, uint32_t i)
{
	struct reader r = { .left = bytes_part(all->headers, (size_t)i * ELF_SECTION_SIZE, ELF_SECTION_SIZE) };
	struct section s;

	read_u32(&r);		/* name */
	s.type = read_u32(&r);
	read_bytes(&r, 4 + 4);	/* flags, address */
	s.offset = read_u32(&r);
	s.size = read_u32(&r);
	s.link = read_u32(&r);
	read_bytes(&r, 4 + 4);	/* info, alignment */
	s.entry_size = read_u32(&r);
	return s;
}

static enum elf_rule check_section(const struct elf_file *f, const struct section *s)
{
	if (s->type == SECTION_NULL || s->type == SECTION_NOBITS || s->size == 0)
		return ELF_RULE_OK;
	if (s->offset > f->raw.size || s->size > f->raw.size - s->offset)
		return ELF_RULE_SECTIONS;
	if (s->type == SECTION_NOTE && !range_inside(s->offset, s->size, f->note.offset, f->note.file_size))
		return ELF_RULE_NOTE_OUTSIDE;
	return ELF_RULE_OK;
}

/* Keep a symbol table and its strings; false when it is malformed. */
static bool take_symbols(struct elf_file *f, const struct sections *all, const struct section *table)
{
	struct section strings = read_section(all, table->link);

	if (table->entry_size != ELF_SYMBOL_SIZE || table->size % ELF_SYMBOL_SIZE || strings.type != SECTION_STRINGS)
		return false;

	f->symbols = bytes_part(f->raw, table->offset, table->size);
	f->strings = bytes_part(f->raw, strings.offset, strings.size);
	return true;
}

/* The n-th symbol of the file is of .symtab when there is one, else of .dynsym. */
static enum elf_rule find_symbols(struct elf_file *f, const struct sections *all)
{
	static const uint32_t types[] = { SECTION_SYMTAB, SECTION_DYNSYM };

	for (unsigned k = 0; k < 2; k++) {
		for (uint32_t i = 0; i < all->count; i++) {
			struct section s = read_section(all, i);

			if (s.type == types[k] && s.size > 0)
				return take_symbols(f, all, &s) ? ELF_RULE_OK : ELF_RULE_SECTIONS;
		}
	}
	return ELF_RULE_OK;
}

enum elf_rule elf_check_sections(struct elf_file *f)
{
	struct sections all = { 0 };

	if (!find_sections(f->raw, &all))
		return ELF_RULE_SECTIONS;
	for (uint32_t i = 0; i < all.count; i++) {
		struct section s = read_section(&all, i);
		enum elf_rule rule = check_section(f, &s);

		if (rule != ELF_RULE_OK)
			return rule;
	}
	return find_symbols(f, &all);
}

/* A name that is not ended inside the strings, or is too long, is none. */
static struct bytes name_at(struct bytes strings, uint32_t at)
{
	struct bytes name = bytes_part(strings, at, NAME_MAX);

	for (size_t size = 0; size < name.size; size++) {
		if (name.at[size] == 0)
			return bytes_part(name, 0, size);
	}
	return (struct bytes){ name.at, 0 };
}

bool elf_symbol(const struct elf_file *f, uint32_t i, struct elf_symbol *out)
{
	struct reader r = { .left = bytes_part(f->symbols, (size_t)i * ELF_SYMBOL_SIZE, ELF_SYMBOL_SIZE) };
	struct elf_symbol s;

	uint32_t name = read_u32(&r);
	s.value = read_u32(&r);
	s.size = read_u32(&r);
	s.info = read_u8(&r);
	read_u8(&r);	/* visibility */
	s.section = read_u16(&r);
	if (r.failed)
		return false;

	s.name = name_at(f->strings, name);
	*out = s;
	return true;
}
