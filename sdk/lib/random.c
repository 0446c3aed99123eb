/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers for the C library and for mbedTLS, from the board's source or not at all. */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <ms/syscall.h>

enum { PART_MAX = 256, PSA_ERROR_INSUFFICIENT_ENTROPY = -148 };

static int fill(uint8_t *to, size_t size)
{
	int rc = MS_OK;

	while (size && rc == MS_OK) {
		size_t part = size < PART_MAX ? size : PART_MAX;

		rc = ms_random(to, part);
		to += part;
		size -= part;
	}
	return rc;
}

int getentropy(void *to, size_t size)
{
	int rc = size > PART_MAX ? -MS_EIO : fill(to, size);

	if (rc < 0) {
		errno = -rc;
		return -1;
	}
	return 0;
}

/* mbedTLS's hook for MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG. */
int32_t mbedtls_psa_external_get_random(void *context, uint8_t *to, size_t size, size_t *got);

int32_t mbedtls_psa_external_get_random(void *context, uint8_t *to, size_t size, size_t *got)
{
	(void)context;
	if (fill(to, size) < 0)
		return PSA_ERROR_INSUFFICIENT_ENTROPY;
	*got = size;
	return 0;
}
