/* SPDX-License-Identifier: Apache-2.0 */
#include "stand_in.h"

#include <stddef.h>

#include <psa/service.h>

#include "gate.h"

struct ms_stand_in ms_stand_in_talk;

static struct ms_stand_in *const talk = &ms_stand_in_talk;

static void tell(enum stand_in_state state)
{
	talk->state = state;
	ms_gate(STAND_IN_ASK, 0, 0, 0, 0, 0, 0);
}

static void call(void)
{
	psa_invec in[STAND_IN_VECTORS];
	psa_outvec out[STAND_IN_VECTORS];
	size_t at = 0;

	for (uint32_t i = 0; i < talk->in_count; at += talk->in_size[i++])
		in[i] = (psa_invec){ talk->in + at, talk->in_size[i] };
	at = 0;
	for (uint32_t i = 0; i < talk->out_count; at += talk->out_size[i++])
		out[i] = (psa_outvec){ talk->out + at, talk->out_size[i] };
	talk->status = psa_call(talk->handle, talk->type, in, talk->in_count, out, talk->out_count);
	for (uint32_t i = 0; i < talk->out_count; i++)
		talk->out_size[i] = (uint32_t)out[i].len;
}

static void obey(void)
{
	if (talk->state == STAND_IN_CONNECT)
		talk->status = psa_connect(talk->sid, talk->version);
	else if (talk->state == STAND_IN_CALL)
		call();
	else if (talk->state == STAND_IN_CLOSE)
		psa_close(talk->handle);
	else
		return;
	tell(STAND_IN_DONE);
}

/* All that fits of a request's inputs; a longer one is cut. */
static void take_inputs(const psa_msg_t *m)
{
	size_t at = 0;

	talk->in_count = talk->out_count = 0;
	for (uint32_t i = 0; m->type >= PSA_IPC_CALL && i < PSA_MAX_IOVEC; i++) {
		size_t size = m->in_size[i] < STAND_IN_ROOM - at ? m->in_size[i] : STAND_IN_ROOM - at;

		talk->in_size[i] = (uint32_t)psa_read(m->handle, i, talk->in + at, size);
		talk->out_size[i] = (uint32_t)m->out_size[i];
		at += talk->in_size[i];
		talk->in_count = talk->out_count = i + 1;
	}
}

/* What the test has left in out_size is how much of each is to be written. */
static void give_outputs(const psa_msg_t *m)
{
	size_t at = 0;

	for (uint32_t i = 0; i < talk->out_count; at += talk->out_size[i++])
		if (talk->out_size[i])
			psa_write(m->handle, i, talk->out + at, talk->out_size[i]);
}

/* The test may make a call with this stand-in only when it answers none. */
static void serve(psa_signal_t signal)
{
	psa_msg_t m;

	if (psa_get(signal, &m) != PSA_SUCCESS)
		return;
	take_inputs(&m);
	talk->type = m.type;
	talk->client_id = m.client_id;
	talk->signal = signal;
	talk->rhandle = (uintptr_t)m.rhandle;
	tell(STAND_IN_ANSWER);
	give_outputs(&m);
	if (m.type != PSA_IPC_DISCONNECT && talk->rhandle != (uintptr_t)m.rhandle)
		psa_set_rhandle(m.handle, (void *)talk->rhandle);
	psa_reply(m.handle, talk->status);
}

void ms_stand_in(void)
{
	for (;;) {
		psa_signal_t set = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);

		if (set & PSA_DOORBELL) {
			psa_clear();
			obey();
		}
		for (unsigned bit = 4; bit < 32; bit++)
			if (set >> bit & 1)
				serve(UINT32_C(1) << bit);
	}
}
