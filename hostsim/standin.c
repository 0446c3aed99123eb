/* SPDX-License-Identifier: Apache-2.0 */
#include "standin.h"

#include <ms/sim.h>
#include <psa/service.h>
#include <string.h>

#include "complain.h"
#include "simboard.h"
#include "stand_in.h"

enum { SIGNAL_FIRST = 4 };
#define PATIENCE_NSEC UINT64_C(3600000000000)	/* of virtual time: a server that never answers is noticed */

static struct standin {
	bool there;
	sim_server *answer;
	void *context;
} standins[LAYOUT_SERVICE_MAX];

void standin_reset(void)
{
	memset(standins, 0, sizeof(standins));
}

bool standin_is(const struct area *a)
{
	return standins[device_place(device_life_of(a))].there;
}

static struct ms_stand_in *talk_of(const struct life *l)
{
	return l->area->instance.stand_in_talk;
}

static struct life *life_of(const char *service)
{
	struct life *l = device_life(service);

	if (!l)
		complain("there is no service '%s' in this program", service);
	return l;
}

/* From its start on; one that runs already has a main of its own. */
static struct standin *stand_in(struct life *l, const char *service)
{
	struct standin *s = &standins[device_place(l)];

	if (s->there)
		return s;
	if (l->service->run_count)
		complain("'%s' runs already: stand in for it before it is started", service);
	s->there = true;
	l->service->plan.entry = (uintptr_t)l->area->instance.stand_in;
	device_start(l);
	return s;
}

void sim_serve(struct sim *s, const char *service, sim_server *answer, void *context)
{
	struct life *l = life_of(service);
	struct standin *in = stand_in(l, service);

	(void)s;
	in->answer = answer;
	in->context = context;
}

static uint32_t sid_of(const struct life *l, uint32_t signal)
{
	return l->area->instance.facts->interfaces[__builtin_ctz(signal) - SIGNAL_FIRST].sid;
}

static int32_t standard_answer(int32_t type)
{
	return type < 0 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
}

/* What the test writes goes to `reply` first: it must not change what is still to be read. */
static void answer(const struct life *l, const struct standin *in)
{
	SELDOM static uint8_t reply[STAND_IN_VECTORS][STAND_IN_ROOM];
	struct ms_stand_in *t = talk_of(l);
	struct sim_message m = { .sid = sid_of(l, t->signal), .type = t->type, .client_id = t->client_id, .rhandle = (void *)t->rhandle };
	size_t at = 0;

	for (uint32_t i = 0; i < t->in_count; at += t->in_size[i++]) {
		m.in[i] = t->in + at;
		m.in_size[i] = t->in_size[i];
		m.out[i] = reply[i];
		m.out_room[i] = t->out_size[i] < STAND_IN_ROOM ? t->out_size[i] : STAND_IN_ROOM;
	}
	pages_open_all();
	t->status = in->answer ? in->answer(&m, in->context) : standard_answer(t->type);
	t->rhandle = (uintptr_t)m.rhandle;
	at = 0;
	for (uint32_t i = 0; i < t->out_count; at += t->out_size[i++]) {
		if (m.out_size[i] > m.out_room[i] || m.out_size[i] > STAND_IN_ROOM - at)
			complain("an answer has %zu bytes in output %u, the client has room for %zu", m.out_size[i], i, m.out_room[i]);
		memcpy(t->out + at, reply[i], m.out_size[i]);
		t->out_size[i] = (uint32_t)m.out_size[i];
	}
}

bool standin_asked(struct life *l)
{
	struct ms_stand_in *t = talk_of(l);

	if (t->state == STAND_IN_DONE)
		return true;
	answer(l, &standins[device_place(l)]);
	t->state = STAND_IN_IDLE;
	return false;
}

/* Let the stand-in do something, and the device run until it is done; false when it was stopped for it. */
static bool order(struct life *l, const char *service, enum stand_in_state what)
{
	struct ms_stand_in *t = talk_of(l);
	uint32_t run = l->service->run_count;

	t->state = what;
	service_signal(l->service, PSA_DOORBELL);
	device_run(simboard_now() + PATIENCE_NSEC, false);
	if (l->service->run_count != run || !l->service->main)
		return false;
	if (t->state != STAND_IN_DONE)
		complain("what '%s' was to do has no end: nobody answers", service);
	t->state = STAND_IN_IDLE;
	return true;
}

int32_t sim_connect(struct sim *s, const char *service, uint32_t sid, uint32_t version)
{
	struct life *l = life_of(service);

	(void)s;
	stand_in(l, service);
	talk_of(l)->sid = sid;
	talk_of(l)->version = version;
	return order(l, service, STAND_IN_CONNECT) ? talk_of(l)->status : PSA_ERROR_PROGRAMMER_ERROR;
}

void sim_disconnect(struct sim *s, const char *service, int32_t handle)
{
	struct life *l = life_of(service);

	(void)s;
	stand_in(l, service);
	talk_of(l)->handle = handle;
	order(l, service, STAND_IN_CLOSE);
}

/* Vectors lie one after the other; each begins where the room of those before it ends. */
static uint32_t lay_out(const struct sim_vector *vectors, size_t count, uint32_t sizes[STAND_IN_VECTORS])
{
	size_t sum = 0;

	if (count > STAND_IN_VECTORS)
		complain("a call has at most %d vectors", STAND_IN_VECTORS);
	for (size_t i = 0; i < count; i++) {
		if (vectors[i].size > STAND_IN_ROOM - sum)
			complain("a call of a stand-in has at most %d bytes each way", STAND_IN_ROOM);
		sizes[i] = (uint32_t)vectors[i].size;
		sum += vectors[i].size;
	}
	return (uint32_t)count;
}

int32_t sim_call_vectors(struct sim *s, const char *service, int32_t handle, int32_t type, const struct sim_vector *in, size_t in_count,
			 struct sim_vector *out, size_t out_count)
{
	struct life *l = life_of(service);
	struct ms_stand_in *t = talk_of(l);
	size_t at = 0;

	(void)s;
	stand_in(l, service);
	t->handle = handle;
	t->type = type;
	t->in_count = lay_out(in, in_count, t->in_size);
	t->out_count = lay_out(out, out_count, t->out_size);
	for (size_t i = 0; i < in_count; at += in[i++].size)
		if (in[i].size)
			memcpy(t->in + at, in[i].at, in[i].size);
	if (!order(l, service, STAND_IN_CALL))
		return PSA_ERROR_PROGRAMMER_ERROR;
	at = 0;
	for (size_t i = 0; i < out_count; i++) {
		size_t room = out[i].size;

		out[i].size = t->out_size[i];
		if (out[i].size)
			memcpy(out[i].at, t->out + at, out[i].size);
		at += room;
	}
	return t->status;
}

int32_t sim_call(struct sim *s, const char *service, int32_t handle, int32_t type, const void *in, size_t in_size,
		 void *out, size_t *out_size)
{
	const struct sim_vector to = { (void *)in, in_size };
	struct sim_vector back = { out, out_size ? *out_size : 0 };
	int32_t status = sim_call_vectors(s, service, handle, type, &to, in != NULL, &back, out_size != NULL);

	if (out_size)
		*out_size = back.size;
	return status;
}
