/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chip's memory as the debugger's bus master sees it: flash and its controller, SRAM, the core's private bus, the
 * identity of the chip, the clock controller with its ready bits.  Other peripherals read 0 and take no notice of writes.
 */
#ifndef VBUS_H
#define VBUS_H

#include "vcore.h"
#include "vflash.h"

enum { VBUS_CCM_MAX = 64 << 10 };

struct vbus {
	struct vflash flash;
	struct vcore core;
	const struct vchip *chip;
	uint32_t chip_id;		/* of DBGMCU_IDCODE */
	uint16_t flash_kb;		/* what the chip says of its flash */
	uint32_t debug_setup[3];	/* DBGMCU_CR and what stops with the core */
	uint32_t clock[36];		/* RCC */
	uint8_t sram[VCHIP_SRAM_MAX], ccm[VBUS_CCM_MAX];
};

/* Out of power-on; the chip is chosen, `flash` is open and its option bytes are set. */
void vbus_init(struct vbus *b);

/* As the chip's reset pin does. */
void vbus_reset(struct vbus *b);

/* 1, 2 or 4 bytes at an address that is a multiple of that; false is a bus error. */
bool vbus_read(struct vbus *b, uint32_t address, uint32_t size, uint32_t *value);

/* The same for the processor, which may read its flash when a debugger may not. */
bool vbus_fetch(struct vbus *b, uint32_t address, uint32_t size, uint32_t *value);
bool vbus_write(struct vbus *b, uint32_t address, uint32_t size, uint32_t value);

#endif
