/* SPDX-License-Identifier: Apache-2.0 */
/* trap.c, with a note of each entry into the kernel and of whom it is left for. */
#define trap_call untraced_call
#define trap_line untraced_line
#define trap_lost untraced_lost
#define trap_reason untraced_reason
#include "trap.c"
#undef trap_call
#undef trap_line
#undef trap_lost
#undef trap_reason

#include "trace_note.h"

struct port_context *trap_call(struct core_call *call);
struct port_context *trap_line(void);
struct port_context *trap_lost(void);
struct port_context *trap_reason(void);

_Static_assert(offsetof(struct thread, context) == 0, "the thread of a context lies there");

static struct port_context *left(struct port_context *c)
{
	const struct port_context *now = c ? c : trap_state.running;

	trace_resume(now == &idle ? NULL : (const struct thread *)(const void *)now);
	return c;
}

static void note_line(enum trace_kind kind, uint32_t number)
{
	const struct thread *t = core_current();

	trace_note(t ? t->service : NULL, t ? t->number : 0, kind, number - EXCEPTION_LINE_0, 0, 0, 0);
}

struct port_context *trap_call(struct core_call *call)
{
	const struct thread *t = core_current();

	trace_note(t->service, t->number, TRACE_CALL, call->number, call->argument[0], call->argument[1], call->argument[2]);
	return left(untraced_call(call));
}

/* Both by interrupts, and the second also by a call from a stack that is none: then no line is told. */
static struct port_context *line(struct port_context *(*enter)(void))
{
	uint32_t what = exception();

	if (what == EXCEPTION_SVC)
		return left(enter());
	note_line(TRACE_INTERRUPT, what);
	struct port_context *c = enter();

	note_line(TRACE_INTERRUPT_END, what);
	return left(c);
}

struct port_context *trap_line(void)
{
	return line(untraced_line);
}

struct port_context *trap_lost(void)
{
	return line(untraced_lost);
}

struct port_context *trap_reason(void)
{
	return left(untraced_reason());
}
