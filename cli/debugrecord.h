/* SPDX-License-Identifier: Apache-2.0 */
/* A fault record that `ms debug --crash` shows in gdb: which one it is, and whose symbols belong to it. */
#ifndef DEBUGRECORD_H
#define DEBUGRECORD_H

#include "crash.h"

struct debug_record {
	struct console_line line;
	const struct crash_service *service;	/* NULL: it was the runtime's own */
	const char *runtime;			/* its ELF, or NULL */
	uint32_t text;				/* where the service's code began on the board; of the runtime: where it was linked */
};

/*
 * The last record in a file of lines that a board said.  -MS_EFORMAT: there is none, or it does not say where in its code it was;
 * -MS_EINCOMPATIBLE: the symbols at hand are of another build, or there are none.
 */
int debugrecord_open(const char *path, const char *board, struct arena *a, struct debug_record *out, struct err *e);

/* Say what it was, and what such a record does not hold. */
void debugrecord_tell(const struct debug_record *r, struct arena *a);

#endif
