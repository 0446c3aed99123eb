/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What may be shown to a person.  Text of others (names in packages, lines of
 * children, source files) can carry escape sequences that drive a terminal
 * and marks that reorder what is read; neither gets through.
 */
#ifndef PRINTABLE_H
#define PRINTABLE_H

#include <stddef.h>

/*
 * The size in bytes, 1 to 4, of the printable UTF-8 character at `at`, of
 * which `size` bytes are there; 0 if there is none: a control character (tab
 * and line feed too), a mark of direction, or bytes that are not UTF-8.
 */
size_t printable_char(const char *at, size_t size);

/*
 * Replace in place each byte that is not part of a printable character, and
 * each mark of direction, by '?'.  Tabs stay.  Returns the new size, which is never larger.
 */
size_t printable(char *text, size_t size);

#endif
