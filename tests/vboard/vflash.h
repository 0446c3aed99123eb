/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The flash of an STM32F4 or F7 and its controller (reference manual RM0090, chapter 3): its sectors, the keys that open it,
 * erasing, programming by bytes, halfwords and words, the errors, write and read protection.  The bytes are a
 * file's, so that they are still there when the program has ended, however it ended.
 */
#ifndef VFLASH_H
#define VFLASH_H

#include <stdbool.h>
#include <stdint.h>

#include "vchip.h"

enum { VFLASH_CONTROLLER_SIZE = 0x18 };

struct vflash {
	const struct vchip *chip;
	uint32_t size;			/* of the chip's flash */
	uint8_t *at;			/* so many bytes of the file */
	uint32_t acr, cr, sr, optcr;
	unsigned key_step, option_step;	/* keys that were right so far; KEYS_WRONG: shut until a reset */
	unsigned busy;			/* reads of SR that still show BSY */
	uint64_t operations, cut_at;	/* power fails in the middle of operation cut_at; 0: never */
	bool dead;			/* it has */
};

/* Map the file, `chip` being known, which is made and erased if it is not there; false with a sentence on stderr. */
bool vflash_open(struct vflash *f, const char *path);

/* After a reset the controller is shut; the option bytes stay. */
void vflash_reset(struct vflash *f);

/* May a debugger read it?  No on a chip that is read-protected. */
bool vflash_readable(const struct vflash *f);

/* A write of 1, 2 or 4 bytes to the flash itself; what is wrong with it shows in SR. */
void vflash_program(struct vflash *f, uint32_t offset, uint32_t size, uint32_t value);

/* The controller's registers, by their offset; false is a bus error. */
bool vflash_controller_read(struct vflash *f, uint32_t offset, uint32_t *value);
bool vflash_controller_write(struct vflash *f, uint32_t offset, uint32_t value);

#endif
