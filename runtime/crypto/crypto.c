/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto.h"

#include <mbedtls/platform_util.h>
#include <mbedtls/sha256.h>
#include <p256-m.h>

/* mbedTLS clears what it has worked on, after each block of a hash too; nothing here is secret. */
void mbedtls_platform_zeroize(void *at, size_t size)
{
	(void)at;
	(void)size;
}

void crypto_sha256(struct bytes first, struct bytes second, uint32_t out[CRYPTO_HASH_WORDS])
{
	mbedtls_sha256_context c;

	mbedtls_sha256_init(&c);
	mbedtls_sha256_starts(&c, 0);
	mbedtls_sha256_update(&c, first.at, first.size);
	mbedtls_sha256_update(&c, second.at, second.size);
	mbedtls_sha256_finish(&c, (uint8_t *)out);
	mbedtls_sha256_free(&c);
}

/* Whatever is no success, and what stands in the place of a result if nothing was called, is no yes. */
struct verdict crypto_p256_verify(const uint8_t signature[64], const uint8_t point[64], const uint32_t hash[CRYPTO_HASH_WORDS])
{
	int status = p256_ecdsa_verify(signature, point, (const uint8_t *)hash, 4 * CRYPTO_HASH_WORDS);

	return verdict_none((uint32_t)(status - P256_SUCCESS));
}
