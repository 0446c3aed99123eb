/* SPDX-License-Identifier: Apache-2.0 */
/* Lends its block for a message of type 1, takes it back for one of type 2. */
#include <string.h>

#include <SysCall.h>
#include <ms/shared.h>
#include <psa/service.h>
#include <psa_manifest/owner.h>

int main(void)
{
	void *frames;
	psa_msg_t m;

	if (ms_shared_map(FRAMES_SHARED, &frames) < 0)
		return 1;
	LOG_INFO("byte 5 is %d", ((const char *)frames)[5]);
	strcpy(frames, "first frame");
	for (;;) {
		psa_wait(LENDER_SIGNAL, PSA_BLOCK);
		if (psa_get(LENDER_SIGNAL, &m) != PSA_SUCCESS)
			continue;
		psa_reply(m.handle, m.type == 1 ? ms_shared_lend(FRAMES_SHARED, MS_SHARED_READ | MS_SHARED_WRITE) : ms_shared_revoke(FRAMES_SHARED));
		LOG_INFO("it holds '%s'", (const char *)frames);
	}
}
