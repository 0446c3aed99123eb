/* SPDX-License-Identifier: Apache-2.0 */
/* The two primitives that verifying needs; mbedTLS's sha256 and p256-m are behind them (crypto.c). */
#ifndef CRYPTO_H
#define CRYPTO_H

#include "bytes.h"
#include "verdict.h"

enum { CRYPTO_HASH_WORDS = 8 };		/* a hash: its 32 bytes in order, aligned as words */

/* SHA-256 of one run of bytes after another (either may be empty). */
void crypto_sha256(struct bytes first, struct bytes second, uint32_t out[CRYPTO_HASH_WORDS]);

/* Is the 64-byte signature r ‖ s over the hash by the key with this point x ‖ y? */
struct verdict crypto_p256_verify(const uint8_t signature[64], const uint8_t point[64], const uint32_t hash[CRYPTO_HASH_WORDS]);

#endif
