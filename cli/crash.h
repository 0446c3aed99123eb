/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fault records, turned into function, file and line by the debug file of the
 * service, or by the runtime's ELF.
 */
#ifndef CRASH_H
#define CRASH_H

#include "arena.h"
#include "console.h"
#include "err.h"

/* Where symbols may come from: give what is known, in any order. */
struct crash_sources {
	struct list services;		/* struct crash_service* */
	const char *runtime;		/* ELF of the runtime, or NULL */
};

struct crash_service {
	const char *name;
	const char *debug;		/* file with symbols */
	const char *folder;		/* of the project: recorded file names are relative to it */
	uint8_t image[8];		/* first bytes of its image's SHA-256: symbols of another build are not believed */
	struct bytes open;		/* the debug file's bytes, once read */
};

/* Where a fault was: texts from the arena, or NULL when nothing is known. */
struct crash_place {
	const char *at;			/* "function at file:line" */
	const char *caller;		/* the same for the return address */
	const char *file;
	int line;
	const char *why_not;		/* why `at` is not known */
};
void crash_locate(struct crash_sources *s, const struct console_line *fault, struct arena *a, struct crash_place *out);

#endif
