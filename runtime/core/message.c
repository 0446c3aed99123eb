/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <ms/abi/abi.h>

#include "capacity.h"
#include "core_assert.h"

static struct message pool[MESSAGE_MAX];
static struct message *unused;

enum { HANDLE_INDEX = 0xff };		/* bits of a handle; the generation or serial lies above */
_Static_assert((int)MESSAGE_MAX < (int)HANDLE_INDEX, "a handle holds the index plus one");

void message_init(void)
{
	unused = NULL;
	for (struct message *m = pool; m < pool + MESSAGE_MAX; m++) {
		m->state = MESSAGE_FREE;	/* the rest is set when it is taken */
		m->next = unused;
		unused = m;
	}
}

struct message *message_new(struct service *client, struct endpoint *e)
{
	struct message *m = unused;

	if (!m || (client->messages + 1u) * endpoint_clients() > MESSAGE_MAX)
		return NULL;
	uint16_t serial = (uint16_t)(m->serial + 1);

	core_assert(m->state == MESSAGE_FREE);
	unused = m->next;
	client->messages++;
	*m = (struct message){ .client = client, .endpoint = e, .state = MESSAGE_OPEN, .generation = serial, .serial = serial };
	return m;
}

void message_free(struct message *m)
{
	core_assert(m->state != MESSAGE_FREE && m->client->messages);
	m->client->messages--;
	m->state = MESSAGE_FREE;
	m->next = unused;
	unused = m;
}

struct message *message_at(uint32_t i)
{
	return i < MESSAGE_MAX ? &pool[i] : NULL;
}

static psa_handle_t handle(const struct message *m, uint16_t number)
{
	return number << 8 | (psa_handle_t)(m - pool + 1);
}

static bool has_number(psa_handle_t h, uint16_t number)
{
	return (uint32_t)h >> 8 == number;
}

psa_handle_t message_client_handle(const struct message *m)
{
	return handle(m, m->generation);
}

psa_handle_t message_server_handle(const struct message *m)
{
	return handle(m, m->serial);
}

static struct message *of_handle(psa_handle_t h)
{
	return message_at(((uint32_t)h & HANDLE_INDEX) - 1);
}

struct message *message_of_client(const struct service *client, psa_handle_t h)
{
	struct message *m = of_handle(h);

	if (!m || m->client != client || m->state == MESSAGE_FREE || m->gone || !has_number(h, m->generation))
		return NULL;
	return m;
}

struct message *message_of_server(const struct service *owner, psa_handle_t h)
{
	struct message *m = of_handle(h);

	if (!m || m->state < MESSAGE_HELD || m->endpoint->owner != owner || !has_number(h, m->serial))
		return NULL;
	return m;
}

/* There is no circle yet, so this ends. */
bool message_deadlocks(const struct endpoint *e, const struct thread *self)
{
	for (;;) {
		const struct thread *t = e->owner->main;

		if (!t || t == self)
			return t;
		if (t->state != THREAD_REPLY)
			return false;
		e = t->message->endpoint;
	}
}

#define PUT(to, field, value) port_put((to) + offsetof(psa_msg_t, field), value, sizeof(((psa_msg_t *)0)->field))

void message_tell(const struct message *m, uintptr_t to)
{
	const struct message_vector *v = m->vector;
	unsigned inputs = m->inputs, outputs = m->outputs;

	PUT(to, type, (uint32_t)m->type);
	PUT(to, handle, (uint32_t)message_server_handle(m));
	PUT(to, client_id, m->client->plan.id);
	PUT(to, rhandle, m->rhandle);
	PUT(to, in_size[0], 0);
	PUT(to, in_size[1], 0);
	PUT(to, in_size[2], 0);
	PUT(to, in_size[3], 0);
	PUT(to, out_size[0], 0);
	PUT(to, out_size[1], 0);
	PUT(to, out_size[2], 0);
	PUT(to, out_size[3], 0);
	if (!(inputs | outputs))
		return;
	for (; inputs; inputs--, v++, to += sizeof(size_t))
		PUT(to, in_size[0], v->left);
	for (to -= m->inputs * sizeof(size_t); outputs; outputs--, v++, to += sizeof(size_t))
		PUT(to, out_size[0], v->left);
}

static void hold(struct message *m)
{
	m->state = MESSAGE_HELD;
	m->serial++;
}

/* To a server that waits for just this; else into the queue. */
static void push(struct message *m)
{
	struct service *s = m->endpoint->owner;
	uint32_t signal = endpoint_signal(m->endpoint);

	if (s->taken && (s->wanted & signal)) {
		hold(m);
		message_tell(m, s->taken);
		service_wake(s, signal);
		return;
	}
	m->state = MESSAGE_QUEUED;
	m->next = s->queue;
	s->queue = m;
	service_signal(s, signal);
}

static void push_close(struct message *m)
{
	m->type = PSA_IPC_DISCONNECT;
	m->inputs = m->outputs = 0;
	push(m);
}

void message_send(struct message *m, struct thread *caller)
{
	m->caller = caller;
	if (caller) {
		caller->message = m;
		thread_wait(caller, THREAD_REPLY, m->endpoint->owner->main);
	}
	/* While the server still holds one whose caller left it, this one waits for that reply. */
	if (m->state >= MESSAGE_HELD)
		return;
	if (m->gone)
		push_close(m);
	else
		push(m);
}

static void unqueue(struct message *m)
{
	struct message **at = &m->endpoint->owner->queue;

	while (*at != m)
		at = &(*at)->next;
	*at = m->next;
	m->state = MESSAGE_OPEN;
}

static uint8_t priority_of(const struct message *m)
{
	return m->caller ? m->caller->priority : m->client->plan.priority;
}

/* The queue begins with the last that came: of equals the deepest was first. */
struct message *message_take(struct service *s, uint32_t signal)
{
	struct message *best = NULL;
	bool last = true;

	for (struct message *m = s->queue; m; m = m->next) {
		if (endpoint_signal(m->endpoint) != signal)
			continue;
		last = !best;
		if (last || priority_of(m) >= priority_of(best))
			best = m;
	}
	if (!best)
		return NULL;
	if (last)
		s->asserted &= ~signal;
	unqueue(best);
	hold(best);
	return best;
}

/* It is on its way no more: a connection without a message, or nothing (false). */
static bool settle(struct message *m, bool keep)
{
	m->state = MESSAGE_OPEN;
	keep = keep && endpoint_connects(m->endpoint);
	if (!keep)
		message_free(m);
	return keep;
}

static void wake(struct message *m, int32_t value)
{
	struct thread *t = m->caller;

	m->caller = NULL;
	if (t)
		thread_wake(t, MS_OK, (uint32_t)value);
}

void message_reply(struct message *m, int32_t value, bool keep)
{
	if (m->state != MESSAGE_ORPHAN)
		wake(m, value);
	if (!settle(m, keep))
		return;
	if (m->gone)
		push_close(m);
	else if (m->caller)
		push(m);
}

void message_abandon(struct message *m)
{
	m->caller = NULL;
	if (m->type == PSA_IPC_CONNECT)
		m->gone = true;
	if (m->state >= MESSAGE_HELD) {
		m->state = MESSAGE_ORPHAN;
	} else if (m->type != PSA_IPC_DISCONNECT) {
		unqueue(m);
		settle(m, m->type != PSA_IPC_CONNECT);
	}
}

void message_server_begin(struct service *s)
{
	for (struct message *m = pool; m < pool + MESSAGE_MAX; m++)
		if (m->state == MESSAGE_QUEUED && m->endpoint->owner == s && m->caller)
			thread_help(m->caller, s->main);
}

void message_server_end(struct service *s)
{
	for (struct message *m = pool; m < pool + MESSAGE_MAX; m++) {
		if (m->state == MESSAGE_FREE || m->endpoint->owner != s)
			continue;
		m->broken = true;
		wake(m, m->type == PSA_IPC_DISCONNECT ? PSA_SUCCESS : PSA_ERROR_COMMUNICATION_FAILURE);
		settle(m, !m->gone && (m->state == MESSAGE_OPEN || m->type != PSA_IPC_CONNECT));
	}
	s->queue = NULL;
	s->asserted = 0;
}

void message_client_end(struct service *s)
{
	for (struct message *m = pool; m < pool + MESSAGE_MAX; m++) {
		if (m->state == MESSAGE_FREE || m->client != s)
			continue;
		m->gone = true;
		if (m->state != MESSAGE_OPEN)
			message_abandon(m);
		if (m->state != MESSAGE_OPEN)
			continue;
		if (m->broken)
			message_free(m);
		else
			push_close(m);
	}
}
