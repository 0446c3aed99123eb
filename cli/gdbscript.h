/* SPDX-License-Identifier: Apache-2.0 */
/* What gdb must be told to debug services that lie anywhere: a script that names each section's place, and shows their threads (ms-threads). */
#ifndef GDBSCRIPT_H
#define GDBSCRIPT_H

#include "plan.h"

/* Write `path`, to be used as `gdb-multiarch -x PATH`, for a board whose gdb server listens on the loopback port. */
int gdbscript_write(const struct plan *p, uint16_t port, const char *path, struct arena *a, struct err *e);

/*
 * The same for the record of a fault: the symbols of its service, whose code began at `text`, or, `service` NULL, of the runtime. Code and
 * constants come from those files.
 */
int gdbscript_write_record(const struct crash_service *service, const char *runtime, uint32_t text, uint16_t port, const char *path, struct arena *a, struct err *e);

#endif
