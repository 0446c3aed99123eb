/* SPDX-License-Identifier: Apache-2.0 */
/* From an address to the function it is in, by the debug information. */
#include "function_at.h"

#include <dwarf.h>
#include <stdlib.h>

const char *function_at(Dwfl_Module *module, Dwarf_Addr at)
{
	const char *name = dwfl_module_addrname(module, at);
	Dwarf_Addr bias;
	Dwarf_Die *unit = dwfl_module_addrdie(module, at, &bias), *scopes = NULL;
	int count = unit ? dwarf_getscopes(unit, at - bias, &scopes) : 0;

	for (int i = 0; i < count; i++) {
		int tag = dwarf_tag(&scopes[i]);

		if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram)
			continue;
		if (dwarf_diename(&scopes[i]))
			name = dwarf_diename(&scopes[i]);
		break;
	}
	free(scopes);
	return name;
}
