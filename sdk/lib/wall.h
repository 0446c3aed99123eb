/* SPDX-License-Identifier: Apache-2.0 */
/* What time of day it is: CLOCK_REALTIME less CLOCK_MONOTONIC, in nanoseconds.  0 until somebody says it. */
#ifndef WALL_H
#define WALL_H

#include <stdint.h>

int64_t wall_offset(void);
void wall_set(int64_t offset);		/* by one thread at a time */

#endif
