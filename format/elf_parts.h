/* SPDX-License-Identifier: Apache-2.0 */
/* What the sources of the ELF reader share.  Numbers are those of the ELF specification. */
#ifndef ELF_PARTS_H
#define ELF_PARTS_H

#include "elf.h"
#include "reader.h"

enum { ELF_HEADER_SIZE = 52, ELF_SEGMENT_SIZE = 32, ELF_SECTION_SIZE = 40, ELF_SYMBOL_SIZE = 16, ELF_RELOCATION_SIZE = 8 };
enum { SEGMENT_LOAD = 1, SEGMENT_DYNAMIC = 2, SEGMENT_INTERPRETER = 3, SEGMENT_NOTE = 4, SEGMENT_TLS = 7 };
enum { SECTION_NULL = 0, SECTION_SYMTAB = 2, SECTION_STRINGS = 3, SECTION_NOTE = 7, SECTION_NOBITS = 8, SECTION_DYNSYM = 11 };
enum { RELOCATION_RELATIVE = 23 };

/* Fill f->dynamic and f->relocations from the only PT_DYNAMIC, and check what they say. */
enum elf_rule elf_check_dynamic(struct elf_file *f);

/* Fill the notes' fields from f->note. */
enum elf_rule elf_read_notes(struct elf_file *f);

/* Check each section header: inside the file, and no note outside f->note.  Fills the symbol tables. */
enum elf_rule elf_check_sections(struct elf_file *f);

/* What a segment has in the file; it has been checked to be there. */
static inline struct bytes segment_bytes(const struct elf_file *f, const struct elf_segment *s)
{
	return bytes_part(f->raw, s->offset, s->file_size);
}

/* Is [at, at + size) inside [start, start + whole)?  Nothing is assumed of the numbers. */
static inline bool range_inside(uint32_t at, uint32_t size, uint32_t start, uint32_t whole)
{
	return at >= start && at - start <= whole && size <= whole - (at - start);
}

#endif
