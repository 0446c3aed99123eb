/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How a board's console looks: each line with virtual time, service and
 * severity in columns, and below a fault where in the source it was.
 */
#ifndef RUNVIEW_H
#define RUNVIEW_H

#include "crash.h"

/* The widest name that will be shown, so that columns are straight. */
void runview_width(size_t name_size);

/* Show one line; `place` belongs to a fault and may be NULL. */
void runview_line(const struct console_line *l, const struct crash_place *place, struct arena *a);

#endif
