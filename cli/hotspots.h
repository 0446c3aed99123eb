/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often each instruction ran, as ms-profile.so has written it (cli/plugin/profiler.c), summed up by function: an
 * address is a service's or the runtime's by where the plan has put them, and a function by their symbols.
 */
#ifndef HOTSPOTS_H
#define HOTSPOTS_H

#include "plan.h"

struct hotspot {
	const char *service;		/* NULL: the runtime */
	const char *function;		/* whose code it is, inlined ones included; NULL: not known */
	const char *file;		/* where it stands, as the compiler recorded it; NULL: not known */
	uint64_t instructions;
};

struct hotspots {
	struct list functions;		/* struct hotspot *, the most first, then by service and name */
	struct list services;		/* struct hotspot * without a function: the sums, of services and the runtime, likewise */
	uint64_t instructions;		/* from the first one of a service on */
	uint64_t boot;			/* before that */
};

/*
 * Of the block with this number among those of lines, or at the emulator's end (UINT32_MAX).  -MS_EVERDICT when the file has no
 * such block: the emulator was ended too roughly.
 */
int hotspots_read(const char *counts, uint32_t block, const struct plan *p, struct arena *a, struct hotspots *out, struct err *e);

#endif
