/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static psa_handle_t shared;
static bool own_ones;

static void *add(void *unused)
{
	const uint32_t one = 1;
	psa_handle_t h = own_ones ? desk() : shared;

	psa_call(h, DESK_ADD, &(psa_invec){ &one, sizeof(one) }, 1, NULL, 0);
	if (own_ones)
		psa_close(h);
	return unused;
}

static void *add_later(void *unused)
{
	later();
	return add(unused);
}

void planted_shared_handle(bool mended)
{
	own_ones = mended;
	shared = desk();
	both(add, add_later);
	assert(ask_for(shared, DESK_GET) == 2);
	psa_close(shared);
}
