/* SPDX-License-Identifier: Apache-2.0 */
/* What gdb must be told to debug services that lie anywhere: a script that names each section's place, and shows their threads (ms-threads). */
#ifndef GDBSCRIPT_H
#define GDBSCRIPT_H

#include "plan.h"

/* Write `path`, to be used as `gdb-multiarch -x PATH`, for a board whose gdb server listens on the loopback port. */
int gdbscript_write(const struct plan *p, uint16_t port, const char *path, struct arena *a, struct err *e);

#endif
