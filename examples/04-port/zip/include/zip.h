/* SPDX-License-Identifier: Apache-2.0 */
/* Compression for other services: what one packs, each can unpack. */
#ifndef ZIP_H
#define ZIP_H

#include <stddef.h>
#include <stdint.h>

#include <ms/interface.h>
#include <psa/error.h>

enum { ZIP_MAX = 2048 };	/* bytes at a time */

/* Compress into the zlib format (RFC 1950).  PSA_ERROR_BUFFER_TOO_SMALL when `packed` has no room for the outcome. */
psa_status_t zip_pack(const uint8_t *data MS_MAX(2048), size_t data_size,
		      uint8_t *packed MS_MAX(2048), size_t packed_size, size_t *packed_length);

/* The data again.  PSA_ERROR_INVALID_ARGUMENT when this is not all of what zip_pack made, PSA_ERROR_BUFFER_TOO_SMALL as above. */
psa_status_t zip_unpack(const uint8_t *packed MS_MAX(2048), size_t packed_size,
			uint8_t *data MS_MAX(2048), size_t data_size, size_t *data_length);

/* The CRC-32 of data, as Ethernet and ZIP files have it. */
psa_status_t zip_crc32(const uint8_t *data MS_MAX(2048), size_t data_size, uint32_t *crc);

#endif
