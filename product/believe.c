/* SPDX-License-Identifier: Apache-2.0 */
#include "believe.h"

#include <string.h>

static bool find_one(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	const struct key_public *own = context;

	(void)role;
	if (memcmp(kid, own->kid, COSE_KID_SIZE))
		return false;
	*out = (struct believed){ .key = *own, .label = "the key that signs" };
	return true;
}

struct believer believe_one(const struct key_public *own)
{
	return (struct believer){ find_one, (void *)(uintptr_t)own };
}

int find_add(struct findings *f, const char *what, int code, const char *text)
{
	if (f->count < FINDING_MAX)
		f->at[f->count++] = (struct finding){ what, code, text };
	return code;
}
