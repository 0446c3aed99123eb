/* SPDX-License-Identifier: Apache-2.0 */
/* Who waits is kept: in a place for one. */
#include "partner.h"

#include <stdbool.h>

enum { PLACES = 4 };

static psa_handle_t waits[PLACES];
static unsigned count, left_over;
static bool mended;

void waiting_add(const psa_msg_t *m)
{
	if (left_over) {
		left_over--;
		psa_reply(m->handle, PSA_SUCCESS);
		return;
	}
	if (mended && count == PLACES) {
		psa_reply(m->handle, PSA_ERROR_CONNECTION_BUSY);
		return;
	}
	if (!mended)
		count = 0;
	waits[count++] = m->handle;
}

void waiting_wake(const psa_msg_t *m)
{
	if (count)
		psa_reply(waits[--count], PSA_SUCCESS);
	else
		left_over++;
	psa_reply(m->handle, PSA_SUCCESS);
}

void waiting_mend(const psa_msg_t *m)
{
	mended = true;
	psa_reply(m->handle, PSA_SUCCESS);
}
