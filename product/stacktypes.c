/* SPDX-License-Identifier: Apache-2.0 */
/* What the debug information says of functions' types, in a letter for the result and one for each parameter. */
#include <dwarf.h>
#include <string.h>

#include "stackgraph.h"
#include "symbol_dwarf.h"

enum { LETTERS_MAX = 16 };

static bool type_of(Dwarf_Die *die, Dwarf_Die *out)
{
	Dwarf_Attribute attr;

	return dwarf_attr_integrate(die, DW_AT_type, &attr) && dwarf_formref_die(&attr, out) && dwarf_peel_type(out, out) == 0;
}

/* v nothing, i a number, f a FILE *, p another pointer, u a structure. */
static char letter(Dwarf_Die *die)
{
	Dwarf_Die type, to;
	const char *name;

	if (!type_of(die, &type))
		return 'v';
	switch (dwarf_tag(&type)) {
	case DW_TAG_base_type: case DW_TAG_enumeration_type: return 'i';
	case DW_TAG_pointer_type:
		name = type_of(&type, &to) && dwarf_tag(&to) == DW_TAG_structure_type ? dwarf_diename(&to) : NULL;
		return name && !strcmp(name, "__file") ? 'f' : 'p';
	default: return 'u';
	}
}

static void take(struct stack_graph *g, Dwarf_Die *die)
{
	char letters[LETTERS_MAX + 1] = { letter(die) };
	struct stack_function *f;
	Dwarf_Addr low;
	Dwarf_Die part;
	size_t count = 1;

	if (dwarf_lowpc(die, &low) || !(f = stack_function_at(g, (uint32_t)low & ~1u)))
		return;
	if (dwarf_child(die, &part) == 0) {
		do {
			if (dwarf_tag(&part) == DW_TAG_formal_parameter && count < LETTERS_MAX)
				letters[count++] = letter(&part);
		} while (dwarf_siblingof(&part, &part) == 0);
	}
	f->type = arena_printf(g->arena, "%s", letters);
}

int stack_types(struct stack_graph *g, struct bytes elf, const char *path, struct err *e)
{
	struct symbols *s;
	Dwarf_CU *cu = NULL;
	Dwarf_Die unit, die;

	int rc = symbols_of(elf, path, g->arena, &s, e);
	if (rc < 0)
		return rc;
	while (symbols_dwarf(s) && dwarf_get_units(symbols_dwarf(s), cu, &cu, NULL, NULL, &unit, NULL) == 0) {
		if (dwarf_child(&unit, &die) != 0)
			continue;
		do {
			if (dwarf_tag(&die) == DW_TAG_subprogram)
				take(g, &die);
		} while (dwarf_siblingof(&die, &die) == 0);
	}
	symbols_close(s);
	return MS_OK;
}
