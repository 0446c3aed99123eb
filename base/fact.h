/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that are signed hold facts, a line each: "# name: value". */
#ifndef FACT_H
#define FACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

/* The value of "# name: value" where the cursor stands, ended in place; the cursor moves to the next line.  NULL when something else stands there. */
const char *fact_take(char **at, const char *name);

/* Bytes as small hexadecimal digits; and back: false, and *out undefined, when the text is not just 2 * size of them.  The text may be NULL. */
void fact_add_hex(struct text *t, struct arena *a, const uint8_t *at, size_t size);
bool fact_from_hex(const char *text, uint8_t *out, size_t size);

#endif
