/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory of one command: taken piece by piece, given back all at once by
 * whoever made it.  Taking does not fail (out of memory ends the program with
 * a sentence), so memory has no error paths.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "bytes.h"

struct arena_block;
struct arena { struct arena_block *blocks; };	/* starts zeroed */

/* Zeroed memory, aligned for anything. */
void *arena_take(struct arena *a, size_t size);
#define arena_new(a, type) ((type *)arena_take((a), sizeof(type)))
void *arena_take_array(struct arena *a, size_t count, size_t size);
#define arena_array(a, type, count) ((type *)arena_take_array((a), (count), sizeof(type)))

char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
char *arena_string(struct arena *a, struct bytes b);	/* a copy with a NUL behind it */
struct bytes arena_copy(struct arena *a, struct bytes b);

/* A growing list of pointers in an arena: zero-initialise, push, walk. */
struct list { void **at; size_t count, room; };
void list_push(struct list *l, struct arena *a, void *item);
void list_sort(struct list *l);	/* texts, by bytes */

/* A growing text in an arena. */
struct text { char *at; size_t size, room; };
void text_add(struct text *t, struct arena *a, const char *format, ...) __attribute__((format(printf, 3, 4)));
void text_add_bytes(struct text *t, struct arena *a, struct bytes b);

void arena_done(struct arena *a);

#endif
