/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service that does AES, and proves at its start that it does: each of
 * NIST's known answers is compared, on the processor it runs on.
 */
#include <stdio.h>
#include <stdlib.h>

#include <SysCall.h>

#include "kat.h"

int main(void)
{
	unsigned vectors = 0, wrong = 0;

	int rc = aes_init();
	if (rc != 0) {
		LOG_ERROR("no cryptography: psa_crypto_init gives %d", rc);
		return EXIT_FAILURE;
	}

	for (unsigned i = 0; i < kat_set_count; i++) {
		unsigned bad = kat_compare(&kat_sets[i]);

		printf("%-17s %3u vectors, %u wrong\n", kat_sets[i].name, kat_sets[i].count, bad);
		vectors += kat_sets[i].count;
		wrong += bad;
	}
	printf("%u vectors encrypted and decrypted, %u answers wrong\n", vectors, wrong);

	return wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}
