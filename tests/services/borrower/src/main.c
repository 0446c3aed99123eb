/* SPDX-License-Identifier: Apache-2.0 */
/* Borrows a block, reads and writes it, has it taken back, and touches it once more. */
#include <string.h>

#include <SysCall.h>
#include <ms/shared.h>
#include <psa/client.h>
#include <psa_manifest/borrower.h>
#include <psa_manifest/sid.h>

int main(void)
{
	void *frames = NULL;

	LOG_INFO("not lent: %d", ms_shared_map(FRAMES_SHARED, &frames));
	LOG_INFO("lent: %d", (int)psa_call(LENDER_HANDLE, 1, NULL, 0, NULL, 0));
	LOG_INFO("mapped: %d", ms_shared_map(FRAMES_SHARED, &frames));
	LOG_INFO("read '%s'", (const char *)frames);
	strcpy(frames, "second frame");
	LOG_INFO("taken back: %d", (int)psa_call(LENDER_HANDLE, 2, NULL, 0, NULL, 0));
	LOG_INFO("read '%s'", (const char *)frames);
	return 0;
}
