/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waits for messages and answers them, for ever.  It trusts no client: sizes
 * are checked, and what it does not understand gets an error as its answer.
 */
#include <stdlib.h>
#include <time.h>

#include <psa/service.h>

#include "psa_manifest/server.h"

#include "counter.h"
#include "crc32.h"
#include "sums.h"

static void sleep_a_second(void)
{
	nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
}

static psa_status_t answer_sum(const psa_msg_t *m, uint32_t sum)
{
	if (m->out_size[0] < sizeof(sum))
		return PSA_ERROR_BUFFER_TOO_SMALL;
	psa_write(m->handle, 0, &sum, sizeof(sum));
	return PSA_SUCCESS;
}

/* A pointer that leads nowhere: the hardware stops the server, and the client learns of it. */
static psa_status_t make_a_mistake(void)
{
	volatile uint32_t *volatile nowhere = NULL;

	*nowhere = 1;
	return PSA_SUCCESS;
}

static psa_status_t request(const psa_msg_t *m)
{
	uint32_t *sum = m->rhandle, number;

	switch (m->type) {
	case COUNTER_ADD:
		if (psa_read(m->handle, 0, &number, sizeof(number)) != sizeof(number))
			return PSA_ERROR_INVALID_ARGUMENT;
		*sum += number;
		return answer_sum(m, *sum);
	case COUNTER_LATER:
		sleep_a_second();
		return answer_sum(m, *sum);
	case COUNTER_BREAK:
		return make_a_mistake();
	default:
		return PSA_ERROR_NOT_SUPPORTED;
	}
}

/* What belongs to a connection is found again by its rhandle. */
static psa_status_t counter(const psa_msg_t *m)
{
	if (m->type == PSA_IPC_CONNECT) {
		uint32_t *sum = sums_take();

		psa_set_rhandle(m->handle, sum);
		return sum ? PSA_SUCCESS : PSA_ERROR_CONNECTION_BUSY;
	}
	if (m->type != PSA_IPC_DISCONNECT)
		return request(m);
	sums_give_back(m->rhandle);
	return PSA_SUCCESS;
}

/* However much there is: it is read piece by piece, straight from the client's memory. */
static psa_status_t checksum(const psa_msg_t *m)
{
	uint32_t crc = CRC32_BEGIN;
	uint8_t piece[64];
	size_t size;

	if (m->type != CHECKSUM_CRC32)
		return PSA_ERROR_NOT_SUPPORTED;
	while ((size = psa_read(m->handle, 0, piece, sizeof(piece))) > 0)
		crc = crc32_add(crc, piece, size);
	return answer_sum(m, crc32_end(crc));
}

static void serve(psa_signal_t signal, psa_status_t answer(const psa_msg_t *m))
{
	psa_msg_t m;

	if (psa_get(signal, &m) == PSA_SUCCESS)
		psa_reply(m.handle, answer(&m));
}

int main(void)
{
	for (;;) {
		psa_signal_t set = psa_wait(PSA_WAIT_ANY, PSA_BLOCK);

		if (set & COUNTER_SIGNAL)
			serve(COUNTER_SIGNAL, counter);
		if (set & CHECKSUM_SIGNAL)
			serve(CHECKSUM_SIGNAL, checksum);
	}
}
