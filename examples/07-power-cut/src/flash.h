/* SPDX-License-Identifier: Apache-2.0 */
/* The flash of a Nordic nRF51: pages that are read as memory, programmed by words and erased as a whole. */
#ifndef FLASH_H
#define FLASH_H

#include <stdbool.h>
#include <stdint.h>

enum { FLASH_PAGE = 1024, FLASH_WORDS = FLASH_PAGE / 4 };
#define FLASH_BLANK UINT32_MAX

/* Once.  false: the product does not grant it, or it does not become ready. */
bool flash_open(void);

/* Pages from 0 on, and words in them. */
uint32_t flash_read(unsigned page, unsigned word);
void flash_program(unsigned page, unsigned word, uint32_t value);	/* clears bits, sets none */
void flash_erase(unsigned page);					/* all words are FLASH_BLANK */

#endif
