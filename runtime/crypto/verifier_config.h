/* SPDX-License-Identifier: Apache-2.0 */
/* What of mbedTLS the runtime is built with: SHA-256, the small one, and p256-m, which stands alone. */
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA256_SMALLER
#define MBEDTLS_PSA_P256M_DRIVER_ENABLED
