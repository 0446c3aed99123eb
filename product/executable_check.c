/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is wrong with an executable, as its author needs to hear it: which
 * symbol, in which object, on which line, and what to do.
 */
#include "executable.h"

#include <string.h>

#include "elf_section.h"
#include "executable_parts.h"
#include "linkmap.h"
#include "reader.h"

enum {
	TYPE_RELATIVE = 23,		/* R_ARM_RELATIVE */
	GLOBAL = 1,			/* STB_GLOBAL */
	GOT_RESERVED = 3,
	FLOAT_HARD = 0x400,		/* EF_ARM_ABI_FLOAT_HARD */
};

/* A function's constants have no line: then the one on which the function begins. */
static void find_place(const struct symbols *s, uint32_t address, struct symbol_place *place)
{
	struct symbol_place start;

	if (!symbols_find(s, address, place) || place->file || place->is_data)
		return;
	if (symbols_find(s, address - place->offset, &start)) {
		place->file = start.file;
		place->line = start.line;
		place->column = start.column;
	}
}

const char *check_where(const struct check *k, uint32_t address, struct symbol_place *place)
{
	struct linkmap_part part;
	struct text t = { 0 };

	*place = (struct symbol_place){ 0 };
	if (k->symbols)
		find_place(k->symbols, address, place);
	if (place->function)
		text_add(&t, k->a, "'%s'", place->function);
	else
		text_add(&t, k->a, "address 0x%08x", (unsigned)address);
	if (linkmap_find(k->c->map, address, &part))
		text_add(&t, k->a, " (%.*s, section %.*s)", (int)part.object.size, (const char *)part.object.at,
			 (int)part.section.size, (const char *)part.section.at);
	if (place->file && place->line)
		text_add(&t, k->a, " at %s:%d", place->file, place->line);
	return t.at;
}

int check_fail_at(const struct check *k, const struct symbol_place *place, const char *sentence, const char *fix)
{
	err_set(k->e, ERR_ELF_RULE, "'%s' %s", k->c->path, sentence);
	if (place->file && place->line)
		err_at(k->e, place->file, place->line, place->column);
	return err_fix(k->e, "%s", fix);
}

/* The word in the file at an address of a segment. */
static uint32_t word_at(const struct check *k, const struct elf_segment *s, uint32_t address)
{
	struct reader r = { .left = bytes_part(bytes_part(k->f.raw, s->offset, s->file_size), address - s->address, 4) };

	return read_u32(&r);
}

static int text_relocations(const struct check *k)
{
	struct symbol_place first = { 0 }, place, target;
	struct text t = { 0 };
	uint32_t count = 0, address;
	uint8_t type;

	for (uint32_t i = 0; elf_relocation(&k->f, i, &address, &type); i++) {
		if (!check_inside(&k->f.text, address))
			continue;
		if (count++ >= EXECUTABLE_NAMED_MAX)
			continue;
		const char *from = check_where(k, address, &place);
		const char *to = check_where(k, word_at(k, &k->f.text, address), &target);

		text_add(&t, k->a, "%s %s holds the address of %s", count > 1 ? ";" : "", from, to);
		if (!first.file)
			first = place;
	}
	if (count > EXECUTABLE_NAMED_MAX)
		text_add(&t, k->a, "; and %u more", (unsigned)(count - EXECUTABLE_NAMED_MAX));
	return check_fail_at(k, &first, arena_printf(k->a, "has relocations in text:%s", t.at ? t.at : " the dynamic section says so"),
		       "compile these objects with the SDK's flags (docs/abi.md, \"Targets\"); in assembly take addresses from the GOT, "
		       "and keep tables of pointers in .data.rel.ro");
}

static int other_relocation(const struct check *k)
{
	struct symbol_place place;
	uint32_t address;
	uint8_t type;

	for (uint32_t i = 0; elf_relocation(&k->f, i, &address, &type); i++) {
		if (type == TYPE_RELATIVE && check_inside(&k->f.data, address) && address % 4 == 0)
			continue;
		return check_fail_at(k, &place, arena_printf(k->a, "has a relocation of type %u at %s", type, check_where(k, address, &place)),
			       type == TYPE_RELATIVE ? "do not pack pointers: each must lie on a word of data"
						     : "link with -static and everything the service needs");
	}
	return err_set(k->e, ERR_ELF_RULE, "'%s': %s", k->c->path, elf_rule_text(ELF_RULE_RELOCATION));
}

/* A section's flags count even where the linker script gave the segment others. */
static int check_sections(const struct check *k)
{
	struct symbol_place place;
	struct elf_section s;

	for (uint32_t i = 0; elf_section_at(k->f.raw, i, &s); i++) {
		const uint32_t both = ELF_SECTION_WRITE | ELF_SECTION_EXECUTE | ELF_SECTION_ALLOC;

		if ((s.flags & both) != both || s.size == 0)
			continue;
		const char *at = check_where(k, s.address, &place);
		return check_fail_at(k, &place, arena_printf(k->a, "has a section that is both writable and executable: '%.*s' with %s",
						       (int)s.name.size, (const char *)s.name.at, at),
			       "give the section either \"aw\" (data) or \"ax\" (code): memory that can be written never executes");
	}
	return MS_OK;
}

static int check_undefined(const struct check *k)
{
	struct elf_section table;
	struct elf_symbol sym;
	struct text t = { 0 };
	uint32_t count = 0;

	if (!elf_section_of_type(k->f.raw, ELF_SECTION_SYMBOLS, &table))
		return MS_OK;
	for (uint32_t i = 0; elf_section_symbol(k->f.raw, &table, i, &sym); i++) {
		bool weak = sym.info >> 4 != GLOBAL;	/* a hidden one that was weak has become local */

		if (sym.section != 0 || weak || !sym.name.size || count++ >= EXECUTABLE_NAMED_MAX)
			continue;
		text_add(&t, k->a, "%s '%.*s'", count > 1 ? "," : "", (int)sym.name.size, (const char *)sym.name.at);
	}
	if (!count)
		return MS_OK;

	err_set(k->e, ERR_UNDEFINED, "'%s' has %u undefined symbol%s:%s", k->c->path, (unsigned)count, count > 1 ? "s" : "", t.at);
	return err_fix(k->e, "add the source or the library that defines %s", count > 1 ? "them" : "it");
}

/* The GOT begins at the data base; the linker may leave the address of the dynamic section in its first word. */
static int check_got(const struct check *k)
{
	struct elf_symbol sym;
	bool found = false;

	for (uint32_t i = 0; !found && elf_symbol(&k->f, i, &sym); i++)
		found = bytes_equal(sym.name, BYTES_LITERAL("_GLOBAL_OFFSET_TABLE_"));
	if (found && sym.value != k->f.data.address) {
		err_set(k->e, ERR_LINKER_SCRIPT, "'%s' has its GOT at 0x%08x, not at the data base", k->c->path, (unsigned)sym.value);
		return err_fix(k->e, "link with the SDK's service.ld");
	}
	for (uint32_t i = 0; i < GOT_RESERVED; i++) {
		uint32_t word = word_at(k, &k->f.data, k->f.data.address + 4 * i);

		if (word != 0 && !(i == 0 && word == k->f.dynamic.address)) {
			err_set(k->e, ERR_LINKER_SCRIPT, "'%s' does not begin its data with the three reserved words of a GOT", k->c->path);
			return err_fix(k->e, "link with the SDK's service.ld");
		}
	}
	return MS_OK;
}

static int check_float(const struct check *k)
{
	struct reader r = { .left = bytes_part(k->f.raw, 36, 4) };

	if (!(read_u32(&r) & FLOAT_HARD))
		return MS_OK;
	err_set(k->e, ERR_HARD_FLOAT, "'%s' passes floating-point arguments in registers of the FPU (-mfloat-abi=hard)", k->c->path);
	return err_fix(k->e, "compile with -mfloat-abi=softfp, or soft where there is no FPU (docs/abi.md)");
}

static int broken_rule(const struct check *k, enum elf_rule rule)
{
	int rc;

	switch (rule) {
	case ELF_RULE_TEXT_RELOCATION:
		return text_relocations(k);
	case ELF_RULE_RELOCATION:
		rc = executable_check_reach(k);
		if (rc == MS_OK)
			rc = check_undefined(k);
		return rc < 0 ? rc : other_relocation(k);
	case ELF_RULE_WRITE_EXECUTE:
		rc = check_sections(k);
		if (rc < 0)
			return rc;
		break;
	default:
		break;
	}
	err_set(k->e, ERR_ELF_RULE, "'%s' is not a service's executable: %s", k->c->path, elf_rule_text(rule));
	return err_fix(k->e, "link it as docs/build.md says, \"Libraries of others\"");
}

static int check_all(struct check *k)
{
	enum elf_rule rule = elf_open(k->f.raw, &k->f);

	if (rule != ELF_RULE_OK)
		return broken_rule(k, rule);

	int rc = check_sections(k);
	if (rc == MS_OK)
		rc = check_undefined(k);
	if (rc == MS_OK && !k->f.fixed)
		rc = check_got(k);
	if (rc == MS_OK)
		rc = check_float(k);
	if (rc == MS_OK)
		rc = executable_check_code(k);
	if (rc == MS_OK)
		rc = executable_notes_agree(&k->f, k->c->path, k->a, k->e);
	return rc;
}

int executable_check(struct bytes raw, const struct executable_context *c, struct arena *a,
		     struct elf_file *out, struct err *e)
{
	struct check k = { .c = c, .f = { .raw = raw }, .a = a, .e = e };
	struct err no_symbols = { 0 };

	symbols_of(c->debug.size ? c->debug : raw, c->path, a, &k.symbols, &no_symbols);
	int rc = check_all(&k);
	symbols_close(k.symbols);
	if (rc == MS_OK && out)
		*out = k.f;
	return rc;
}
