/* SPDX-License-Identifier: Apache-2.0 */
/* `ms run --trace`: what the runtime notes while it runs, into a file or a folder for others' tools. */
#ifndef RUNTRACE_H
#define RUNTRACE_H

#include "plan.h"
#include "trace_output.h"
#include "tracing.h"

struct runtrace {
	const char *path;
	struct trace_names names;
	struct tracing tracing;
	struct trace_output *output;
};

/* Begin to write; the plan is made, with its trace build.  The board is not needed yet: tracing_start is what follows. */
int runtrace_begin(struct runtrace *t, const char *path, const struct plan *p, struct arena *a, struct err *e);

/* Stop the board, if it still runs, read the rest and say what there is. */
int runtrace_end(struct runtrace *t, bool runs, struct arena *a, struct err *e);

#endif
