/* SPDX-License-Identifier: Apache-2.0 */
/* Intel HEX: flash content as text, as programmers take it. */
#ifndef INTEL_HEX_H
#define INTEL_HEX_H

#include "arena.h"
#include "err.h"

/* Content that lies at `base`.  Lines of erased bytes (0xff) are left out. */
struct bytes intel_hex_write(struct bytes content, uint32_t base, struct arena *a);

/*
 * Back to bytes: what is in no line is 0xff.  `base` is where *content begins; nothing may lie below it or `limit` bytes above.
 * -MS_EFORMAT naming the line: no record, a wrong checksum, a type that is not known, an address outside, no end or something behind it.  Where to start (types 3 and 5) is passed over.
 */
int intel_hex_read(struct bytes text, const char *path, uint32_t base, uint32_t limit, struct arena *a, struct bytes *content, struct err *e);

#endif
