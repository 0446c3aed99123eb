/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the functions of zip.h do: each is zlib's, with a window of 1 KiB so that it
 * needs 14 KiB of heap instead of 268.  A size is one that the message had room for.
 */
#include "zip.h"

#include <zlib.h>

enum { WINDOW_BITS = 10, MEMORY_LEVEL = 2 };

psa_status_t zip_pack(const uint8_t *data, size_t data_size, uint8_t *packed, size_t packed_size, size_t *packed_length)
{
	z_stream z = { .next_in = (Bytef *)data, .avail_in = (uInt)data_size, .next_out = packed, .avail_out = (uInt)packed_size };

	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	int ended = deflate(&z, Z_FINISH);

	deflateEnd(&z);
	if (ended != Z_STREAM_END)
		return PSA_ERROR_BUFFER_TOO_SMALL;
	*packed_length = z.total_out;
	return PSA_SUCCESS;
}

psa_status_t zip_unpack(const uint8_t *packed, size_t packed_size, uint8_t *data, size_t data_size, size_t *data_length)
{
	z_stream z = { .next_in = (Bytef *)packed, .avail_in = (uInt)packed_size, .next_out = data, .avail_out = (uInt)data_size };

	if (inflateInit2(&z, WINDOW_BITS) != Z_OK)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	int ended = inflate(&z, Z_FINISH);

	inflateEnd(&z);
	if (ended == Z_MEM_ERROR)
		return PSA_ERROR_INSUFFICIENT_MEMORY;
	if (ended == Z_BUF_ERROR && !z.avail_out && z.avail_in)
		return PSA_ERROR_BUFFER_TOO_SMALL;
	if (ended != Z_STREAM_END)
		return PSA_ERROR_INVALID_ARGUMENT;
	*data_length = z.total_out;
	return PSA_SUCCESS;
}

psa_status_t zip_crc32(const uint8_t *data, size_t data_size, uint32_t *crc)
{
	*crc = (uint32_t)crc32(0, data, (uInt)data_size);
	return PSA_SUCCESS;
}
