/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sections, symbols and relocations of any ELF file for Arm, linked or not:
 * what format/elf.h, which reads services' executables only, leaves out.
 * Bounds-checked; everything borrows from the file.
 */
#ifndef ELF_SECTION_H
#define ELF_SECTION_H

#include "elf.h"

enum {
	ELF_SECTION_CODE = 1, ELF_SECTION_SYMBOLS = 2, ELF_SECTION_EMPTY = 8, ELF_SECTION_RELOCATIONS = 9, ELF_SECTION_ATTRIBUTES = 0x70000003,
	ELF_SECTION_WRITE = 1, ELF_SECTION_ALLOC = 2, ELF_SECTION_EXECUTE = 4,
	ELF_SYMBOL_SECTION = 3, ELF_SYMBOL_NAMELESS = 0xff00,	/* from there on a symbol's section is no section */
};

struct elf_section {
	struct bytes name, content;	/* content is empty where the file has none */
	uint32_t type, flags, address, offset, size, link, info, align;
};

/* Section i; false past the end and where the headers make no sense. */
bool elf_section_at(struct bytes raw, uint32_t i, struct elf_section *out);

/* The first section of a type. */
bool elf_section_of_type(struct bytes raw, uint32_t type, struct elf_section *out);

/* Constructors or destructors where only others' start-up code looks for them: .ctors, .dtors, .init, .fini. */
bool elf_section_unrun(const struct elf_section *s);

/* Symbol i of a table; one of a section has that section's name. */
bool elf_section_symbol(struct bytes raw, const struct elf_section *table, uint32_t i, struct elf_symbol *out);

/* Relocation i of a table (SHT_REL). */
struct elf_fixup { uint32_t offset, symbol; uint8_t type; };
bool elf_section_fixup(const struct elf_section *table, uint32_t i, struct elf_fixup *out);

#endif
