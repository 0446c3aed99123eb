/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Categories of services (categories.def).  What a package says is any short word, so that a store of today and an index of tomorrow say the same of
 * it; what can be looked for are those that are known.
 */
#ifndef CATEGORY_H
#define CATEGORY_H

#include <stdbool.h>
#include <stdint.h>

enum { CATEGORY_MAX = 3, CATEGORY_NAME_MAX = 20 };	/* of one service; bytes */

/* Its bit in masks of those that are known; 0 for what is none. */
uint32_t category_bit(const char *name);

/* Of a number of a bit: 0 to 31.  NULL where there is none. */
const char *category_name(unsigned number);
const char *category_title(unsigned number);

/* All names as an option has its choices, with a '|' before the first, too: "|connectivity|security...". */
extern const char category_choices[];

/* Has it the form of a category: `a` to `z` and `-`, 2 to CATEGORY_NAME_MAX? */
bool category_is_word(const char *name);

#endif
