/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, sizes and times as people write them: 8, 0x48000001, 512 B, 1 KiB, 10 ms. */
#ifndef QUANTITY_H
#define QUANTITY_H

#include "arena.h"
#include "err.h"

/*
 * The whole text must be one: -MS_EINVAL with the sentence and the fix,
 * -MS_ERANGE when it does not fit 32 bits.
 */
int quantity_number(const char *text, uint32_t *out, struct err *e);	/* decimal, or hexadecimal with 0x */
int quantity_size(const char *text, uint32_t *bytes, struct err *e);	/* B (or nothing), KiB, MiB */
int quantity_time(const char *text, uint32_t *msec, struct err *e);	/* ms, s */

/* "1536 B", "2 KiB": what quantity_size reads back, in the largest unit that is exact. */
char *quantity_size_text(uint32_t bytes, struct arena *a);
char *quantity_time_text(uint32_t msec, struct arena *a);

#endif
