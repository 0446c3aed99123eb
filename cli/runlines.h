/* SPDX-License-Identifier: Apache-2.0 */
/* A board's console for people: lines taken apart and shown, faults with their place in the source, and kept for `ms crash`. */
#ifndef RUNLINES_H
#define RUNLINES_H

#include "crashlog.h"

struct plan;

struct runlines {
	const struct crash_sources *symbols;
	struct crashlog crashes;
};

/* Take one line; false when it is the emulator's own chatter.  *out is what it says. */
bool runlines_take(struct runlines *r, const char *line, struct console_line *out);

/* Say where on the board the services lie (-v), and let their names have room. */
void runlines_services(const struct plan *p);

#endif
