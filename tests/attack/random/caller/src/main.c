/* SPDX-License-Identifier: Apache-2.0 */
/* A client of who draws its calls: connects, calls with vectors of all numbers and sizes, rings, opens what was lent. It believes nothing, and may be stopped. */
#include <ms/psa.h>
#include <ms/shared.h>
#include <psa_manifest/caller.h>
#include <psa_manifest/pid.h>
#include <psa_manifest/sid.h>

#include <SysCall.h>

enum { PATIENCE_NSEC = 20000000, PAUSE_NSEC = 200000 };

static uint8_t text[4][64];

static void call(psa_handle_t handle, unsigned turn)
{
	unsigned inputs = turn % 5, outputs = (4 - inputs) & turn >> 3;
	psa_invec in[4];
	psa_outvec out[4];
	psa_status_t status;

	for (unsigned i = 0; i < 4; i++) {
		in[i] = (psa_invec){ text[i], turn % (sizeof(text[i]) + 1) };
		out[i] = (psa_outvec){ text[i], sizeof(text[i]) };
	}
	ms_psa_call(handle, (int32_t)(turn & 7), in, inputs, out, outputs, ms_clock() + PATIENCE_NSEC, &status);
}

int main(void)
{
	for (unsigned turn = 0;; turn++) {
		psa_handle_t line = 0;
		void *loan;

		call((psa_handle_t)SINK_HANDLE, turn);
		if (ms_psa_connect(LINE_SID, LINE_VERSION, ms_clock() + PATIENCE_NSEC, &line) == MS_OK && line > 0) {
			call(line, turn + 1);
			ms_psa_close(line, ms_clock() + PATIENCE_NSEC);
		}
		psa_notify(DRAWER_PID);
		if (ms_shared_map(LOAN_SHARED, &loan) == MS_OK)
			ms_shared_unmap(LOAN_SHARED);
		ms_sleep_until(ms_clock() + PAUSE_NSEC);
	}
}
