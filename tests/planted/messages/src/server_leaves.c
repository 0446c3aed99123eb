/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

void planted_server_leaves(bool mended)
{
	psa_handle_t h = desk();
	psa_status_t status = ask(h, DESK_LEAVE);

	assert(status == PSA_SUCCESS);
	status = ask_with(h, DESK_ADD, 1);
	assert(status == PSA_SUCCESS || (mended && status == PSA_ERROR_COMMUNICATION_FAILURE));
	psa_close(h);
}
