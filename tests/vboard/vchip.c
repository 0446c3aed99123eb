/* SPDX-License-Identifier: Apache-2.0 */
#include "vchip.h"

#include <stddef.h>
#include <string.h>

#define M4 .port_id = 0x4ba00477, .processor_id = 0x410fc241, .options = 0x0fffaaed, \
	.info_base = 0x1fff7800, .unique_id = 0x1fff7a10, .flash_kb_at = 0x1fff7a22
#define M7 .port_id = 0x5ba00477, .info_base = 0x1ff0f000, .unique_id = 0x1ff0f420, .flash_kb_at = 0x1ff0f442
#define KIB(n) ((n) << 10)

static const struct vchip chips[] = {
	{ "f405", M4, .chip_id = 0x10076413, .scan_id = 0x06413041, .sram_size = KIB(128), .ccm_size = KIB(64),
	  .sectors = { { KIB(16), 4 }, { KIB(64), 1 }, { KIB(128), 7 } } },
	{ "f407", M4, .chip_id = 0x10076413, .scan_id = 0x06413041, .sram_size = KIB(128), .ccm_size = KIB(64),
	  .sectors = { { KIB(16), 4 }, { KIB(64), 1 }, { KIB(128), 7 } } },
	{ "f446", M4, .chip_id = 0x10006421, .scan_id = 0x06421041, .sram_size = KIB(128),
	  .sectors = { { KIB(16), 4 }, { KIB(64), 1 }, { KIB(128), 3 } } },
	{ "f746", M7, .chip_id = 0x10016449, .scan_id = 0x06449041, .processor_id = 0x411fc270, .options = 0xc0ffaafd, .sram_size = KIB(320),
	  .sectors = { { KIB(32), 4 }, { KIB(128), 1 }, { KIB(256), 3 } } },
	{ "f767", M7, .chip_id = 0x10016451, .scan_id = 0x06451041, .processor_id = 0x411fc271, .options = 0xffffaafd, .sram_size = KIB(512),
	  .sectors = { { KIB(32), 4 }, { KIB(128), 1 }, { KIB(256), 7 } } },
};

const struct vchip *vchip_find(const char *name)
{
	for (size_t i = 0; i < sizeof(chips) / sizeof(*chips); i++)
		if (!strcmp(chips[i].name, name))
			return &chips[i];
	return NULL;
}

unsigned vchip_sector_count(const struct vchip *c)
{
	unsigned count = 0;

	for (unsigned i = 0; i < VCHIP_RUNS; i++)
		count += c->sectors[i].count;
	return count;
}

uint32_t vchip_sector(const struct vchip *c, unsigned sector)
{
	uint32_t at = 0;

	for (const struct vchip_sectors *run = c->sectors; run < c->sectors + VCHIP_RUNS; run++) {
		unsigned count = sector < run->count ? sector : run->count;

		at += count * run->size;
		sector -= count;
	}
	return at;
}

uint32_t vchip_flash_size(const struct vchip *c)
{
	return vchip_sector(c, vchip_sector_count(c));
}
