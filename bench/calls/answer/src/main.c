/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers each message: reads all that it brings and gives as much back as there is room for.  A message of type 1 is the
 * last so: each after it is answered with nothing, by the one call that replies, waits and takes the next.
 */
#include <ms/psa.h>
#include <psa_manifest/answer.h>

static void answer_by_one_call(psa_msg_t m)
{
	psa_signal_t set;

	for (;;)
		ms_psa_next(m.handle, PSA_SUCCESS, ANSWER_SIGNAL, MS_FOREVER, &m, &set);
}

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
		if (m.type == 1)
			answer_by_one_call(m);
		psa_reply(m.handle, PSA_SUCCESS);
	}
}
