/* SPDX-License-Identifier: Apache-2.0 */
#include "nonces.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "out.h"

const char *nonces_make(struct nonces *n, uint64_t now_nsec, struct arena *a)
{
	uint8_t random[CLAIM_NONCE_DIGITS / 2];
	uint32_t at = n->next++ % NONCE_COUNT;
	struct err e;

	if (getrandom(random, sizeof(random), 0) != sizeof(random)) {
		err_errno(&e, "there are no random numbers");
		out_die(&e);
	}
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(n->at[at].digits + 2 * i, 3, "%02x", random[i]);
	n->at[at].ends_nsec = now_nsec + NONCE_SEC * UINT64_C(1000000000);
	return arena_printf(a, "%s", n->at[at].digits);
}

bool nonces_take(struct nonces *n, const char *digits, uint64_t now_nsec)
{
	for (size_t i = 0; i < NONCE_COUNT; i++) {
		if (!n->at[i].ends_nsec || strcmp(n->at[i].digits, digits))
			continue;
		bool good = now_nsec < n->at[i].ends_nsec;
		n->at[i].ends_nsec = 0;
		return good;
	}
	return false;
}
