/* SPDX-License-Identifier: Apache-2.0 */
/* context.c, with a note of each result that a thread gets of a system call, be it long after it was made. */
#define port_result untraced_result
#include "context.c"
#undef port_result

#include "trace_note.h"

void port_result(struct port_context *c, int32_t status, uint64_t value);

void port_result(struct port_context *c, int32_t status, uint64_t value)
{
	const struct thread *t = (const struct thread *)(const void *)c;

	trace_note(t->service, t->number, TRACE_RESULT, 0, (uint32_t)status, (uint32_t)value, (uint32_t)(value >> 32));
	untraced_result(c, status, value);
}
