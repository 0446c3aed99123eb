/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of executable_check share: headers and notes, sections, how code reaches data, and r9. */
#ifndef EXECUTABLE_PARTS_H
#define EXECUTABLE_PARTS_H

#include "executable.h"
#include "symbol.h"

enum executable_rule {
#define EXECUTABLE_RULE(name, wrong, fix) RULE_##name,
#include "executable_rules.def"
#undef EXECUTABLE_RULE
};

enum { EXECUTABLE_NAMED_MAX = 4 };	/* so many of a kind are named, the others counted */

struct check {
	const struct executable_context *c;
	struct elf_file f;
	struct symbols *symbols;	/* NULL when there are none */
	struct arena *a;
	struct err *e;
};

/* "'probe' (out/tr.o, section .text) at src/tr.c:5", or as much of it as is known. */
const char *check_where(const struct check *k, uint32_t address, struct symbol_place *place);

/* Fail with a sentence about an address, and its line as the place. */
int check_fail_at(const struct check *k, const struct symbol_place *place, const char *sentence, const char *fix);

/* The same with what the rule says, and details behind it. */
int check_fail_rule(const struct check *k, enum executable_rule rule, const struct symbol_place *place, const char *details);

/* Does it lie in the segment? */
static inline bool check_inside(const struct elf_segment *s, uint32_t address)
{
	return address - s->address < s->memory_size;
}

/* Of those the ones about how code and data reach each other; text and data of the file are known, the rest need not be. */
int executable_check_reach(const struct check *k);

/* None of the project's code changes r9. */
int executable_check_r9(const struct check *k);

/* The rules of executable_rules.def.  Relocations are there when it was linked with --emit-relocs. */
int executable_check_code(const struct check *k);

#endif
