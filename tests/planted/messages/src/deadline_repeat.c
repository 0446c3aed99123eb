/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <ms/psa.h>
#include <ms/syscall.h>

enum { PATIENCE_NSEC = 1000000, TRIES = 8 };

/* With a deadline; by a connection of its own, as that of a call which was given up may be busy still. */
static bool try_to_add(int32_t type, const void *in, size_t size)
{
	psa_handle_t h = desk();
	psa_status_t status;
	int rc = ms_psa_call(h, type, &(psa_invec){ in, size }, 1, NULL, 0, ms_clock() + PATIENCE_NSEC, &status);

	psa_close(h);
	return rc == 0 && status == PSA_SUCCESS;
}

void planted_deadline_repeat(bool mended)
{
	static const uint32_t number = 1, request[] = { 4711, 1 };
	bool added = false;

	for (int i = 0; i < TRIES && !added; i++)
		added = mended ? try_to_add(DESK_ADD_ONCE, request, sizeof(request)) : try_to_add(DESK_ADD, &number, sizeof(number));

	psa_handle_t h = desk();

	assert(added);
	assert(ask_for(h, DESK_GET) == 1);
	psa_close(h);
}
