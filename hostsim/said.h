/* SPDX-License-Identifier: Apache-2.0 */
/* What a test printed: its last lines, made printable, without cmocka's own frame. */
#ifndef SAID_H
#define SAID_H

#include <stddef.h>

void said_clear(void);
void said_add(const char *bytes, size_t size);

/* Each line that is kept, the oldest first; a line that says how many are not comes before them. */
void said_each(void (*f)(void *context, const char *line), void *context);

/* The one line in which a sanitizer sums up what it found; "" when none did. */
void said_summary(char *to, size_t size);

#endif
