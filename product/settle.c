/* SPDX-License-Identifier: Apache-2.0 */
#include "settle.h"

#include <string.h>

#include "elf_section.h"

enum {
	FROM_PLACE = 3, GOT_FROM_PLACE = 96,	/* R_ARM_REL32, R_ARM_GOT_PREL */
	FROM_BASE = 24, GOT_FROM_BASE = 26,	/* R_ARM_GOTOFF32, R_ARM_GOT_BREL */
	ADD_PC = 0x4478, ADD_R9 = 0x4448, ADD_MASK = 0xff78,
	FIXUP_SIZE = 8, FIXUP_TYPE_AT = 4,
};

/* One section of code with the relocations that its constants have. */
struct settling {
	uint8_t *raw;
	struct bytes file;
	struct elf_section code, table, symbols;
	const char *path;
	struct err *e;
};

static void put_u16(uint8_t *at, uint16_t v)
{
	at[0] = (uint8_t)v;
	at[1] = (uint8_t)(v >> 8);
}

static int refuse(const struct settling *s, const struct elf_symbol *to)
{
	err_set(s->e, ERR_ELF_RULE, "'%s' reaches '%.*s' in a way that cannot be made one by r9, in section '%.*s'", s->path, (int)to->name.size,
		(const char *)to->name.at, (int)s->code.name.size, (const char *)s->code.name.at);
	return err_fix(s->e, "assembly takes addresses from the GOT at r9; a source in C is compiled by gcc without 'cc: clang'");
}

/* What the constant becomes the distance to from the data base, or 0 when it stays as it is. */
static uint8_t settled_type(const struct settling *s, uint8_t type, const struct elf_symbol *to)
{
	struct elf_section of;

	if (type == GOT_FROM_PLACE)
		return GOT_FROM_BASE;
	if (type != FROM_PLACE || !to->section || to->section >= ELF_SYMBOL_NAMELESS || !elf_section_at(s->file, to->section, &of))
		return 0;
	return of.flags & ELF_SECTION_WRITE ? FROM_BASE : 0;
}

/* Constant number i and the add that goes with it. */
static int settle_constant(const struct settling *s, uint32_t i, const struct elf_fixup *f, const struct elf_symbol *to, uint8_t type)
{
	struct bytes word = bytes_part(s->code.content, f->offset, 4);

	if (word.size < 4)
		return refuse(s, to);
	uint32_t add = f->offset - bytes_u32(word.at) - 4;
	struct bytes instruction = bytes_part(s->code.content, add, 2);

	if (add % 2 || instruction.size < 2)
		return refuse(s, to);
	uint16_t was = bytes_u16(instruction.at);

	/* A constant that lies twice, as the first was out of reach, has the one add. */
	if ((was & ADD_MASK) != ADD_PC && (was & ADD_MASK) != ADD_R9)
		return refuse(s, to);
	put_u16(s->raw + s->code.offset + add, (uint16_t)((was & ~ADD_MASK) | ADD_R9));
	memset(s->raw + s->code.offset + f->offset, 0, 4);
	s->raw[s->table.offset + i * FIXUP_SIZE + FIXUP_TYPE_AT] = type;
	return MS_OK;
}

static int settle_section(const struct settling *s)
{
	struct elf_symbol to;
	struct elf_fixup f;

	for (uint32_t i = 0; elf_section_fixup(&s->table, i, &f); i++) {
		uint8_t type = elf_section_symbol(s->file, &s->symbols, f.symbol, &to) ? settled_type(s, f.type, &to) : 0;
		int rc = type ? settle_constant(s, i, &f, &to, type) : MS_OK;

		if (rc < 0)
			return rc;
	}
	return MS_OK;
}

int settle_object(uint8_t *raw, size_t size, const char *path, struct err *e)
{
	struct settling s = { .raw = raw, .file = { raw, size }, .path = path, .e = e };
	int rc = MS_OK;

	for (uint32_t i = 0; rc == MS_OK && elf_section_at(s.file, i, &s.table); i++)
		if (s.table.type == ELF_SECTION_RELOCATIONS && elf_section_at(s.file, s.table.info, &s.code) &&
		    s.code.flags & ELF_SECTION_EXECUTE && elf_section_at(s.file, s.table.link, &s.symbols))
			rc = settle_section(&s);
	return rc;
}
