/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trace as others' tools read it: a file of Chrome's trace events (JSON), which Perfetto's page opens, or a
 * folder in the Common Trace Format 1.8, which babeltrace2 and Trace Compass read.
 */
#ifndef TRACE_OUTPUT_H
#define TRACE_OUTPUT_H

#include "arena.h"
#include "err.h"
#include "trace_names.h"

struct trace_output;

/* Where a form writes: text is kept up to some size, then it goes to the file; with fd -1 all is kept. */
struct trace_sink { struct arena arena; struct text text; int fd; bool failed; };
void trace_sink_put(struct trace_sink *to, struct bytes b);
void trace_sink_done(struct trace_sink *to);		/* writes what is left; gives back memory, not the descriptor */

/* What writes one form: takes records in order of time, `lost` of them missing before this one; the end closes what is open. */
struct trace_form {
	void *(*begin)(struct trace_sink *to, const struct trace_names *n, struct arena *a);
	void (*take)(void *state, const struct trace_record *r, uint32_t lost);
	void (*end)(void *state, uint64_t lost);
};
extern const struct trace_form trace_json, trace_ctf;

/* The text of the file "metadata" that goes with trace_ctf. */
const char *trace_ctf_metadata(const struct trace_names *n, struct arena *a);

/*
 * Begin to write: into a folder, if `path` is one or ends in '/', else into a file.  What was there before stays until
 * trace_output_end puts the new in its place.  *n must outlive it.
 */
int trace_output_begin(const char *path, const struct trace_names *n, struct arena *a, struct trace_output **out, struct err *e);
void trace_output_take(void *output, const struct trace_record *r, uint32_t lost);	/* a tracing_take */
int trace_output_end(struct trace_output *o, uint64_t lost, struct err *e);
void trace_output_drop(struct trace_output *o);		/* instead: there is nothing worth keeping */

/* "json" or "ctf". */
const char *trace_output_format(const struct trace_output *o);

#endif
