/* SPDX-License-Identifier: Apache-2.0 */
/* Lets other services call the functions of cipher.h, for ever. */
#include <stdlib.h>

#include <SysCall.h>

#include "psa_manifest/cipher.h"

#include "cipher_server.h"
#include "key.h"

/* Everybody has this one: it is here to be tried with. */
static const uint8_t key[KEY_SIZE] = "an example, and no secret at all";

int main(void)
{
	int rc = cipher_init(key);

	if (rc != 0) {
		LOG_ERROR("no key: %d", rc);
		return EXIT_FAILURE;
	}
	cipher_serve_all(CIPHER_SIGNAL);
}
