/* SPDX-License-Identifier: Apache-2.0 */
/* A stretch of time as people read it. */
#ifndef DURATION_H
#define DURATION_H

#include <stddef.h>

/* Room for any: "01:02:03", "1193046:28:15". */
enum { DURATION_TEXT_SIZE = 24 };

/*
 * Write `sec` seconds as hours, minutes and seconds into `to`, at most `size`
 * bytes with the final NUL; what does not fit is cut.
 */
void duration_write(char *to, size_t size, unsigned long sec);

#endif
