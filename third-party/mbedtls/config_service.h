/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mbedTLS as the library of a service: the PSA interface and nothing else of
 * the system.  Small rather than fast; tables in flash, not in RAM.
 */
#ifndef MBEDTLS_CONFIG_H
#define MBEDTLS_CONFIG_H

#define MBEDTLS_PSA_CRYPTO_CONFIG
#define MBEDTLS_PSA_CRYPTO_C

/* Randomness is the runtime's: sdk/lib has mbedtls_psa_external_get_random(). */
#define MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG

/* Nobody else touches a service's memory while it is in a call. */
#define MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS

#define MBEDTLS_PSA_KEY_SLOT_COUNT 8
#define MBEDTLS_PSA_P256M_DRIVER_ENABLED
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_SHA256_SMALLER

#endif
