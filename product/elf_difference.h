/* SPDX-License-Identifier: Apache-2.0 */
/* In what two executables of one service differ, from the outside in: bytes, sections by their names, symbols by theirs. */
#ifndef ELF_DIFFERENCE_H
#define ELF_DIFFERENCE_H

#include "arena.h"

/* A section that is not the same in both. */
struct elf_section_difference {
	const char *name;
	bool in_one, in_two;
	uint32_t size_one, size_two;
	uint32_t at;		/* the first byte that differs, from the section's start */
	struct list symbols;	/* const char *: "main (104 bytes, 112)", in the order of addresses; at most 8 */
	uint32_t more;		/* symbols beyond those */
};

struct elf_difference {
	bool same;
	size_t at;		/* the first byte of the files that differs */
	struct list sections;	/* struct elf_section_difference *, in the order of the first file */
};

/* Compare two files as they are: a signature that may differ has been overwritten in both before.  They are borrowed. */
void elf_difference_find(struct bytes one, struct bytes two, struct arena *a, struct elf_difference *out);

#endif
