/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who refers to a symbol: the relocations of a section name the symbol and the
 * place; the debug information, read by libdwfl, names the line.  libdwfl lays the sections of a
 * relocatable object out at addresses of its own, so a place is found by a
 * symbol of the same section.
 */
#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <string.h>

#include "function_at.h"
#include "object.h"

struct search {
	Dwfl_Module *module;
	Elf *elf;
	int wanted;			/* its index in the symbol table, or -1 */
	struct arena *arena;
	struct object_reference *out;
};

static int symbol_index(Dwfl_Module *module, const char *name)
{
	for (int i = 1; i < dwfl_module_getsymtab(module); i++) {
		GElf_Sym s;
		const char *found = dwfl_module_getsym(module, i, &s, NULL);

		if (found && s.st_shndx == SHN_UNDEF && !strcmp(found, name))
			return i;
	}
	return -1;
}

/* Where libdwfl has put a section: known from any symbol in it. */
static bool section_base(const struct search *s, size_t section, GElf_Addr *base)
{
	for (int i = 1; i < dwfl_module_getsymtab(s->module); i++) {
		GElf_Sym symbol;
		GElf_Addr at;

		if (!dwfl_module_getsym_info(s->module, i, &symbol, &at, NULL, NULL, NULL) || symbol.st_shndx != section)
			continue;
		*base = at - symbol.st_value;
		return true;
	}
	return false;
}

static void name_place(const struct search *s, GElf_Addr at)
{
	Dwfl_Line *line = dwfl_module_getsrc(s->module, at);
	const char *function = function_at(s->module, at);
	struct object_reference *out = s->out;

	if (function)
		out->function = arena_printf(s->arena, "%s", function);
	if (!line)
		return;
	const char *file = dwfl_lineinfo(line, NULL, &out->line, NULL, NULL, NULL);
	const char *folder = dwfl_line_comp_dir(line);
	size_t skip = folder && !strncmp(file, folder, strlen(folder)) ? strlen(folder) + 1 : 0;

	out->file = arena_printf(s->arena, "%s", file + skip);
}

/* The first relocation of a section of code or data that is against the symbol. */
static bool search_section(const struct search *s, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Shdr target;
	GElf_Rela r;
	GElf_Addr base;

	if (!gelf_getshdr(elf_getscn(s->elf, header->sh_info), &target) || !(target.sh_flags & SHF_ALLOC))
		return false;
	for (int i = 0; data && gelf_getrela(data, i, &r); i++) {
		if ((int)GELF_R_SYM(r.r_info) != s->wanted)
			continue;
		if (section_base(s, header->sh_info, &base))
			name_place(s, base + r.r_offset);
		return true;
	}
	return false;
}

void object_reference(const char *path, const char *symbol, struct arena *a, struct object_reference *out)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
	};
	struct search s = { .arena = a, .out = out };
	Dwfl *dwfl = dwfl_begin(&callbacks);
	GElf_Addr bias;
	GElf_Shdr header;

	*out = (struct object_reference){ 0 };
	s.module = dwfl ? dwfl_report_offline(dwfl, "service", path, -1) : NULL;
	if (s.module)
		dwfl_report_end(dwfl, NULL, NULL);
	s.elf = s.module ? dwfl_module_getelf(s.module, &bias) : NULL;
	s.wanted = s.elf ? symbol_index(s.module, symbol) : -1;
	for (Elf_Scn *at = NULL; s.wanted > 0 && (at = elf_nextscn(s.elf, at));)
		if (gelf_getshdr(at, &header) && header.sh_type == SHT_RELA && search_section(&s, at, &header))
			break;
	dwfl_end(dwfl);
}
