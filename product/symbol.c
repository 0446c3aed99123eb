/* SPDX-License-Identifier: Apache-2.0 */
#include "symbol.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwelf.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "symbol_dwarf.h"

enum {
	FILE_SIZE_MAX = 256 << 20,
	POOL_REACH = 4096,	/* so far behind a function may its constants lie, which its size leaves out */
};

struct symbols {
	Elf *elf;
	Dwarf *dwarf;		/* NULL without debug information */
	Elf_Data *table;	/* .symtab, or NULL */
	size_t names;		/* section of its names */
	int count;
};

static void find_table(struct symbols *s)
{
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(s->elf, scn)); ) {
		GElf_Shdr head;

		if (!gelf_getshdr(scn, &head) || head.sh_type != SHT_SYMTAB || head.sh_entsize == 0)
			continue;
		s->table = elf_getdata(scn, NULL);
		s->names = head.sh_link;
		s->count = s->table ? (int)(s->table->d_size / head.sh_entsize) : 0;
		return;
	}
}

int symbols_of(struct bytes raw, const char *path, struct arena *a, struct symbols **out, struct err *e)
{
	struct symbols *s = arena_new(a, struct symbols);

	elf_version(EV_CURRENT);
	/* libelf wants it writable, and does not write: nothing here asks it to update. */
	s->elf = elf_memory((char *)raw.at, raw.size);
	if (!s->elf || elf_kind(s->elf) != ELF_K_ELF) {
		elf_end(s->elf);
		return err_set(e, ERR_NOT_EXECUTABLE, "'%s' is not an ELF file", path);
	}
	s->dwarf = dwarf_begin_elf(s->elf, DWARF_C_READ, NULL);
	find_table(s);

	*out = s;
	return MS_OK;
}

int symbols_open(const char *path, struct arena *a, struct symbols **out, struct err *e)
{
	struct bytes raw;

	int rc = file_read(path, FILE_SIZE_MAX, a, &raw, e);
	if (rc < 0)
		return rc;

	return symbols_of(raw, path, a, out, e);
}

void symbols_close(struct symbols *s)
{
	if (!s)
		return;
	dwarf_end(s->dwarf);
	elf_end(s->elf);
}

Dwarf *symbols_dwarf(const struct symbols *s)
{
	return s->dwarf;
}

bool symbols_table(const struct symbols *s, int i, GElf_Sym *out, const char **name)
{
	if (i >= s->count || !gelf_getsym(s->table, i, out))
		return false;
	*name = elf_strptr(s->elf, s->names, out->st_name);
	return true;
}

uint32_t symbols_text_base(const struct symbols *s)
{
	uint32_t low = UINT32_MAX;
	size_t count = 0;
	GElf_Phdr head;

	elf_getphdrnum(s->elf, &count);
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(s->elf, (int)i, &head) && head.p_type == PT_LOAD && head.p_flags & PF_X && head.p_vaddr < low)
			low = (uint32_t)head.p_vaddr;
	return low;
}

struct bytes symbols_build_id(const struct symbols *s)
{
	const void *id;

	ssize_t size = dwelf_elf_gnu_build_id(s->elf, &id);
	return size > 0 ? (struct bytes){ id, (size_t)size } : (struct bytes){ 0 };
}

/* Prefer a symbol with a size that covers the address, then the nearest one below. */
static bool is_better(const GElf_Sym *one, const GElf_Sym *than, uint32_t address)
{
	uint32_t start = (uint32_t)one->st_value & ~UINT32_C(1), other = (uint32_t)than->st_value & ~UINT32_C(1);
	bool covers = address - start < one->st_size, other_covers = address - other < than->st_size;

	return covers != other_covers ? covers : start > other;
}

static bool may_hold(const struct symbols *s, const GElf_Sym *sym, uint32_t address)
{
	uint32_t start = (uint32_t)sym->st_value & ~UINT32_C(1);
	uint32_t reach = (uint32_t)sym->st_size + (GELF_ST_TYPE(sym->st_info) == STT_FUNC ? POOL_REACH : 0);
	GElf_Shdr section;

	if (address < start || (sym->st_size && address - start >= reach))
		return false;
	return gelf_getshdr(elf_getscn(s->elf, sym->st_shndx), &section) && address - (uint32_t)section.sh_addr < section.sh_size;
}

static bool find_symbol(const struct symbols *s, uint32_t address, struct symbol_place *out)
{
	GElf_Sym best = { 0 };
	bool found = false;

	for (int i = 0; i < s->count; i++) {
		GElf_Sym sym;

		if (!gelf_getsym(s->table, i, &sym) || sym.st_shndx == SHN_UNDEF || sym.st_shndx >= SHN_LORESERVE)
			continue;
		int type = GELF_ST_TYPE(sym.st_info);
		bool sized = type == STT_FUNC || type == STT_OBJECT;
		if (!sized && !(type == STT_NOTYPE && GELF_ST_BIND(sym.st_info) == STB_GLOBAL))
			continue;
		if (!may_hold(s, &sym, address))
			continue;
		if (!found || is_better(&sym, &best, address))
			best = sym;
		found = true;
	}
	if (!found)
		return false;

	out->function = elf_strptr(s->elf, s->names, best.st_name);
	out->is_data = GELF_ST_TYPE(best.st_info) == STT_OBJECT;
	out->offset = address - ((uint32_t)best.st_value & ~UINT32_C(1));
	return out->function && out->function[0];
}

/* The compile unit that holds an address: by the index, else by asking each (clang writes no index). */
static bool find_unit(const struct symbols *s, uint32_t address, Dwarf_Die *unit)
{
	if (dwarf_addrdie(s->dwarf, address, unit))
		return true;

	Dwarf_CU *cu = NULL;
	while (dwarf_get_units(s->dwarf, cu, &cu, NULL, NULL, unit, NULL) == 0)
		if (dwarf_haspc(unit, address) == 1)
			return true;
	return false;
}

static void find_line(Dwarf_Die *unit, uint32_t address, struct symbol_place *out)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, address);

	if (!line)
		return;
	out->file = dwarf_linesrc(line, NULL, NULL);
	dwarf_lineno(line, &out->line);
	dwarf_linecol(line, &out->column);
}

/* The function whose code a piece of inlined code is in. */
static const char *function_around(Dwarf_Die *inlined)
{
	Dwarf_Die *around = NULL;
	const char *name = NULL;

	int count = dwarf_getscopes_die(inlined, &around);
	for (int i = 0; i < count && !name; i++)
		if (dwarf_tag(&around[i]) == DW_TAG_subprogram)
			name = dwarf_diename(&around[i]);
	free(around);
	return name;
}

/* Behind inlined code dwarf_getscopes goes on where that was written, not where it is. */
static void find_scopes(Dwarf_Die *unit, uint32_t address, struct symbol_place *out)
{
	Dwarf_Die *scope = NULL;
	const char *name = NULL;

	int count = dwarf_getscopes(unit, address, &scope);
	for (int i = 0; i < count && !name; i++) {
		int tag = dwarf_tag(&scope[i]);

		if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram)
			continue;
		name = dwarf_diename(&scope[i]);
		out->inlined_into = tag == DW_TAG_inlined_subroutine ? function_around(&scope[i]) : NULL;
	}
	if (name)
		out->function = name;
	free(scope);
}

/* Is this the declaration of the variable at an address (a plain DW_OP_addr)? */
static bool declares(Dwarf_Die *die, uint32_t start)
{
	Dwarf_Attribute attr;
	Dwarf_Op *op;
	size_t count;

	return dwarf_tag(die) == DW_TAG_variable && dwarf_attr(die, DW_AT_location, &attr) &&
	       dwarf_getlocation(&attr, &op, &count) == 0 && count == 1 &&
	       op[0].atom == DW_OP_addr && op[0].number == start;
}

/* Where a variable stands: among those outside of functions, and in a function for a static one. */
static bool find_declaration(Dwarf_Die *parent, uint32_t start, Dwarf_Die *out)
{
	Dwarf_Die die;

	if (dwarf_child(parent, &die) != 0)
		return false;
	do {
		int tag = dwarf_tag(&die);

		if (declares(&die, start)) {
			*out = die;
			return true;
		}
		if ((tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block) && find_declaration(&die, start, out))
			return true;
	} while (dwarf_siblingof(&die, &die) == 0);
	return false;
}

static void find_variable(const struct symbols *s, uint32_t start, struct symbol_place *out)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die unit, die;

	while (dwarf_get_units(s->dwarf, cu, &cu, NULL, NULL, &unit, NULL) == 0) {
		if (!find_declaration(&unit, start, &die))
			continue;
		out->unit = dwarf_diename(&unit);
		out->file = dwarf_decl_file(&die);
		dwarf_decl_line(&die, &out->line);
		dwarf_decl_column(&die, &out->column);
		return;
	}
}

bool symbols_find(const struct symbols *s, uint32_t address, struct symbol_place *out)
{
	struct symbol_place p = { 0 };
	Dwarf_Die unit;

	address &= ~UINT32_C(1);
	bool known = find_symbol(s, address, &p);
	if (s->dwarf && p.is_data) {
		find_variable(s, address - p.offset, &p);
	} else if (s->dwarf && find_unit(s, address, &unit)) {
		p.unit = dwarf_diename(&unit);
		find_line(&unit, address, &p);
		find_scopes(&unit, address, &p);
		known = true;
	}
	if (known)
		*out = p;
	return known;
}

const char *symbol_place_text(const struct symbol_place *p, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", p->function ? p->function : "unknown code");
	if (p->file && p->line)
		text_add(&t, a, " at %s:%d", p->file, p->line);
	else if (p->file)
		text_add(&t, a, " in %s", p->file);
	return t.at;
}
