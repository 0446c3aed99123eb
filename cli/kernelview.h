/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the runtime on a board keeps, found by the names it has in runtime/core: a build's own symbols say where.  No
 * offset of it is written down anywhere else.
 */
#ifndef KERNELVIEW_H
#define KERNELVIEW_H

#include "gdbremote.h"
#include "symbol_layout.h"

/* A member of a struct, by a path such as "plan.id"; "": the struct itself. */
struct kernel_field { const char *type, *path; uint32_t offset, size; };

/* An array of the runtime's, copied from the board. */
struct kernel_array { uint32_t address, count, stride; const uint8_t *at; };

/* Find offset and size of each.  -MS_EFORMAT naming the one that the symbols do not know. */
int kernel_find(const struct symbols *s, struct kernel_field *fields, size_t count, struct err *e);

/* Copy the array of this name, of items of `stride` bytes, into the arena. */
int kernel_read(const struct symbols *s, struct gdbremote *g, const char *name, uint32_t stride, struct arena *a, struct kernel_array *out, struct err *e);

/* A number in item i of it. */
uint32_t kernel_value(const struct kernel_array *t, uint32_t i, const struct kernel_field *f);

#endif
