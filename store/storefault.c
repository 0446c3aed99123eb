/* SPDX-License-Identifier: Apache-2.0 */
#include "storefault.h"

#ifdef STORE_FAULTS

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "out.h"

static atomic_long left = -1;	/* -1: not asked for yet */

void storefault(const char *where)
{
	long now = atomic_load(&left);

	if (now < 0) {
		const char *text = getenv("MS_STORE_FAULT");
		now = text ? strtol(text, NULL, 10) : 0;
		atomic_store(&left, now);
	}
	if (!now || atomic_fetch_sub(&left, 1) != 1)
		return;
	out_say("ends here: %s", where);
	raise(SIGKILL);
}

#endif
