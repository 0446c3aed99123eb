/* SPDX-License-Identifier: Apache-2.0 */
#include "crc32.h"

uint32_t crc32_add(uint32_t crc, const uint8_t *at, size_t size)
{
	for (; size > 0; size--) {
		crc ^= *at++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
	}
	return crc;
}
