/* SPDX-License-Identifier: Apache-2.0 */
/* What a person writes who answers without a binding, and believes nothing of a message. */
#include <psa/service.h>

#include "psa_manifest/written.h"
#include "written_messages.h"

static uint8_t data[WRITTEN_DATA_MAX];

static psa_status_t add(const psa_msg_t *m)
{
	struct written_summands in;
	int32_t sum = 0;

	if (m->in_size[0] != sizeof(in) || m->out_size[0] != sizeof(sum) || psa_read(m->handle, 0, &in, sizeof(in)) != sizeof(in))
		return PSA_ERROR_INVALID_ARGUMENT;
	psa_status_t status = written_add(in.a, in.b, &sum);
	if (status >= 0)
		psa_write(m->handle, 0, &sum, sizeof(sum));
	return status;
}

static psa_status_t turn(const psa_msg_t *m)
{
	struct written_point from, to = { 0 };

	if (m->in_size[0] != sizeof(from) || m->out_size[0] != sizeof(to) || psa_read(m->handle, 0, &from, sizeof(from)) != sizeof(from))
		return PSA_ERROR_INVALID_ARGUMENT;
	psa_status_t status = written_turn(&from, &to);
	if (status >= 0)
		psa_write(m->handle, 0, &to, sizeof(to));
	return status;
}

static psa_status_t fold(const psa_msg_t *m)
{
	uint8_t folded[16] = { 0 };
	size_t size = m->in_size[0];

	if (size > sizeof(data) || m->out_size[0] != sizeof(folded) || psa_read(m->handle, 0, data, size) != size)
		return PSA_ERROR_INVALID_ARGUMENT;
	psa_status_t status = written_fold(data, size, folded);
	if (status >= 0)
		psa_write(m->handle, 0, folded, sizeof(folded));
	return status;
}

static psa_status_t count(const psa_msg_t *m)
{
	size_t room = m->out_size[0] < sizeof(data) ? m->out_size[0] : sizeof(data);
	size_t length = 0;
	psa_status_t status = written_count(data, room, &length);

	if (status >= 0)
		psa_write(m->handle, 0, data, length < room ? length : room);
	return status;
}

static psa_status_t answer(const psa_msg_t *m)
{
	switch (m->type) {
	case WRITTEN_NOTHING:
		return written_nothing();
	case WRITTEN_ADD:
		return add(m);
	case WRITTEN_TURN:
		return turn(m);
	case WRITTEN_FOLD:
		return fold(m);
	case WRITTEN_COUNT:
		return count(m);
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

int main(void)
{
	psa_msg_t m;

	for (;;) {
		psa_wait(WRITTEN_SIGNAL, PSA_BLOCK);
		if (psa_get(WRITTEN_SIGNAL, &m) == PSA_SUCCESS)
			psa_reply(m.handle, answer(&m));
	}
}
