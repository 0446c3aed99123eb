/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

static bool by_one_message;

static void *add(void *unused)
{
	psa_handle_t h = desk();

	if (by_one_message)
		ask_with(h, DESK_ADD, 1);
	else
		ask_with(h, DESK_SET, ask_for(h, DESK_GET) + 1);
	psa_close(h);
	return unused;
}

static void *add_later(void *unused)
{
	later();
	return add(unused);
}

void planted_read_then_write(bool mended)
{
	by_one_message = mended;
	both(add, add_later);

	psa_handle_t h = desk();

	assert(ask_for(h, DESK_GET) == 2);
	psa_close(h);
}
