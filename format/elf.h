/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bounds-checked reader of ELF32 little-endian Arm executables, as far as a
 * service's ELF file goes (docs/formats.md 1).  Its names end in "32" where
 * the system's <elf.h> would clash.
 */
#ifndef ELF_H
#define ELF_H

#include "bytes.h"

enum {
	ELF_NOTE_META = 0x4d530001,
	ELF_NOTE_SIGNATURE = 0x4d530002,
	ELF_SEGMENT_MAX = 16,
	ELF_FLAG_X = 1, ELF_FLAG_W = 2, ELF_FLAG_R = 4,
};

/* What is wrong with an ELF file: each has a number and a sentence in elf_rules.def. */
enum elf_rule {
	ELF_RULE_OK = 0,
#define ELF_RULE(name, text) ELF_RULE_##name,
#include "elf_rules.def"
#undef ELF_RULE
};

/* The sentence for a rule, lower case, without full stop. */
const char *elf_rule_text(enum elf_rule rule);

struct elf_segment {
	uint32_t type, flags, offset, address, file_size, memory_size, align;
};

struct elf_file {
	struct bytes raw;			/* borrowed */
	uint32_t entry;				/* as in the header, Thumb bit included */
	bool fixed;				/* linked for its place (docs/formats.md 1): there is no `dynamic`, and there are no relocations */
	struct elf_segment tools, text, data, note, dynamic, tls;	/* type 0 where there is none */
	struct bytes build_id, package_json, meta;		/* payloads; json without its NUL */
	uint32_t signature_offset;		/* of the 96 bytes, in the file */
	struct bytes relocations, symbols, strings;	/* for the walks below; empty where there are none */
};

/*
 * Open a service's ELF and check each rule of docs/formats.md 1 that can be
 * checked from its headers, notes, dynamic section and section headers.  ELF_RULE_OK, or the
 * first rule it breaks with *out filled as far as was read.
 */
enum elf_rule elf_open(struct bytes raw, struct elf_file *out);

/* The same of a fixed one that was linked for the place where these segments begin. */
enum elf_rule elf_open_placed(struct bytes raw, uint32_t text, uint32_t data, struct elf_file *out);

/* One dynamic relocation: its place and type.  false when i is past the end. */
bool elf_relocation(const struct elf_file *f, uint32_t i, uint32_t *address, uint8_t *type);

/*
 * Walk the symbol tables (.symtab, else .dynsym).  false past the end.  A file without
 * section headers has none.  Name is borrowed, NUL-terminated within raw; one
 * that is not, or is longer than 4 KiB, is empty.
 */
struct elf_symbol { struct bytes name; uint32_t value, size; uint8_t info; uint16_t section; };
bool elf_symbol(const struct elf_file *f, uint32_t i, struct elf_symbol *out);

#endif
