/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service's ELF file made by hand, byte for byte, which tests change where
 * they like.  Every part has its fixed place:
 *
 *   header, program headers | tools: notes, dynamic, relocations | text | data |
 *   symbols | their names | section headers
 */
#ifndef ELF_SAMPLE_H
#define ELF_SAMPLE_H

#include <string.h>

#include "elf.h"
#include "elf_parts.h"
#include "manifest_sample.h"

enum {
	SEGMENTS_AT = 52,
	TOOLS_AT = 0x240, DYNAMIC_IN_TOOLS = 0x240, RELOCATIONS_IN_TOOLS = 0x280, TOOLS_SIZE = 0x2a0,
	DYNAMIC_AT = TOOLS_AT + DYNAMIC_IN_TOOLS, RELOCATIONS_AT = TOOLS_AT + RELOCATIONS_IN_TOOLS,
	TEXT_AT = 0x500, TEXT_SIZE = 0x40,
	DATA_AT = 0x540, DATA_SIZE = 0x40, DATA_MEMORY = 0x80,
	SYMBOLS_AT = 0x580, SYMBOLS_SIZE = 3 * 16,
	STRINGS_AT = 0x5b0, STRINGS_SIZE = 0x20,
	SECTIONS_AT_END = 0x5d0,
	ELF_SAMPLE_SIZE = SECTIONS_AT_END + 4 * 40,

	/* program headers, by index, and their fields */
	TOOLS = 0, TEXT, DATA, TLS, NOTE, DYNAMIC, SAMPLE_SEGMENTS,
	P_TYPE = 0, P_OFFSET = 4, P_ADDRESS = 8, P_FILE_SIZE = 16, P_MEMORY_SIZE = 20, P_FLAGS = 24,
};

struct elf_sample {
	uint8_t file[ELF_SAMPLE_SIZE];
	uint32_t notes_size;
};

static inline void put16(struct elf_sample *s, size_t at, uint16_t v)
{
	s->file[at] = (uint8_t)v;
	s->file[at + 1] = (uint8_t)(v >> 8);
}

static inline void put32(struct elf_sample *s, size_t at, uint32_t v)
{
	put16(s, at, (uint16_t)v);
	put16(s, at + 2, (uint16_t)(v >> 16));
}

static inline size_t segment_at(unsigned i, unsigned field)
{
	return SEGMENTS_AT + 32 * i + field;
}

static inline size_t section_at(unsigned i, unsigned field)
{
	return SECTIONS_AT_END + 40 * i + field;
}

static inline void put_segment(struct elf_sample *s, unsigned i, uint32_t type, uint32_t flags, uint32_t offset, uint32_t address,
			       uint32_t file_size, uint32_t memory_size)
{
	put32(s, segment_at(i, P_TYPE), type);
	put32(s, segment_at(i, P_OFFSET), offset);
	put32(s, segment_at(i, P_ADDRESS), address);
	put32(s, segment_at(i, P_FILE_SIZE), file_size);
	put32(s, segment_at(i, P_MEMORY_SIZE), memory_size);
	put32(s, segment_at(i, P_FLAGS), flags);
	put32(s, segment_at(i, 28), 4);
}

static inline void put_section(struct elf_sample *s, unsigned i, uint32_t type, uint32_t offset, uint32_t size, uint32_t link, uint32_t entry)
{
	put32(s, section_at(i, 4), type);
	put32(s, section_at(i, 16), offset);
	put32(s, section_at(i, 20), size);
	put32(s, section_at(i, 24), link);
	put32(s, section_at(i, 36), entry);
}

/* Say how long the notes are, in the program header and in the section header. */
static inline void set_notes_size(struct elf_sample *s, uint32_t size)
{
	s->notes_size = size;
	put32(s, segment_at(NOTE, P_FILE_SIZE), size);
	put32(s, segment_at(NOTE, P_MEMORY_SIZE), size);
	put32(s, section_at(1, 20), size);
}

/* Append a note; returns where its payload is in the file. */
static inline size_t put_note(struct elf_sample *s, const char *owner, uint32_t type, struct bytes payload)
{
	size_t at = TOOLS_AT + s->notes_size, owner_size = strlen(owner) + 1;

	put32(s, at, (uint32_t)owner_size);
	put32(s, at + 4, (uint32_t)payload.size);
	put32(s, at + 8, type);
	memcpy(s->file + at + 12, owner, owner_size);
	at += 12 + ((owner_size + 3) & ~(size_t)3);
	if (payload.size)
		memcpy(s->file + at, payload.at, payload.size);
	set_notes_size(s, (uint32_t)(at + ((payload.size + 3) & ~(size_t)3) - TOOLS_AT));
	return at;
}

static inline void drop_notes(struct elf_sample *s)
{
	memset(s->file + TOOLS_AT, 0, s->notes_size);
	set_notes_size(s, 0);
}

static const uint8_t sample_block[96] = { 0 };
#define SAMPLE_JSON BYTES_LITERAL("{\"type\":\"ms\"}\0")
#define SAMPLE_META BYTES_LITERAL("\xa1\x01\x01")

static inline void put_notes(struct elf_sample *s)
{
	put_note(s, "GNU", 3, BYTES_OF(sample_build_id));
	put_note(s, "FDO", 0xcafe1a7e, SAMPLE_JSON);
	put_note(s, "MS", ELF_NOTE_META, SAMPLE_META);
	put_note(s, "MS", ELF_NOTE_SIGNATURE, BYTES_OF(sample_block));
}

static inline void put_dynamic(struct elf_sample *s, unsigned i, uint32_t tag, uint32_t value)
{
	put32(s, DYNAMIC_AT + 8 * i, tag);
	put32(s, DYNAMIC_AT + 8 * i + 4, value);
}

static inline void put_relocation(struct elf_sample *s, unsigned i, uint32_t address, uint32_t info)
{
	put32(s, RELOCATIONS_AT + 8 * i, address);
	put32(s, RELOCATIONS_AT + 8 * i + 4, info);
}

static inline void put_symbol(struct elf_sample *s, unsigned i, uint32_t name, uint32_t value, uint8_t info, uint16_t section)
{
	put32(s, SYMBOLS_AT + 16 * i, name);
	put32(s, SYMBOLS_AT + 16 * i + 4, value);
	s->file[SYMBOLS_AT + 16 * i + 12] = info;
	put16(s, SYMBOLS_AT + 16 * i + 14, section);
}

static inline void put_header(struct elf_sample *s)
{
	memcpy(s->file, "\x7f" "ELF\1\1\1", 7);
	put16(s, 16, 3);
	put16(s, 18, 40);
	put32(s, 20, 1);
	put32(s, 24, 0x20000009);
	put32(s, 28, SEGMENTS_AT);
	put32(s, 32, SECTIONS_AT_END);
	put16(s, 40, 52);
	put16(s, 42, 32);
	put16(s, 44, SAMPLE_SEGMENTS);
	put16(s, 46, 40);
	put16(s, 48, 4);
	put16(s, 50, 3);
}

static inline void elf_sample_init(struct elf_sample *s)
{
	memset(s, 0, sizeof(*s));
	put_header(s);
	put_segment(s, TOOLS, SEGMENT_LOAD, ELF_FLAG_R, TOOLS_AT, 0, TOOLS_SIZE, TOOLS_SIZE);
	put_segment(s, TEXT, SEGMENT_LOAD, ELF_FLAG_R | ELF_FLAG_X, TEXT_AT, 0x20000000, TEXT_SIZE, TEXT_SIZE);
	put_segment(s, DATA, SEGMENT_LOAD, ELF_FLAG_R | ELF_FLAG_W, DATA_AT, 0xa0000000, DATA_SIZE, DATA_MEMORY);
	put_segment(s, TLS, SEGMENT_TLS, ELF_FLAG_R, DATA_AT + 0x38, 0xa0000038, 4, 12);
	put_segment(s, NOTE, SEGMENT_NOTE, ELF_FLAG_R, TOOLS_AT, 0, 0, 0);
	put_segment(s, DYNAMIC, SEGMENT_DYNAMIC, ELF_FLAG_R, DYNAMIC_AT, DYNAMIC_IN_TOOLS, 0x40, 0x40);
	put_section(s, 1, SECTION_NOTE, TOOLS_AT, 0, 0, 0);
	put_section(s, 2, SECTION_SYMTAB, SYMBOLS_AT, SYMBOLS_SIZE, 3, 16);
	put_section(s, 3, SECTION_STRINGS, STRINGS_AT, STRINGS_SIZE, 0, 0);
	put_notes(s);
	put_dynamic(s, 0, 17, RELOCATIONS_IN_TOOLS);
	put_dynamic(s, 1, 18, 16);
	put_dynamic(s, 2, 19, 8);
	put_relocation(s, 0, 0xa000000c, 23);
	put_relocation(s, 1, 0xa000003c, 23);
	memcpy(s->file + STRINGS_AT, "\0main\0helper", 13);
	put_symbol(s, 1, 1, 0x20000009, 0x12, 2);
	put_symbol(s, 2, 6, 0, 0x10, 0);
}

#endif
