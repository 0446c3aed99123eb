/* SPDX-License-Identifier: Apache-2.0 */
/* CRC-32 as in Ethernet and ZIP, in pieces. */
#ifndef CRC32_H
#define CRC32_H

#include <stddef.h>
#include <stdint.h>

#define CRC32_BEGIN UINT32_MAX

uint32_t crc32_add(uint32_t crc, const uint8_t *at, size_t size);

static inline uint32_t crc32_end(uint32_t crc)
{
	return ~crc;
}

#endif
