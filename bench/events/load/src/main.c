/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the kernel busy, for ever: calls with 1,024 bytes each way, so that interrupts come at every moment of one. */
#include <psa/client.h>
#include <psa_manifest/sid.h>

int main(void)
{
	static uint8_t content[1024];
	psa_handle_t answer = psa_connect(ANSWER_SID, ANSWER_VERSION);
	psa_invec in = { content, sizeof(content) };
	psa_outvec out = { content, sizeof(content) };

	for (;;)
		psa_call(answer, PSA_IPC_CALL, &in, 1, &out, 1);
}
