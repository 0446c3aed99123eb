/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <psa/service.h>

void planted_notify_counted(bool mended)
{
	psa_handle_t h = desk();
	uint32_t events = 0;

	ask(h, DESK_EVENTS);
	while (events < 2) {
		psa_wait(PSA_DOORBELL, PSA_BLOCK);
		psa_clear();
		events += mended ? ask_for(h, DESK_TAKE) : 1;
	}
	psa_close(h);
}
