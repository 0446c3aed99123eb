/* SPDX-License-Identifier: Apache-2.0 */
/* A GNU linker's map (-Wl,-Map=FILE): which object's bytes lie at an address. */
#ifndef LINKMAP_H
#define LINKMAP_H

#include "arena.h"

struct linkmap_part {
	struct bytes section;	/* ".text.main" */
	struct bytes object;	/* "out/hello.o" or "libc.a(printf.o)" */
	uint32_t address, size;
};

/* The part that holds an address; false when the map does not say.  Borrows from `map`. */
bool linkmap_find(struct bytes map, uint32_t address, struct linkmap_part *out);

/* The next part at or behind *at in the text, for walking over all: start with *at = 0. */
bool linkmap_next(struct bytes map, size_t *at, struct linkmap_part *out);

#endif
