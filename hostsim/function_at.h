/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FUNCTION_AT_H
#define FUNCTION_AT_H

#include <elfutils/libdwfl.h>

/*
 * The innermost function at an address, also one that was inlined there, which the symbol table does not
 * know; NULL if none is known.  The name is the module's and lives as long.
 */
const char *function_at(Dwfl_Module *module, Dwarf_Addr at);

#endif
