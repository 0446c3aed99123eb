/* SPDX-License-Identifier: Apache-2.0 */
/* Flash content as an ELF file with one segment, as debuggers and emulators load it.  It has no symbols. */
#ifndef FLASH_ELF_H
#define FLASH_ELF_H

#include "arena.h"

enum { FLASH_ELF_HEAD = 84 };	/* bytes before the content */

/* Content that lies at `base` and begins with a vector table, whose second word is where it starts. */
struct bytes flash_elf_write(struct bytes content, uint32_t base, struct arena *a);

#endif
