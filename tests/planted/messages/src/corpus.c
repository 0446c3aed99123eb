/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include <assert.h>
#include <stddef.h>
#include <time.h>

psa_handle_t desk(void)
{
	psa_handle_t h = psa_connect(DESK_SID, DESK_VERSION);

	assert(PSA_HANDLE_IS_VALID(h));
	return h;
}

psa_status_t ask(psa_handle_t h, int32_t type)
{
	return psa_call(h, type, NULL, 0, NULL, 0);
}

psa_status_t ask_with(psa_handle_t h, int32_t type, uint32_t number)
{
	return psa_call(h, type, &(psa_invec){ &number, sizeof(number) }, 1, NULL, 0);
}

uint32_t ask_for(psa_handle_t h, int32_t type)
{
	uint32_t number = 0;
	psa_status_t status = psa_call(h, type, NULL, 0, &(psa_outvec){ &number, sizeof(number) }, 1);

	assert(status == PSA_SUCCESS);
	return number;
}

void later(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}
