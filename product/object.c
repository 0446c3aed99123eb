/* SPDX-License-Identifier: Apache-2.0 */
#include "object.h"

#include <stdlib.h>
#include <string.h>

#include "attributes.h"
#include "elf_section.h"
#include "reader.h"
#include "target.h"

enum object_rule {
	OBJECT_OK = -1,
#define OBJECT_RULE(name, wrong, fix) OBJECT_##name,
#include "object_rules.def"
#undef OBJECT_RULE
};

enum {
	MEMBER_HEADER_SIZE = 60, MEMBER_SIZE_AT = 48, MEMBER_SIZE_DIGITS = 10, MEMBER_NAME_SIZE = 16,
	OBJECT_HEADER_SIZE = 52, TYPE_RELOCATABLE = 1, MACHINE_ARM = 40, EABI_VERSION = 5,
	R9_STATIC_BASE = 1, R9_THREAD = 2, FLOAT_CALLS_FPU = 1, ENUMS_INT = 2,
};

#define LIBRARY_MAGIC BYTES_LITERAL("!<arch>\n")
#define THIN_MAGIC BYTES_LITERAL("!<thin>\n")

struct admission { const char *path; uint8_t target; struct arena *a; struct err *e; };

static bool begins(struct bytes b, struct bytes with)
{
	return bytes_equal(bytes_part(b, 0, with.size), with);
}

static int refuse(const struct admission *k, const char *subject, enum object_rule rule, const char *more)
{
	static const struct { const char *wrong, *fix; } rules[] = {
#define OBJECT_RULE(name, wrong, fix) { wrong, fix },
#include "object_rules.def"
#undef OBJECT_RULE
	};

	err_set(k->e, rule == OBJECT_HARD_FLOAT ? ERR_HARD_FLOAT : ERR_OBJECT_RULE, "'%s' %s%s", subject, rules[rule].wrong, more);
	return err_fix(k->e, "%s", rules[rule].fix);
}

static enum object_rule check_header(struct bytes raw)
{
	static const uint8_t elf[] = { 0x7f, 'E', 'L', 'F' }, bitcode[] = { 'B', 'C', 0xc0, 0xde };
	struct reader r = { .left = raw };

	if (begins(raw, BYTES_OF(bitcode)))
		return OBJECT_BITCODE;
	if (!begins(raw, BYTES_OF(elf)))
		return OBJECT_FORMAT;
	if (raw.size < OBJECT_HEADER_SIZE)
		return OBJECT_CUT;
	if (raw.at[4] != 1)
		return OBJECT_WIDE;
	if (raw.at[5] != 1)
		return OBJECT_BIG_ENDIAN;
	read_bytes(&r, 16);
	uint16_t type = read_u16(&r), machine = read_u16(&r);
	read_bytes(&r, 4 * 4);
	uint32_t flags = read_u32(&r);
	if (machine != MACHINE_ARM)
		return OBJECT_MACHINE;
	if (type != TYPE_RELOCATABLE)
		return OBJECT_LINKED;
	return flags >> 24 == EABI_VERSION ? OBJECT_OK : OBJECT_EABI;
}

/* What the sections tell: is there code, is it only for link-time optimisation, are they all inside the file? */
static enum object_rule check_sections(struct bytes raw, bool *has_code)
{
	struct reader r = { .left = bytes_part(raw, 48, 2) };
	uint16_t count = read_u16(&r);
	struct elf_section s;
	bool lto = false, unrun = false;

	*has_code = false;
	for (uint32_t i = 0; i < count; i++) {
		if (!elf_section_at(raw, i, &s))
			return OBJECT_CUT;
		lto |= begins(s.name, BYTES_LITERAL(".gnu.lto_"));
		unrun |= elf_section_unrun(&s);
		*has_code |= s.flags & ELF_SECTION_EXECUTE && s.size;
	}
	return lto && !*has_code ? OBJECT_LTO : unrun ? OBJECT_CONSTRUCTORS : OBJECT_OK;
}

/* A function of which a loader would call another that says where it is. */
static bool find_chosen(struct bytes raw, struct elf_symbol *out)
{
	enum { CHOSEN = 10 };
	struct elf_section table;

	if (!elf_section_of_type(raw, ELF_SECTION_SYMBOLS, &table))
		return false;
	for (uint32_t i = 0; elf_section_symbol(raw, &table, i, out); i++)
		if ((out->info & 15) == CHOSEN)
			return true;
	return false;
}

static enum object_rule check_calls(const struct attributes *a, uint8_t target)
{
	if (a->float_calls == FLOAT_CALLS_FPU)
		return OBJECT_HARD_FLOAT;
	if (a->fpu && !target_has_fpu(target))
		return OBJECT_FPU;
	if (a->wide_char == 2)
		return OBJECT_WIDE_CHAR;
	if (a->enums == ENUMS_INT)
		return OBJECT_ENUMS;
	return a->r9 == R9_STATIC_BASE ? OBJECT_STATIC_BASE : a->r9 == R9_THREAD ? OBJECT_THREAD_REGISTER : OBJECT_OK;
}

static int admit_object(const struct admission *k, struct bytes raw, const char *subject)
{
	struct elf_section section;
	struct attributes at = { 0 };
	struct elf_symbol chosen;
	bool has_code;

	enum object_rule rule = check_header(raw);
	if (rule == OBJECT_OK)
		rule = check_sections(raw, &has_code);
	if (rule != OBJECT_OK)
		return refuse(k, subject, rule, "");

	if (find_chosen(raw, &chosen))
		return refuse(k, subject, OBJECT_CHOSEN, arena_printf(k->a, ": '%.*s'", (int)chosen.name.size, (const char *)chosen.name.at));
	bool said = elf_section_of_type(raw, ELF_SECTION_ATTRIBUTES, &section);
	if (said && !attributes_read(section.content, &at))
		return refuse(k, subject, OBJECT_CUT, "");
	if (has_code && !at.architecture)
		return refuse(k, subject, OBJECT_ATTRIBUTES, "");
	if (has_code && !attributes_run(&at, k->target))
		return refuse(k, subject, OBJECT_ARCHITECTURE,
			      arena_printf(k->a, " %s: %s", target_name(k->target), attributes_architecture(&at)));
	rule = check_calls(&at, k->target);
	return rule == OBJECT_OK ? MS_OK : refuse(k, subject, rule, "");
}

/* "123   ": decimal, blanks behind it. */
static bool read_size(struct bytes field, size_t *size)
{
	size_t i = 0;

	*size = 0;
	for (; i < field.size && field.at[i] >= '0' && field.at[i] <= '9'; i++)
		*size = 10 * *size + (size_t)(field.at[i] - '0');
	return i && bytes_all(bytes_part(field, i, field.size), ' ');
}

/* "rot.o/", "/12" (of the long names), or "rot.o" and blanks. */
static struct bytes member_name(struct bytes field, struct bytes long_names)
{
	size_t at, end = 0;

	if (field.at[0] == '/' && read_size(bytes_part(field, 1, field.size), &at)) {
		field = bytes_part(long_names, at, long_names.size);
		while (end < field.size && field.at[end] != '\n' && field.at[end] != '/')
			end++;
		return bytes_part(field, 0, end);
	}
	while (end < field.size && field.at[end] != '/' && field.at[end] != ' ')
		end++;
	return bytes_part(field, 0, end);
}

/* One member, whatever it is; its name's field as it stands. */
static int next_member(struct bytes library, size_t *at, struct bytes *field, struct bytes *content)
{
	struct bytes head = bytes_part(library, *at, MEMBER_HEADER_SIZE);
	size_t size;

	if (*at >= library.size)
		return 0;
	if (head.size < MEMBER_HEADER_SIZE || head.at[58] != '`' || !read_size(bytes_part(head, MEMBER_SIZE_AT, MEMBER_SIZE_DIGITS), &size))
		return -MS_EFORMAT;
	*field = bytes_part(head, 0, MEMBER_NAME_SIZE);
	*content = bytes_part(library, *at + MEMBER_HEADER_SIZE, size);
	*at += MEMBER_HEADER_SIZE + size + size % 2;
	return content->size == size ? 1 : -MS_EFORMAT;
}

/* Is it the table of symbols, or that of long names? */
static bool is_table(struct bytes field, bool *names)
{
	*names = begins(field, BYTES_LITERAL("// "));
	return *names || begins(field, BYTES_LITERAL("/ ")) || begins(field, BYTES_LITERAL("/SYM64/ ")) || begins(field, BYTES_LITERAL("__.SYMDEF"));
}

static struct bytes find_long_names(struct bytes library)
{
	struct bytes field, content;
	bool names;

	for (size_t at = LIBRARY_MAGIC.size; next_member(library, &at, &field, &content) > 0; )
		if (is_table(field, &names) && names)
			return content;
	return (struct bytes){ 0 };
}

int object_member(struct bytes library, size_t *at, struct bytes *name, struct bytes *object)
{
	struct bytes field;
	bool names;
	int more;

	if (!*at)
		*at = LIBRARY_MAGIC.size;
	do {
		more = next_member(library, at, &field, object);
	} while (more > 0 && is_table(field, &names));
	if (more > 0)
		*name = member_name(field, find_long_names(library));
	return more;
}

static int admit_library(const struct admission *k, struct bytes library)
{
	struct bytes name, object;
	size_t at = 0;
	uint32_t count = 0;
	int more;

	while ((more = object_member(library, &at, &name, &object)) > 0) {
		int rc = admit_object(k, object, arena_printf(k->a, "%s(%.*s)", k->path, (int)name.size, (const char *)name.at));
		if (rc < 0)
			return rc;
		count++;
	}
	if (more < 0)
		return refuse(k, k->path, OBJECT_CUT, "");
	return count ? MS_OK : refuse(k, k->path, OBJECT_NOTHING, "");
}

int object_admit(struct bytes file, const char *path, uint8_t target, struct arena *a, struct err *e)
{
	struct admission k = { path, target, a, e };

	if (begins(file, THIN_MAGIC))
		return refuse(&k, path, OBJECT_THIN, "");
	return begins(file, LIBRARY_MAGIC) ? admit_library(&k, file) : admit_object(&k, file, path);
}
