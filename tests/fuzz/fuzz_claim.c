/* SPDX-License-Identifier: Apache-2.0 */
/* A claim from a stranger has one form, and is believed by its signature alone. */
#include "fuzz.h"

#include "claim.h"

FUZZ(in)
{
	struct arena a = { 0 };
	struct claim c;
	struct err e;

	int rc = claim_read(in, &a, &c, &e);
	must(rc == MS_OK || rc == -MS_EFORMAT || rc == -MS_ESIGNATURE);
	if (rc == MS_OK)
		must(key_verify(&c.key, COSE_KIND_CLAIM, bytes_part(in, 0, in.size - sizeof("# signature: \n") + 1 - 2 * COSE_BLOCK_SIZE), BYTES_OF(c.block)) == MS_OK);
	arena_done(&a);
}
