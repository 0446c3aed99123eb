/* SPDX-License-Identifier: Apache-2.0 */
/* Where a program keeps what: from names to addresses and offsets, by the same symbols and DWARF as symbol.h. */
#ifndef SYMBOL_LAYOUT_H
#define SYMBOL_LAYOUT_H

#include "symbol.h"

/* A variable by its name, also a static one: address as linked, and size.  false when there is none. */
bool symbols_object(const struct symbols *s, const char *name, uint32_t *address, uint32_t *size);

/*
 * A member of a struct, by a path such as "plan.id": bytes from the struct's beginning, and its size; with "" the struct
 * itself.  false when there is none, or no debug information.
 */
bool symbols_member(const struct symbols *s, const char *type, const char *path, uint32_t *offset, uint32_t *size);

#endif
