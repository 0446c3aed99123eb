/* SPDX-License-Identifier: Apache-2.0 */
/* Answers what desk.h says, for ever. */
#include "partner.h"

#include "desk.h"

static uint32_t sum, done;

psa_status_t answer_number(const psa_msg_t *m, uint32_t number)
{
	if (m->out_size[0] >= sizeof(number))
		psa_write(m->handle, 0, &number, sizeof(number));
	return PSA_SUCCESS;
}

static psa_status_t add(const psa_msg_t *m)
{
	uint32_t number = 0;

	psa_read(m->handle, 0, &number, sizeof(number));
	sum += number;
	return answer_number(m, sum);
}

/* Of a call that was given up nothing can be read: it changes nothing. */
static psa_status_t add_once(const psa_msg_t *m)
{
	uint32_t request[2] = { 0, 0 };

	if (psa_read(m->handle, 0, request, sizeof(request)) == sizeof(request) && request[0] != done) {
		sum += request[1];
		done = request[0];
	}
	return answer_number(m, sum);
}

static psa_status_t set(const psa_msg_t *m)
{
	psa_read(m->handle, 0, &sum, sizeof(sum));
	return PSA_SUCCESS;
}

static void ring_back(const psa_msg_t *m)
{
	psa_reply(m->handle, PSA_SUCCESS);

	psa_handle_t h = psa_connect(BACK_SID, BACK_VERSION);

	psa_call(h, BACK_RING, NULL, 0, NULL, 0);
	psa_close(h);
}

static void request(const psa_msg_t *m)
{
	switch (m->type) {
	case DESK_ADD: psa_reply(m->handle, add(m)); break;
	case DESK_ADD_ONCE: psa_reply(m->handle, add_once(m)); break;
	case DESK_GET: psa_reply(m->handle, answer_number(m, sum)); break;
	case DESK_SET: psa_reply(m->handle, set(m)); break;
	case DESK_RING: ring_back(m); break;
	case DESK_EVENTS: events_begin(m); break;
	case DESK_TAKE: psa_reply(m->handle, events_take(m)); break;
	case DESK_WAIT: waiting_add(m); break;
	case DESK_WAKE: waiting_wake(m); break;
	case DESK_MEND: waiting_mend(m); break;
	case DESK_LEAVE: leave_soon(m); break;
	default: psa_reply(m->handle, PSA_SUCCESS); break;	/* connect, disconnect */
	}
}

int main(void)
{
	psa_msg_t m;

	for (;;) {
		psa_wait(DESK_SIGNAL, PSA_BLOCK);
		if (psa_get(DESK_SIGNAL, &m) == PSA_SUCCESS)
			request(&m);
	}
}
