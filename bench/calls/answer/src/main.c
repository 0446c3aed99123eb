/* SPDX-License-Identifier: Apache-2.0 */
/* Answers each message: reads all that it brings and gives as much back as there is room for. */
#include <psa/service.h>
#include <psa_manifest/answer.h>

int main(void)
{
	static uint8_t content[1024];
	psa_msg_t m;

	for (;;) {
		psa_wait(ANSWER_SIGNAL, PSA_BLOCK);
		if (psa_get(ANSWER_SIGNAL, &m) != PSA_SUCCESS)
			continue;
		if (m.in_size[0])
			psa_read(m.handle, 0, content, m.in_size[0]);
		if (m.out_size[0])
			psa_write(m.handle, 0, content, m.out_size[0]);
		psa_reply(m.handle, PSA_SUCCESS);
	}
}
