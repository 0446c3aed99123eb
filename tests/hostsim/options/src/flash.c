/* SPDX-License-Identifier: Apache-2.0 */
#include "flash.h"

#include <ms/device.h>
#include <psa_manifest/all.h>

enum { CONFIG = 0x504, TO_PROGRAM = 1 };

bool flash_write(uint32_t word)
{
	volatile void *nvmc, *storage;

	if (ms_device_map(NVMC_DEVICE, &nvmc) < 0 || ms_device_map(STORAGE_DEVICE, &storage) < 0)
		return false;
	ms_write32((volatile uint8_t *)nvmc + CONFIG, TO_PROGRAM);
	ms_write32(storage, word);
	return true;
}
