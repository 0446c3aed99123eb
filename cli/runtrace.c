/* SPDX-License-Identifier: Apache-2.0 */
#include "runtrace.h"

#include <inttypes.h>

#include "file.h"
#include "out.h"

int runtrace_begin(struct runtrace *t, const char *path, const struct plan *p, struct arena *a, struct err *e)
{
	t->path = path;
	t->names = (struct trace_names){ &p->board, p->device.services, p->device.service_count };
	int rc = tracing_init(&t->tracing, p->symbols.runtime, a, e);

	if (rc >= 0)
		rc = trace_output_begin(path, &t->names, a, &t->output, e);
	t->tracing.take = trace_output_take;
	t->tracing.to = t->output;
	return rc;
}

static void tell(const struct runtrace *t, struct arena *a)
{
	const struct tracing *s = &t->tracing;

	out_say("trace: %" PRIu64 " records in '%s'%s", s->records, path_shown(a, t->path),
		s->lost_all ? arena_printf(a, "; %" PRIu64 " more were lost", s->lost_all) : "");
	out_event("trace", json_pack("{s:o, s:s, s:I, s:I}", "file", out_string(t->path), "format", trace_output_format(t->output),
				     "records", (json_int_t)s->records, "lost", (json_int_t)s->lost_all));
}

int runtrace_end(struct runtrace *t, bool runs, struct arena *a, struct err *e)
{
	int rc = runs ? tracing_finish(&t->tracing, e) : MS_OK;
	int written = trace_output_end(t->output, t->tracing.lost_all, rc < 0 ? &(struct err){ 0 } : e);

	if (rc < 0 || written < 0)
		return rc < 0 ? rc : written;
	tell(t, a);
	return MS_OK;
}
