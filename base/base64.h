/* SPDX-License-Identifier: Apache-2.0 */
/* Base 64 (RFC 4648, 4) in its one form: padded, no blanks, no bits that mean nothing. */
#ifndef BASE64_H
#define BASE64_H

#include "arena.h"

char *base64_write(struct bytes b, struct arena *a);

/* -MS_EFORMAT for anything that base64_write does not write. */
int base64_read(struct bytes text, struct arena *a, struct bytes *out);

#endif
