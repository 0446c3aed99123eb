/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <psa/service.h>

void planted_notify_cleared(bool mended)
{
	psa_handle_t h = desk();
	uint32_t events = 0;

	ask(h, DESK_EVENTS);
	while (events < 2) {
		psa_wait(PSA_DOORBELL, PSA_BLOCK);
		if (mended)
			psa_clear();
		events += ask_for(h, DESK_TAKE);
		if (!mended && events < 2)
			psa_clear();
	}
	psa_close(h);
}
