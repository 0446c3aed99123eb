/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The other side of the twin check: what it does with a call says the call's type.  What it was told of the message it gives back in
 * the first output, so that the client can print it.
 */
#include <string.h>

#include <SysCall.h>
#include <ms/psa.h>
#include <psa_manifest/peer.h>

#include "acts.h"

static uint8_t content[256];

static psa_status_t serve(const psa_msg_t *m)
{
	struct told told = { .type = m->type, .rhandle = m->rhandle != NULL };

	for (unsigned i = 0; i < PSA_MAX_IOVEC; i++) {
		told.in_size[i] = (uint32_t)m->in_size[i];
		told.out_size[i] = (uint32_t)m->out_size[i];
	}
	switch (m->type) {
	case ACT_TELL:
		psa_write(m->handle, 0, &told, m->out_size[0] < sizeof(told) ? m->out_size[0] : sizeof(told));
		return PSA_SUCCESS;
	case ACT_ECHO: {
		size_t size = psa_read(m->handle, 0, content, sizeof(content));

		psa_write(m->handle, 0, content, size < m->out_size[0] ? size : m->out_size[0]);
		return (psa_status_t)size;
	}
	case ACT_SKIP:
		return (psa_status_t)(psa_skip(m->handle, 0, 3) + 100 * psa_read(m->handle, 0, content, 2) + 10000 * psa_skip(m->handle, 0, SIZE_MAX));
	case ACT_SLOW:
		ms_sleep_until(ms_clock() + SLOW_NSEC);
		return PSA_SUCCESS;
	case ACT_REMEMBER:
		psa_set_rhandle(m->handle, content);
		return PSA_SUCCESS;
	case ACT_DIE:
		ms_exit(7);
	case ACT_BLAME:
		return PSA_ERROR_PROGRAMMER_ERROR;
	default:
		return (psa_status_t)m->type;
	}
}

int main(void)
{
	psa_msg_t m = { .handle = PSA_NULL_HANDLE };
	psa_status_t status = PSA_SUCCESS;

	for (;;) {
		psa_signal_t set;

		ms_psa_next(m.handle, status, PSA_WAIT_ANY, MS_FOREVER, &m, &set);
		if (set & PSA_DOORBELL)
			psa_clear();
		if (m.handle == PSA_NULL_HANDLE)
			continue;
		status = m.type == PSA_IPC_CONNECT || m.type == PSA_IPC_DISCONNECT ? PSA_SUCCESS : serve(&m);
	}
}
