/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of executable_rules.def: what they say, and those about the processor a file is for and where its sections may lie. */
#include "executable_parts.h"

#include <string.h>

#include "attributes.h"
#include "elf_section.h"
#include "file.h"
#include "linkmap.h"
#include "object.h"

enum { PLACE_ALIGN_MAX = 32 };

int check_fail_rule(const struct check *k, enum executable_rule rule, const struct symbol_place *place, const char *details)
{
	static const struct { const char *wrong, *fix; } rules[] = {
#define EXECUTABLE_RULE(name, wrong, fix) { wrong, fix },
#include "executable_rules.def"
#undef EXECUTABLE_RULE
	};

	return check_fail_at(k, place, arena_printf(k->a, "%s: %s", rules[rule].wrong, details), rules[rule].fix);
}

static int check_target(const struct check *k)
{
	const struct symbol_place nowhere = { 0 };
	struct elf_section s;
	struct attributes at;
	struct manifest meta;

	if (!elf_section_of_type(k->f.raw, ELF_SECTION_ATTRIBUTES, &s) || !attributes_read(s.content, &at) || !at.architecture)
		return MS_OK;
	int rc = executable_meta(&k->f, k->c->path, &meta, k->e);
	if (rc < 0 || attributes_run(&at, meta.targets[0]))
		return rc;
	return check_fail_rule(k, RULE_ARCHITECTURE, &nowhere, arena_printf(k->a, "it is for %s, and the target is %s", attributes_architecture(&at),
								 target_name(meta.targets[0])));
}

/* "vendor/libx.a(rot.o)", or an object by itself: its bytes. */
static bool read_object(const struct check *k, struct bytes object, struct bytes *out)
{
	const uint8_t *open = object.size && object.at[object.size - 1] == ')' ? memrchr(object.at, '(', object.size) : NULL;
	struct bytes path = bytes_part(object, 0, open ? (size_t)(open - object.at) : object.size);
	struct bytes wanted = open ? bytes_part(object, path.size + 1, object.size - path.size - 2) : (struct bytes){ 0 }, file, name;
	struct err ignored = { 0 };
	size_t at = 0;

	if (file_read(arena_string(k->a, path), OBJECT_SIZE_MAX, k->a, &file, &ignored) < 0)
		return false;
	*out = file;
	if (!open)
		return true;
	while (object_member(file, &at, &name, out) > 0)
		if (bytes_equal(name, wanted))
			return true;
	return false;
}

/* Does this part of the link come with such an alignment? */
static bool asks_for(const struct check *k, const struct linkmap_part *part, uint32_t align)
{
	struct elf_section s;
	struct bytes raw;

	if (part->address % align || !read_object(k, part->object, &raw))
		return false;
	for (uint32_t i = 0; elf_section_at(raw, i, &s); i++)
		if (s.align >= align && bytes_equal(s.name, part->section))
			return true;
	return false;
}

static int fail_alignment(const struct check *k, const struct elf_section *s)
{
	struct symbol_place place = { 0 };
	struct linkmap_part part;
	const char *who = NULL;

	for (size_t at = 0; !who && linkmap_next(k->c->map, &at, &part); )
		if (part.address - s->address < s->size && asks_for(k, &part, s->align))
			who = check_where(k, part.address, &place);
	return check_fail_rule(k, RULE_ALIGNMENT, &place, arena_printf(k->a, "%s asks for %u", who ? who : arena_printf(k->a, "section '%.*s'", (int)s->name.size,
							     (const char *)s->name.at), (unsigned)s->align));
}

static int check_placement(const struct check *k)
{
	struct symbol_place place;
	struct elf_section s;

	for (uint32_t i = 0; elf_section_at(k->f.raw, i, &s); i++) {
		if (!(s.flags & ELF_SECTION_ALLOC) || !s.size)
			continue;
		if (elf_section_unrun(&s)) {
			const char *at = check_where(k, s.address, &place);
			return check_fail_rule(k, RULE_CONSTRUCTORS, &place, arena_printf(k->a, "section '%.*s' with %s", (int)s.name.size, (const char *)s.name.at, at));
		}
		if (s.align > PLACE_ALIGN_MAX)
			return fail_alignment(k, &s);
	}
	return MS_OK;
}

int executable_check_code(const struct check *k)
{
	int rc = k->f.fixed ? MS_OK : executable_check_reach(k);
	if (rc == MS_OK)
		rc = check_target(k);
	if (rc == MS_OK)
		rc = check_placement(k);
	return rc == MS_OK && !k->f.fixed ? executable_check_r9(k) : rc;	/* r9 is a register as any other there */
}
