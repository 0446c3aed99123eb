/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verifying by ECDSA P-256 and SHA-256, on the PC: by OpenSSL, which takes a
 * hundredth of mbedTLS's time (docs/decisions/0021).  Devices verify by
 * p256-m, and who signs does so by mbedTLS (key.h): the three have to agree,
 * and tests/base/test_p256.c and tests/runtime/test_boot.c hold that they do.
 */
#ifndef P256_H
#define P256_H

#include <stdint.h>

/*
 * Is it a signature (r ‖ s, 64 bytes, big-endian) of the hash (32 bytes) by the key whose point (x ‖ y, 64 bytes) that is?
 * MS_OK or -MS_ESIGNATURE, which a point off the curve, r or s outside [1, n-1], and want of memory give, too.
 */
int p256_verify(const uint8_t point[64], const uint8_t hash[32], const uint8_t signature[64]);

#endif
