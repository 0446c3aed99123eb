/* SPDX-License-Identifier: Apache-2.0 */
/* Has a page packed and unpacked by another service, as if zlib were linked in here. */
#include <string.h>

#include <SysCall.h>

#include "zip.h"

static uint8_t page[ZIP_MAX], packed[ZIP_MAX], again[ZIP_MAX];

static void write_page(void)
{
	static const char line[] = "the river runs to the sea, and the sea runs to the river; ";

	for (size_t i = 0; i < sizeof(page); i++)
		page[i] = (uint8_t)line[i % (sizeof(line) - 1)];
}

int main(void)
{
	size_t packed_size = 0, again_size = 0;
	uint32_t crc = 0;

	write_page();
	psa_status_t status = zip_pack(page, sizeof(page), packed, sizeof(packed), &packed_size);
	if (status == PSA_SUCCESS)
		status = zip_unpack(packed, packed_size, again, sizeof(again), &again_size);
	if (status == PSA_SUCCESS)
		status = zip_crc32(again, again_size, &crc);
	if (status != PSA_SUCCESS) {
		LOG_ERROR("the other service could not: %d", (int)status);
		return 1;
	}
	LOG_INFO("%u bytes, packed %u, CRC-32 %08lx", (unsigned)sizeof(page), (unsigned)packed_size, (unsigned long)crc);
	LOG_INFO("unpacked they are %s", again_size == sizeof(page) && !memcmp(page, again, sizeof(page)) ? "the same" : "others");

	packed[packed_size / 2] ^= 1;
	status = zip_unpack(packed, packed_size, again, sizeof(again), &again_size);
	LOG_INFO("with one bit changed: %s", status == PSA_ERROR_INVALID_ARGUMENT ? "refused" : "taken");
	return 0;
}
