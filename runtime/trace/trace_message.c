/* SPDX-License-Identifier: Apache-2.0 */
/* message.c, with a note of each message's way, and of the beginning and end of each service's run. */
#define message_send untraced_send
#define message_take untraced_take
#define message_reply untraced_reply
#define message_abandon untraced_abandon
#define message_server_begin untraced_server_begin
#define message_server_end untraced_server_end
#include "message.c"
#undef message_send
#undef message_take
#undef message_reply
#undef message_abandon
#undef message_server_begin
#undef message_server_end

#include "trace_note.h"

void message_send(struct message *m, struct thread *caller);
struct message *message_take(struct service *s, uint32_t signal);
void message_reply(struct message *m, int32_t value, bool keep);
void message_abandon(struct message *m);
void message_server_begin(struct service *s);
void message_server_end(struct service *s);

/* Its place in the pool is what its notes have in common. */
static void note(const struct service *s, const struct thread *t, enum trace_kind kind, const struct message *m, int32_t value, const struct service *other)
{
	trace_note(s, t ? t->number : 0, kind, (uint32_t)(m - pool), m->endpoint->rule->argument, (uint32_t)value, other ? other->plan.id : 0);
}

void message_send(struct message *m, struct thread *caller)
{
	note(m->client, caller, TRACE_SEND, m, m->gone ? PSA_IPC_DISCONNECT : m->type, m->endpoint->owner);
	untraced_send(m, caller);
}

struct message *message_take(struct service *s, uint32_t signal)
{
	struct message *m = untraced_take(s, signal);

	if (m)
		note(s, NULL, TRACE_TAKE, m, m->type, m->client);
	return m;
}

void message_reply(struct message *m, int32_t value, bool keep)
{
	note(m->endpoint->owner, NULL, TRACE_REPLY, m, value, m->client);
	untraced_reply(m, value, keep);
}

void message_abandon(struct message *m)
{
	note(m->client, m->caller, TRACE_ABANDON, m, m->type, m->endpoint->owner);
	untraced_abandon(m);
}

void message_server_begin(struct service *s)
{
	trace_note(s, 0, TRACE_START, 0, s->run_count, 0, 0);
	untraced_server_begin(s);
}

void message_server_end(struct service *s)
{
	untraced_server_end(s);
	trace_end(s);
}
