/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ms.lock: what a project takes from others, each line one thing with its version or its SHA-256, sorted, so that the same
 * dependencies make the same bytes and two branches that lock different things merge line by line.
 *
 *	ms.lock 1
 *	file example.org/adder <sha256> include/adder.h
 *	interface example.org/adder 1.0.0 0x4ae53c11 1 stateless adder
 *	package example.org/aes 1.0.0 <sha256> aes-1.0.0.msp
 *	runtime board/mps2-an386 0.1.0 <sha256> runtime.elf
 *
 * `ms lock` writes it; a build compares and never does (product/dependencies.h).
 */
#ifndef LOCK_H
#define LOCK_H

#include "arena.h"
#include "err.h"

#define LOCK_FILE "ms.lock"
#define LOCK_PRODUCT_FILE "product.lock"	/* of a product: the same, but for its first line */

struct lock_line {
	const char *kind, *owner, *name;	/* what it is about: "file", "example.org/adder", "include/adder.h" */
	const char *value;			/* what it has to be */
	int line;				/* in the file; 0 when it comes from none */
};

struct lock {
	struct list lines;	/* struct lock_line * */
};

/* Add a line, unless there is one about the same. */
void lock_add(struct lock *l, const char *kind, const char *owner, const char *name, const char *value, struct arena *a);

/* The line about the same, or NULL. */
const struct lock_line *lock_find(const struct lock *l, const struct lock_line *like);

/* Read one.  -MS_EPROJECT with the place of what is not as written above, or stands twice. */
int lock_decode(struct bytes text, const char *file, struct arena *a, struct lock *out, struct err *e);
int lock_read(const char *file, struct arena *a, struct lock *out, struct err *e);

struct bytes lock_encode(struct lock *l, const char *name, struct arena *a);	/* sorts it; name: one of the above */

/*
 * Is what was found what was locked?  Differing content or facts never are.  What is not locked yet, or no longer needed, is let
 * pass unless `strict`; but an owner's files are those that were locked, no more and no fewer.
 */
int lock_compare(const struct lock *locked, const struct lock *found, const char *file, bool strict, struct arena *a, struct err *e);

#endif
