/* SPDX-License-Identifier: Apache-2.0 */
/* From an address of this program to function, file and line, by its own debug information. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include <stdint.h>

/* Texts are kept for the life of the process; NULL and 0 where nothing is known. */
struct origin { const char *function, *file; int line; };
struct origin origin_of(uintptr_t pc);

/* " in poke at src/main.c:12", as far as it is known; valid until it is asked again. */
const char *origin_where(uintptr_t pc);

#endif
