/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of clients: find an endpoint, connect, call, close.  What the framework calls a programmer error stops the service. */
#include <ms/abi/abi.h>

#include "core_assert.h"
#include "fault.h"
#include "message.h"
#include "syscall.h"

enum {
	STATELESS = 0x40000000,		/* in a handle: the rest is version << 8 | local index */
	TYPE_MAX = 0x7fff,
};

void sys_psa_version(struct thread *self, struct core_call *call)
{
	const struct endpoint *e = endpoint_by_sid(self->service, (uint32_t)call->argument[0]);

	if (e)
		call->value = table_endpoint_version(e->rule);
}

/* The caller waits for the reply, unless that would be for ever. */
static void send(struct message *m, struct thread *self, struct core_call *call, const uintptr_t *deadline)
{
	message_send(m, self);
	thread_until(self, wide(deadline));
	call->waits = true;
}

void sys_psa_connect(struct thread *self, struct core_call *call)
{
	uint32_t version = (uint32_t)call->argument[1];
	struct endpoint *e = endpoint_by_sid(self->service, (uint32_t)call->argument[0]);
	struct message *m;

	if (!e || !endpoint_connects(e) || !endpoint_serves(e, version)) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	} else if (endpoint_ended(e)) {
		call->value = (uint32_t)PSA_ERROR_CONNECTION_REFUSED;
	} else if (message_deadlocks(e, self)) {
		call->status = -MS_EDEADLK;
	} else if (!(m = message_new(self->service, e))) {
		call->value = (uint32_t)PSA_ERROR_CONNECTION_BUSY;
	} else {
		core_assert(endpoint_joins(self->service, e->owner));
		m->type = PSA_IPC_CONNECT;
		send(m, self, call, &call->argument[2]);
	}
}

/* An open connection of the caller on which none of its threads waits, or NULL. */
static struct message *connection(const struct thread *self, uintptr_t handle)
{
	struct message *m = message_of_client(self->service, (psa_handle_t)handle);

	return m && !m->caller ? m : NULL;
}

/* Take over the arrays of psa_invec and psa_outvec; false unless they and what they name are the client's. */
static bool take_vectors(struct message *m, uintptr_t in, uintptr_t out)
{
	const struct service *s = m->client;

	for (unsigned i = 0; i < (unsigned)(m->inputs + m->outputs); i++) {
		bool output = i >= m->inputs;
		bool (*allowed)(const struct service *s, uintptr_t at, size_t size) = output ? service_may_write : service_may_read;
		struct message_vector *v = &m->vector[i];
		uintptr_t from = (output ? out : in) + (output ? i - m->inputs : i) * sizeof(*v);

		if (!allowed(s, from, sizeof(*v)))
			return false;
		port_copy_in(v, from, sizeof(*v));
		if (!allowed(s, v->base, v->left))
			return false;
	}
	return true;
}

/* What a server reads twice must not change in between by another input.  An empty one may be anywhere. */
static bool overlap(const struct message *m)
{
	for (unsigned i = 0; i < m->inputs; i++)
		for (unsigned k = 0; k < i; k++) {
			const struct message_vector *a = &m->vector[i], *b = &m->vector[k];

			if (b->base - a->base < a->left ? b->left : a->base - b->base < b->left && a->left)
				return true;
		}
	return false;
}

/* Everything about a call but whom it is for; false for a programmer error. */
static bool describe(struct message *m, const struct core_call *call)
{
	uint32_t control = (uint32_t)call->argument[1], inputs = control >> 16 & 0xff, outputs = control >> 24;

	if ((control & 0xffff) > TYPE_MAX || inputs + outputs > PSA_MAX_IOVEC)
		return false;
	m->type = (int16_t)(control & TYPE_MAX);
	m->inputs = inputs & 7;
	m->outputs = outputs & 7;
	m->out = call->argument[3];
	return inputs + outputs == 0 || (take_vectors(m, call->argument[2], m->out) && !overlap(m));
}

/* The endpoint that a stateless handle names, or NULL. */
static struct endpoint *stateless(const struct service *s, uintptr_t handle)
{
	struct endpoint *e = endpoint_by_index(s, handle & 0xff);

	return e && !(handle & 0xbf000000) && !endpoint_connects(e) && endpoint_serves(e, handle >> 8 & 0xffff) ? e : NULL;
}

void sys_psa_call(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uintptr_t handle = call->argument[0];
	struct message *m = handle & STATELESS ? NULL : connection(self, handle);
	struct endpoint *e = handle & STATELESS ? stateless(s, handle) : m ? m->endpoint : NULL;

	if (!e) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	} else if ((m && m->broken) || endpoint_ended(e)) {
		call->value = (uint32_t)PSA_ERROR_COMMUNICATION_FAILURE;
	} else if (message_deadlocks(e, self)) {
		call->status = -MS_EDEADLK;
	} else if (!m && !(m = message_new(s, e))) {
		call->value = (uint32_t)PSA_ERROR_CONNECTION_BUSY;
	} else if (!describe(m, call)) {
		if (handle & STATELESS)
			message_free(m);
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	} else {
		send(m, self, call, &call->argument[4]);
	}
}

/* Closed it is in any case: who cannot wait, or not so long, leaves the rest to the server. */
void sys_psa_close(struct thread *self, struct core_call *call)
{
	struct message *m = connection(self, call->argument[0]);

	if (call->argument[0] == PSA_NULL_HANDLE)
		return;
	if (!m) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
		return;
	}
	m->gone = true;
	if (m->broken) {
		message_free(m);
	} else if (message_deadlocks(m->endpoint, self)) {
		call->status = -MS_EDEADLK;
		message_send(m, NULL);
	} else {
		send(m, self, call, &call->argument[2]);
	}
}

void sys_psa_notify(struct thread *self, struct core_call *call)
{
	struct service *s = self->service, *to = service_of((uint32_t)call->argument[0]);

	if (to && (to == s || endpoint_joins(s, to) || endpoint_joins(to, s)))
		service_signal(to, PSA_DOORBELL);
	else
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
}

void sys_psa_panic(struct thread *self, struct core_call *call)
{
	fault_caller(self, call, CORE_CAUSE_ABORT);
}
