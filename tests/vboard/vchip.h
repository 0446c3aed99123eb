/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which chip the virtual board has: what the STM32F4 and STM32F7 differ in to who comes by the debug port (reference
 * manuals RM0090, RM0390, RM0385, RM0410).  The flash controller is the same in all.
 */
#ifndef VCHIP_H
#define VCHIP_H

#include <stdint.h>

enum { VCHIP_RUNS = 3, VCHIP_FLASH_MAX = 2 << 20, VCHIP_SRAM_MAX = 512 << 10 };

struct vchip {
	const char *name;
	uint32_t chip_id;		/* DBGMCU_IDCODE */
	uint32_t port_id, scan_id;	/* of the debug port and of the boundary scan, by JTAG */
	uint32_t processor_id;		/* CPUID */
	uint32_t options;		/* FLASH_OPTCR as the factory leaves it */
	uint32_t sram_size, ccm_size;
	uint32_t info_base, unique_id, flash_kb_at;
	struct vchip_sectors { uint32_t size, count; } sectors[VCHIP_RUNS];
};

/* The chip of this name, such as "f407"; NULL: none. */
const struct vchip *vchip_find(const char *name);

uint32_t vchip_flash_size(const struct vchip *c);
unsigned vchip_sector_count(const struct vchip *c);

/* Where a sector begins; of the count of sectors: where the flash ends. */
uint32_t vchip_sector(const struct vchip *c, unsigned sector);

#endif
