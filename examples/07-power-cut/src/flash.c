/* SPDX-License-Identifier: Apache-2.0 */
#include "flash.h"

#include <ms/device.h>
#include <psa_manifest/odometer.h>

enum { READY = 0x400, CONFIG = 0x504, ERASE_PAGE = 0x508, TO_READ = 0, TO_PROGRAM = 1, TO_ERASE = 2 };

static volatile uint8_t *controller, *memory;

bool flash_open(void)
{
	volatile void *nvmc, *storage;

	if (ms_device_map(NVMC_DEVICE, &nvmc) < 0 || ms_device_map(STORAGE_DEVICE, &storage) < 0)
		return false;
	controller = nvmc;
	memory = storage;
	return true;
}

static volatile uint8_t *address(unsigned page, unsigned word)
{
	return memory + page * FLASH_PAGE + word * 4;
}

static void until_ready(void)
{
	while (!ms_read32(controller + READY))
		;
}

uint32_t flash_read(unsigned page, unsigned word)
{
	return *(volatile uint32_t *)address(page, word);
}

void flash_program(unsigned page, unsigned word, uint32_t value)
{
	ms_write32(controller + CONFIG, TO_PROGRAM);
	until_ready();
	ms_write32(address(page, word), value);
	until_ready();
	ms_write32(controller + CONFIG, TO_READ);
}

void flash_erase(unsigned page)
{
	ms_write32(controller + CONFIG, TO_ERASE);
	until_ready();
	ms_write32(controller + ERASE_PAGE, (uint32_t)(uintptr_t)address(page, 0));
	until_ready();
	ms_write32(controller + CONFIG, TO_READ);
}
