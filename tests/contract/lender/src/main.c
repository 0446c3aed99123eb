/* SPDX-License-Identifier: Apache-2.0 */
/* Has a block, and does with it what the reader says: type 0 to 3 lends with these rights, 10 takes it back, 20 and above writes that number, 5 says what is there. */
#include <psa/service.h>
#include <psa_manifest/lender.h>

#include <ms/shared.h>

enum { TAKE_BACK = 10, SAY = 5, WRITE = 20 };

static int act(volatile uint32_t *slate, int32_t type)
{
	if (type == TAKE_BACK) {
		int rc = ms_shared_revoke(SLATE_SHARED);

		*slate = *slate;		/* it is closed to the other, and not to us */
		return rc;
	}
	if (type == SAY)
		return (int)*slate;
	if (type < WRITE)
		return ms_shared_lend(SLATE_SHARED, (uint32_t)type);
	*slate = (uint32_t)type;
	return 0;
}

int main(void)
{
	void *slate;
	psa_msg_t m;

	if (ms_shared_map(SLATE_SHARED, &slate) < 0)
		return 1;
	for (;;) {
		psa_wait(LENDER_SIGNAL, PSA_BLOCK);
		if (psa_get(LENDER_SIGNAL, &m) == PSA_SUCCESS)
			psa_reply(m.handle, act(slate, m.type));
	}
}
