/* SPDX-License-Identifier: Apache-2.0 */
/* Lets other services call the functions of cipher.h, for ever, with the key that the product gives to it alone. */
#include <stdlib.h>

#include <SysCall.h>
#include <ms/parameter.h>

#include "psa_manifest/cipher.h"

#include "cipher_server.h"
#include "key.h"

int main(void)
{
	uint8_t key[KEY_SIZE];
	int size = ms_parameter_get("key", key, sizeof(key));
	int rc = size == KEY_SIZE ? cipher_init(key) : size;

	if (size != KEY_SIZE || rc != 0) {
		LOG_ERROR("no key of %d bytes: %d", KEY_SIZE, rc);
		return EXIT_FAILURE;
	}
	cipher_serve_all(CIPHER_SIGNAL);
}
