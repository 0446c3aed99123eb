/* SPDX-License-Identifier: Apache-2.0 */
/* A block of one kind is that of no other, and is what its prefix says. */
#include <string.h>

#include "cose.h"
#include "fuzz.h"

FUZZ(in)
{
	static const char *const kinds[] = { COSE_KIND_IMAGE, COSE_KIND_PACKAGE, COSE_KIND_TABLE };
	unsigned accepted = 0;

	for (unsigned i = 0; i < 3; i++) {
		uint8_t prefix[32], tbs[COSE_TBS_PREFIX_MAX];
		const uint8_t *kid;

		if (cose_check(in, kinds[i], &kid) < 0)
			continue;
		accepted++;
		cose_prefix(prefix, kinds[i], kid);
		must(memcmp(prefix, in.at, sizeof(prefix)) == 0);
		must(cose_tbs_prefix(tbs, in.at, in.at[95]) <= sizeof(tbs));
	}
	must(accepted <= 1);
}
