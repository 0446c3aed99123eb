/* SPDX-License-Identifier: Apache-2.0 */
/* What a stranger puts behind a claim is taken apart without a fault, and proves nothing to who believes nobody. */
#include "fuzz.h"

#include "domainproof.h"

FUZZ(in)
{
	struct bytes text, proof;
	struct err e;

	domainproof_split(in, &text, &proof);
	must(text.size + proof.size == in.size);
	must(domainproof_check(NULL, text, proof, "example.org", &e) == -MS_ESIGNATURE);
}
