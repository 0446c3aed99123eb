/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects and libraries that others made, before they are linked with a
 * service: what keeps one from being linked at all, or from meaning the same
 * by a call.  What only the code can show (how it reaches data) is seen in the
 * linked file, of the parts that are used: executable_check.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include "arena.h"
#include "err.h"

enum { OBJECT_SIZE_MAX = 64 << 20 };

/*
 * Does each object in a file keep the rules of object_rules.def?  `path` and the
 * member's name are for sentences.  -MS_EPROJECT with the first rule that is broken, and its fix.
 */
int object_admit(struct bytes file, const char *path, uint8_t target, struct arena *a, struct err *e);

/* The next object of a library: start with *at = 0.  1, 0 behind the last, or -MS_EFORMAT. */
int object_member(struct bytes library, size_t *at, struct bytes *name, struct bytes *object);

#endif
