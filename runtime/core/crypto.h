/* SPDX-License-Identifier: Apache-2.0 */
/* The two primitives that verifying needs; mbedTLS's sha256 and p256-m are behind them (crypto.c). */
#ifndef CRYPTO_H
#define CRYPTO_H

#include <stdbool.h>

#include "bytes.h"

/* SHA-256 of one run of bytes after another (either may be empty). */
void crypto_sha256(struct bytes first, struct bytes second, uint8_t out[32]);

/* Is the 64-byte signature r ‖ s over the hash by the key with this point x ‖ y? */
bool crypto_p256_verify(const uint8_t signature[64], const uint8_t point[64], const uint8_t hash[32]);

#endif
