/* SPDX-License-Identifier: Apache-2.0 */
/* event.c, with a note of each event, and nothing lost by a reset that the kernel asks for. */
#define event_keep untraced_keep
#define board_reset traced_reset
#include "event.c"
#undef event_keep
#undef board_reset

#include "trace_note.h"

struct event *event_keep(enum event_kind kind, const struct service *s, const struct core_fault *f, uint32_t reset_limit);
_Noreturn void board_reset(void);

struct event *event_keep(enum event_kind kind, const struct service *s, const struct core_fault *f, uint32_t reset_limit)
{
	trace_note(s, 0, TRACE_EVENT, kind, f ? f->cause : 0, f ? (uint32_t)(f->pc - (s ? s->plan.text : 0)) : 0, f ? (uint32_t)f->address : 0);
	return untraced_keep(kind, s, f, reset_limit);
}

_Noreturn void traced_reset(void)
{
	trace_full();
	board_reset();
}
