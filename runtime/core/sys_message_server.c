/* SPDX-License-Identifier: Apache-2.0 */
/* System calls of servers: wait, take a message, read, write and answer it.  All are for the main thread; misuse stops the service. */
#include <ms/abi/abi.h>

#include "fault.h"
#include "message.h"
#include "syscall.h"

enum { COPY_PIECE = 256 };	/* bytes before an interrupt may be served */

static bool may_wait(const struct thread *self, uint32_t mask)
{
	const struct service *s = self->service;

	return self == s->main && (mask & (s->signals | PSA_DOORBELL));
}

static void wait(struct thread *self, struct core_call *call, uint32_t mask, const uintptr_t *deadline, uintptr_t taken)
{
	self->service->wanted = mask;
	self->service->taken = taken;
	thread_wait(self, THREAD_SIGNAL, NULL);
	thread_until(self, wide(deadline));
	call->waits = true;
}

void sys_psa_wait(struct thread *self, struct core_call *call)
{
	uint32_t mask = (uint32_t)call->argument[0];

	if (!may_wait(self, mask)) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
		return;
	}
	call->value = self->service->asserted & mask;
	if (!call->value && (call->argument[1] & PSA_BLOCK))
		wait(self, call, mask, &call->argument[2], 0);
}

/* Take a message of an endpoint.  NULL: it has left, and the signal with it; or this is no endpoint's signal. */
static struct message *take(struct service *s, uint32_t signal)
{
	struct message *m = message_take(s, signal);

	if (!m && endpoint_by_signal(s, signal))
		s->asserted &= ~signal;
	return m;
}

void sys_psa_get(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint32_t signal = (uint32_t)call->argument[0];

	if (self != s->main || !(s->asserted & signal) || !service_may_write(s, call->argument[1], sizeof(psa_msg_t))) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
		return;
	}
	struct message *m = take(s, signal);

	if (m)
		message_tell(m, call->argument[1]);
	else if (s->asserted & signal)
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	else
		call->value = (uint32_t)PSA_ERROR_DOES_NOT_EXIST;
}

/* The message that the caller holds, or NULL. */
static struct message *held(const struct thread *self, const struct core_call *call)
{
	return self == self->service->main ? message_of_server(self->service, (psa_handle_t)call->argument[0]) : NULL;
}

/*
 * A vector of a request that the caller holds, for what argument 1 and 3 or, without a buffer, 2 say: how many bytes are
 * to go, no more than are left of it.  False for a programmer error.  One that was not given, or of an orphan, is empty.
 */
static bool begin(const struct thread *self, const struct core_call *call, bool output, size_t size, struct service_copy *c)
{
	struct message *m = held(self, call);
	uintptr_t i = call->argument[1];

	if (!m || m->type < PSA_IPC_CALL || i >= PSA_MAX_IOVEC)
		return false;
	bool given = m->state != MESSAGE_ORPHAN && i < (output ? m->outputs : m->inputs);
	size_t left;

	c->message = m;
	c->vector = &m->vector[output ? (m->inputs + i) % PSA_MAX_IOVEC : i];
	left = given ? c->vector->left : 0;
	c->left = size < left ? size : left;
	c->done = 0;
	c->output = output;
	c->buffer = call->argument[2];
	return !output || size <= left || m->state == MESSAGE_ORPHAN;
}

/*
 * One piece of what psa_read or psa_write copies; the client, or what it lent or borrowed, may have gone since the last.  Both ends are
 * still their services' to read and to write: a block of shared memory may have been taken away.
 */
static void copy(struct thread *t)
{
	struct service_copy *c = &t->service->copy;
	const struct service *reads = c->output ? t->service : c->message->client, *writes = c->output ? c->message->client : t->service;
	uintptr_t from = c->output ? c->buffer : c->vector->base, to = c->output ? c->vector->base : c->buffer;
	size_t piece = c->left < COPY_PIECE ? c->left : COPY_PIECE;

	if (c->message->state == MESSAGE_ORPHAN || !service_may_read(reads, from, piece) || !service_may_write(writes, to, piece))
		piece = c->left = 0;
	port_copy(to, from, piece);
	c->vector->base += piece;
	c->vector->left -= piece;
	c->buffer += piece;
	c->left -= piece;
	c->done += piece;
	if (c->left)
		return;
	t->work = NULL;
	port_result(&t->context, MS_OK, c->done);
}

/* The main thread alone copies, so the service has room for what is to be done. */
static void transfer(struct thread *self, struct core_call *call, bool output)
{
	struct service *s = self->service;
	size_t size = call->argument[3];

	if (!begin(self, call, output, size, &s->copy) ||
	    !(output ? service_may_read : service_may_write)(s, call->argument[2], size)) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	} else if (s->copy.left) {
		self->work = copy;
		call->waits = true;
	}
}

void sys_psa_read(struct thread *self, struct core_call *call)
{
	transfer(self, call, false);
}

void sys_psa_write(struct thread *self, struct core_call *call)
{
	transfer(self, call, true);
}

void sys_psa_skip(struct thread *self, struct core_call *call)
{
	struct service_copy c;

	if (!begin(self, call, false, call->argument[2], &c)) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
		return;
	}
	if (c.left) {
		c.vector->base += c.left;
		c.vector->left -= c.left;
	}
	call->value = c.left;
}

/*
 * Tell the client how much was written of each output: what it said of its size, which it alone can have changed
 * since, without what is left.
 */
static void tell_written(const struct message *m)
{
	for (unsigned i = 0; i < m->outputs; i++) {
		uintptr_t at = m->out + i * sizeof(psa_outvec) + offsetof(psa_outvec, len);
		size_t size;

		if (!service_may_write(m->client, at, sizeof(size)))
			return;
		port_copy_in(&size, at, sizeof(size));
		size -= m->vector[m->inputs + i].left;
		port_copy_out(at, &size, sizeof(size));
	}
}

static bool answers_connect(psa_status_t status)
{
	return status == PSA_SUCCESS || status == PSA_ERROR_CONNECTION_REFUSED || status == PSA_ERROR_CONNECTION_BUSY;
}

void sys_psa_reply(struct thread *self, struct core_call *call)
{
	psa_status_t status = (psa_status_t)call->argument[1];
	struct message *m = held(self, call);

	if (!m || (m->type == PSA_IPC_CONNECT && !answers_connect(status))) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
	} else if (m->type == PSA_IPC_CONNECT) {
		message_reply(m, status == PSA_SUCCESS ? message_client_handle(m) : status, status == PSA_SUCCESS);
	} else if (m->type == PSA_IPC_DISCONNECT) {
		message_reply(m, PSA_SUCCESS, false);
	} else if (m->state == MESSAGE_ORPHAN) {
		message_reply(m, status, true);
	} else {
		struct thread *client = m->caller;

		tell_written(m);
		message_reply(m, status, true);
		if (status != PSA_ERROR_PROGRAMMER_ERROR)
			return;
		call->waits = client->service == self->service;
		fault_thread(client, CORE_CAUSE_PROTOCOL);
	}
}

/* Of what has come already, the message of the lowest signal that has one; the signals, but those whose message has left. */
static uint32_t tell_first(struct service *s, uint32_t signals, uintptr_t to)
{
	for (uint32_t rest = signals; rest; rest &= rest - 1) {
		uint32_t signal = rest & -rest;
		struct message *m = take(s, signal);

		if (m) {
			message_tell(m, to);
			break;
		}
		if (!(s->asserted & signal))
			signals &= ~signal;
	}
	return signals;
}

void sys_psa_next(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;
	uint32_t mask = (uint32_t)call->argument[2];
	uintptr_t to = call->argument[3];

	if (!may_wait(self, mask) || !service_has(s, to, sizeof(psa_msg_t))) {
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
		return;
	}
	if (call->argument[0] != PSA_NULL_HANDLE)
		sys_psa_reply(self, call);
	if (call->waits)	/* a programmer error, and it runs no more */
		return;
	call->value = s->asserted & mask;
	if (call->value)
		call->value = tell_first(s, (uint32_t)call->value, to);
	else	/* push() tells what comes later */
		wait(self, call, mask, &call->argument[4], to);
}

void sys_psa_set_rhandle(struct thread *self, struct core_call *call)
{
	struct message *m = held(self, call);

	if (m && endpoint_connects(m->endpoint))
		m->rhandle = call->argument[1];
	else
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
}

void sys_psa_clear(struct thread *self, struct core_call *call)
{
	struct service *s = self->service;

	if (self == s->main && (s->asserted & PSA_DOORBELL))
		s->asserted &= ~PSA_DOORBELL;
	else
		fault_caller(self, call, CORE_CAUSE_PROTOCOL);
}
