/* SPDX-License-Identifier: Apache-2.0 */
#include "elf_section.h"

#include <string.h>

#include "reader.h"

enum { TABLE_AT = 32, COUNTS_AT = 46, HEADER_SIZE = 40, SYMBOL_SIZE = 16, FIXUP_SIZE = 8 };

static struct bytes name_at(struct bytes strings, uint32_t at)
{
	struct bytes rest = bytes_part(strings, at, strings.size);

	return bytes_part(rest, 0, rest.size ? strnlen((const char *)rest.at, rest.size) : 0);
}

/* A section, and where its name is among the names. */
static bool read_header(struct bytes raw, uint32_t i, struct elf_section *out, uint32_t *name, uint16_t *names)
{
	struct reader at = { .left = bytes_part(raw, TABLE_AT, 4) }, counts = { .left = bytes_part(raw, COUNTS_AT, 6) };
	uint32_t table = read_u32(&at);
	uint16_t size = read_u16(&counts), count = read_u16(&counts);

	*names = read_u16(&counts);
	if (at.failed || counts.failed || size != HEADER_SIZE || i >= count)
		return false;
	struct reader r = { .left = bytes_part(raw, (size_t)table + (size_t)i * HEADER_SIZE, HEADER_SIZE) };

	*name = read_u32(&r);
	*out = (struct elf_section){ .type = read_u32(&r) };
	out->flags = read_u32(&r);
	out->address = read_u32(&r);
	out->offset = read_u32(&r);
	out->size = read_u32(&r);
	out->link = read_u32(&r);
	out->info = read_u32(&r);
	out->align = read_u32(&r);
	if (r.failed)
		return false;
	if (out->type != ELF_SECTION_EMPTY && (out->offset > raw.size || out->size > raw.size - out->offset))
		return false;
	out->content = bytes_part(raw, out->offset, out->type == ELF_SECTION_EMPTY ? 0 : out->size);
	return true;
}

bool elf_section_at(struct bytes raw, uint32_t i, struct elf_section *out)
{
	struct elf_section s, strings;
	uint32_t name, ignored;
	uint16_t names, again;

	if (!read_header(raw, i, &s, &name, &names))
		return false;
	if (read_header(raw, names, &strings, &ignored, &again))
		s.name = name_at(strings.content, name);
	*out = s;
	return true;
}

bool elf_section_of_type(struct bytes raw, uint32_t type, struct elf_section *out)
{
	for (uint32_t i = 0; elf_section_at(raw, i, out); i++)
		if (out->type == type)
			return true;
	return false;
}

bool elf_section_unrun(const struct elf_section *s)
{
	static const char *const unrun[] = { ".ctors", ".dtors", ".init", ".fini" };

	for (size_t i = 0; s->size && i < sizeof(unrun) / sizeof(*unrun); i++) {
		struct bytes name = { (const uint8_t *)unrun[i], strlen(unrun[i]) };

		if (bytes_equal(s->name, name) || (bytes_equal(bytes_part(s->name, 0, name.size), name) && s->name.at[name.size] == '.'))
			return true;
	}
	return false;
}

bool elf_section_symbol(struct bytes raw, const struct elf_section *table, uint32_t i, struct elf_symbol *out)
{
	struct reader r = { .left = bytes_part(table->content, (size_t)i * SYMBOL_SIZE, SYMBOL_SIZE) };
	struct elf_section s;

	uint32_t name = read_u32(&r);
	*out = (struct elf_symbol){ .value = read_u32(&r) };
	out->size = read_u32(&r);
	out->info = read_u8(&r);
	read_u8(&r);
	out->section = read_u16(&r);
	if (r.failed)
		return false;
	if ((out->info & 15) == ELF_SYMBOL_SECTION && elf_section_at(raw, out->section, &s))
		out->name = s.name;
	else if (elf_section_at(raw, table->link, &s))
		out->name = name_at(s.content, name);
	return true;
}

bool elf_section_fixup(const struct elf_section *table, uint32_t i, struct elf_fixup *out)
{
	struct reader r = { .left = bytes_part(table->content, (size_t)i * FIXUP_SIZE, FIXUP_SIZE) };

	out->offset = read_u32(&r);
	uint32_t info = read_u32(&r);
	out->type = (uint8_t)info;
	out->symbol = info >> 8;
	return !r.failed;
}
