/* SPDX-License-Identifier: Apache-2.0 */
/* Ends well when a text that was sealed comes back, and one that was changed does not. */
#include <string.h>

#include "cipher.h"

static const uint8_t text[] = "what nobody else reads";

int main(void)
{
	uint8_t nonce[CIPHER_NONCE_SIZE], sealed[sizeof(text) + CIPHER_TAG_SIZE], opened[sizeof(text)];
	size_t size, length;

	if (cipher_seal(text, sizeof(text), nonce, sealed, sizeof(sealed), &size) != PSA_SUCCESS || size != sizeof(sealed))
		return 1;
	if (cipher_open(nonce, sealed, size, opened, sizeof(opened), &length) != PSA_SUCCESS || length != sizeof(text) || memcmp(opened, text, length))
		return 2;
	sealed[0] ^= 1;
	return cipher_open(nonce, sealed, size, opened, sizeof(opened), &length) == PSA_ERROR_INVALID_SIGNATURE ? 0 : 3;
}
