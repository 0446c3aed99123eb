/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <psa/service.h>

#include "psa_manifest/planted.h"

static void answer(void)
{
	psa_msg_t m;

	if (psa_get(BACK_SIGNAL, &m) == PSA_SUCCESS)
		psa_reply(m.handle, PSA_SUCCESS);
}

/* The partner connects, rings and disconnects: three messages. */
static void serve_the_ring(void)
{
	for (int i = 0; i < 3; i++) {
		psa_wait(BACK_SIGNAL, PSA_BLOCK);
		answer();
	}
}

/* Either what the partner wants is done first, or it is looked for before the call that makes it wait: in vain if it has not called yet. */
void planted_cyclic_call(bool mended)
{
	psa_handle_t h = desk();
	psa_status_t status = ask(h, DESK_RING);

	assert(status == PSA_SUCCESS);
	if (mended || psa_wait(BACK_SIGNAL, PSA_POLL))
		serve_the_ring();
	status = ask_with(h, DESK_ADD, 1);
	assert(status == PSA_SUCCESS);
	psa_close(h);
}
