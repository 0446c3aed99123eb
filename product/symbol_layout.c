/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol_layout.h"

#include <dwarf.h>
#include <gelf.h>
#include <string.h>

#include "symbol_dwarf.h"

bool symbols_object(const struct symbols *s, const char *name, uint32_t *address, uint32_t *size)
{
	const char *is;
	GElf_Sym sym;

	for (int i = 0; symbols_table(s, i, &sym, &is); i++) {
		if (sym.st_shndx == SHN_UNDEF || !is || strcmp(is, name))
			continue;
		*address = (uint32_t)sym.st_value;
		*size = (uint32_t)sym.st_size;
		return true;
	}
	return false;
}

/* The type itself, without typedef, const and volatile. */
static bool bare_type(Dwarf_Die *of, Dwarf_Die *out)
{
	Dwarf_Attribute attr;

	return dwarf_attr_integrate(of, DW_AT_type, &attr) && dwarf_formref_die(&attr, out) && dwarf_peel_type(out, out) == 0;
}

static bool find_struct(const struct symbols *s, const char *name, Dwarf_Die *out)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die unit;

	while (symbols_dwarf(s) && dwarf_get_units(symbols_dwarf(s), cu, &cu, NULL, NULL, &unit, NULL) == 0) {
		if (dwarf_child(&unit, out) != 0)
			continue;
		do {
			const char *is = dwarf_diename(out);

			if (dwarf_tag(out) == DW_TAG_structure_type && is && !strcmp(is, name) && !dwarf_hasattr(out, DW_AT_declaration))
				return true;
		} while (dwarf_siblingof(out, out) == 0);
	}
	return false;
}

static bool find_member(Dwarf_Die *in, const char *name, size_t size, Dwarf_Die *out)
{
	if (dwarf_child(in, out) != 0)
		return false;
	do {
		const char *is = dwarf_diename(out);

		if (dwarf_tag(out) == DW_TAG_member && is && strlen(is) == size && !strncmp(is, name, size))
			return true;
	} while (dwarf_siblingof(out, out) == 0);
	return false;
}

bool symbols_member(const struct symbols *s, const char *type, const char *path, uint32_t *offset, uint32_t *size)
{
	Dwarf_Die at, member;
	Dwarf_Attribute attr;
	Dwarf_Word word, sum = 0;

	if (!find_struct(s, type, &at))
		return false;
	while (*path) {
		size_t part = strcspn(path, ".");

		if (!find_member(&at, path, part, &member) || !dwarf_attr(&member, DW_AT_data_member_location, &attr) ||
		    dwarf_formudata(&attr, &word) != 0 || !bare_type(&member, &at))
			return false;
		sum += word;
		path += part + (path[part] == '.');
	}
	if (dwarf_aggregate_size(&at, &word) != 0)
		return false;
	*offset = (uint32_t)sum;
	*size = (uint32_t)word;
	return true;
}
