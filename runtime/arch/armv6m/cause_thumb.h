/* SPDX-License-Identifier: Apache-2.0 */
/* What a 16-bit load or store accesses (Armv6-M Architecture Reference Manual, A5.2.4, A6.7). */
#ifndef CAUSE_THUMB_H
#define CAUSE_THUMB_H

#include <stdbool.h>
#include <stdint.h>

struct thumb_access {
	unsigned base;			/* register, 0 to 7 */
	int index;			/* register to be added, or -1: then */
	uint32_t offset;		/* is added */
	uint32_t size;			/* bytes: 1, 2, 4 */
};

/* Is it one by low registers?  Then fill in. */
bool thumb_access(uint16_t instruction, struct thumb_access *out);

#endif
