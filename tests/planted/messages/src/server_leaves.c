/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

/* Who knows that a server can leave at any time takes that for an answer. */
static bool is_expected(psa_status_t status, bool mended)
{
	return status == PSA_SUCCESS || (mended && status == PSA_ERROR_COMMUNICATION_FAILURE);
}

void planted_server_leaves(bool mended)
{
	psa_handle_t h = desk();
	psa_status_t status = ask(h, DESK_LEAVE);

	assert(is_expected(status, mended));
	if (status == PSA_SUCCESS)
		status = ask_with(h, DESK_ADD, 1);
	assert(is_expected(status, mended));
	psa_close(h);
}
