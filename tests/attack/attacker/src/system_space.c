/* SPDX-License-Identifier: Apache-2.0 */
/* The processor's own registers, and the aliases through which a bit of memory looks like a word (Armv7-M ARM, B3.1). */
#include "attempts.h"

#define SYSTEM_SPACE	0xE000E000u	/* SysTick, NVIC, SCB, MPU, FPU, debug */
#define DEBUG_UNITS	0xE0000000u	/* ITM, DWT, FPB */
#define BIT_BAND_RAM	0x22000000u
#define BIT_BAND_DEVICES 0x42000000u

bool read_system_space(uint32_t n) { return reads_word(SYSTEM_SPACE + 4 * ATTACK_STEP * n); }
bool read_debug_units(uint32_t n) { return reads_word(DEBUG_UNITS + 4 * ATTACK_STEP * n); }
bool read_bit_band_ram(uint32_t n) { return reads_word(BIT_BAND_RAM + 0x400 * ATTACK_STEP * n); }
bool write_bit_band_ram(uint32_t n) { return writes(BIT_BAND_RAM + 0x400 * ATTACK_STEP * n); }
bool read_bit_band_devices(uint32_t n) { return reads_word(BIT_BAND_DEVICES + 0x20000 * n); }
bool write_bit_band_devices(uint32_t n) { return writes(BIT_BAND_DEVICES + 0x20000 * n); }

/* These registers are words.  What was read is written back where nothing stops it. */
static bool writes_word(uint32_t address)
{
	volatile uint32_t *at = (volatile uint32_t *)(uintptr_t)address;

	*at = isolated() ? 0xdeadbeef : *at;
	return true;
}

bool write_system_space(uint32_t n) { return writes_word(SYSTEM_SPACE + 4 * ATTACK_STEP * n); }
bool write_debug_units(uint32_t n) { return writes_word(DEBUG_UNITS + 4 * ATTACK_STEP * n); }
