/* SPDX-License-Identifier: Apache-2.0 */
/* The flash of the simulated device (<ms/sim.h>, "Flash"), as it looks to who lets its power fail. */
#ifndef SIMFLASH_H
#define SIMFLASH_H

#include <stdbool.h>
#include <stdint.h>

enum { SIMFLASH_SIZE = 4096 };		/* a device's registers here are a page */

/* One operation, and how far it comes when the power fails in it. */
struct flash_operation {
	bool erases;			/* a page; else programs a word */
	uint32_t at;			/* offset in the flash */
	uint32_t value;			/* to be programmed */
};
enum flash_extent { FLASH_NOTHING, FLASH_HALF, FLASH_SOME_BITS, FLASH_OTHER_BITS, FLASH_ALL, FLASH_EXTENTS };

/* Do it, as far as that.  The same operation comes equally far each time. */
void simflash_do(const struct flash_operation *o, enum flash_extent extent);

/* The content: what it is, and let it be this. */
void simflash_read(uint8_t content[SIMFLASH_SIZE]);
void simflash_write(const uint8_t content[SIMFLASH_SIZE]);

/* Every device is off: there is no flash any more. */
void simflash_forget(void);

/* Power off and on again, from wherever the device is: all is as sim_open leaves it, but the flash has what it had. */
void simflash_power_cycle(void);

#endif
