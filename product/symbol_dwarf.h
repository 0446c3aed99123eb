/* SPDX-License-Identifier: Apache-2.0 */
/* Inside of product: the debug information behind symbols, for what else reads it. */
#ifndef SYMBOL_DWARF_H
#define SYMBOL_DWARF_H

#include <elfutils/libdw.h>
#include <gelf.h>

#include "symbol.h"

Dwarf *symbols_dwarf(const struct symbols *s);	/* NULL without debug information */

/* Symbol i of the table with its name; false past the end, or without a table. */
bool symbols_table(const struct symbols *s, int i, GElf_Sym *out, const char **name);

#endif
