/* SPDX-License-Identifier: Apache-2.0 */
#include "vbus.h"

#include <string.h>

#include "vthumb.h"

enum { CLOCK_CR, CLOCK_CFGR = 2, CLOCK_CR_RESET = 0x83, CLOCK_ON = 1 << 0 | 1 << 16 | 1 << 24 | 1 << 26 };
#define FLASH_BASE	0x08000000
#define CCM_BASE	0x10000000
#define INFO_SIZE	0x500	/* one-time programmable bytes, then what the factory wrote */
#define SRAM_BASE	0x20000000
#define CLOCK_BASE	0x40023800
#define CONTROLLER_BASE	0x40023c00
#define CHIP_ID		0xe0042000
#define ROM_TABLE	0xe00ff000

static void reset_system(void *board)
{
	vbus_reset(board);
}

static void execute_one(void *board)
{
	vthumb_run(board, 1);
}

void vbus_reset(struct vbus *b)
{
	uint32_t sp = 0, pc = 0;

	memcpy(&sp, b->flash.at, sizeof(sp));
	memcpy(&pc, b->flash.at + 4, sizeof(pc));
	memset(b->clock, 0, sizeof(b->clock));
	b->clock[CLOCK_CR] = CLOCK_CR_RESET;
	vflash_reset(&b->flash);
	vcore_reset(&b->core, sp, pc);
}

void vbus_init(struct vbus *b)
{
	b->core.reset_system = reset_system;
	b->core.execute_one = execute_one;
	b->core.board = b;
	b->core.identity = b->chip->processor_id;
	vbus_reset(b);
}

static bool within(uint32_t address, uint32_t base, uint32_t size)
{
	return address - base < size;
}

/* A clock that is switched on is ready, and the processor runs from the one that was chosen. */
static uint32_t clock_read(const struct vbus *b, uint32_t index)
{
	uint32_t v = b->clock[index];

	if (index == CLOCK_CR)
		return v | (v & CLOCK_ON) << 1;
	return index == CLOCK_CFGR ? (v & ~0xcu) | (v & 3) << 2 : v;
}

/* Serial number and size of the flash; the bytes for one programming are blank. */
static uint32_t info_read(const struct vbus *b, uint32_t address)
{
	static const uint32_t unique[] = { 0x00310027, 0x30355118, 0x4d533031 };
	uint32_t lane = 8 * (b->chip->flash_kb_at & 2);

	if (within(address, b->chip->unique_id, sizeof(unique)))
		return unique[(address - b->chip->unique_id) / 4];
	return address == (b->chip->flash_kb_at & ~3u) ? (uint32_t)b->flash_kb << lane | 0xffff0000 >> lane : UINT32_MAX;
}

/* What a debugger looks for in the processor: an entry for each component, and who made it. */
static uint32_t rom_table_read(uint32_t offset)
{
	static const uint32_t entries[] = { 0xfff0f003, 0xfff02003, 0xfff03003, 0xfff01003 };
	static const uint8_t parts[] = { 0, 0, 0, 0, 0x13, 0x04, 0x0a, 0, 0x0d, 0x10, 0x05, 0xb1 };

	if (offset < sizeof(entries))
		return entries[offset / 4];
	if (offset == 0xfcc)
		return 1;
	return offset >= 0xfd0 ? parts[(offset - 0xfd0) / 4] : 0;
}

static bool private_read(struct vbus *b, uint32_t address, uint32_t *value)
{
	if (address == CHIP_ID)
		*value = b->chip_id;
	else if (within(address, CHIP_ID + 4, sizeof(b->debug_setup)))
		*value = b->debug_setup[(address - CHIP_ID) / 4 - 1];
	else if (address >= ROM_TABLE)
		*value = rom_table_read(address - ROM_TABLE);
	else
		*value = vcore_read(&b->core, address);
	return true;
}

static bool word_read(struct vbus *b, uint32_t address, uint32_t *value)
{
	*value = 0;
	if (address >> 20 == 0xe00)
		return private_read(b, address, value);
	if (within(address, CONTROLLER_BASE, 0x400))
		return vflash_controller_read(&b->flash, address - CONTROLLER_BASE, value);
	if (within(address, CLOCK_BASE, sizeof(b->clock)))
		*value = clock_read(b, (address - CLOCK_BASE) / 4);
	else if (within(address, b->chip->info_base, INFO_SIZE))
		*value = info_read(b, address);
	else
		return address >> 28 == 4 || address >> 28 == 5;
	return true;
}

static bool word_write(struct vbus *b, uint32_t address, uint32_t value)
{
	if (within(address, CHIP_ID + 4, sizeof(b->debug_setup)))
		b->debug_setup[(address - CHIP_ID) / 4 - 1] = value;
	else if (address >> 20 == 0xe00)
		vcore_write(&b->core, address, value);
	else if (within(address, CONTROLLER_BASE, 0x400))
		return vflash_controller_write(&b->flash, address - CONTROLLER_BASE, value);
	else if (within(address, CLOCK_BASE, sizeof(b->clock)))
		b->clock[(address - CLOCK_BASE) / 4] = value;
	else
		return address >> 28 == 4 || address >> 28 == 5;
	return true;
}

/* The flash shows at 0, too, as the chip starts from it. */
static bool flash_offset(const struct vbus *b, uint32_t address, uint32_t *offset)
{
	*offset = address >= FLASH_BASE ? address - FLASH_BASE : address;
	return *offset < b->flash.size;
}

static uint8_t *memory(struct vbus *b, uint32_t address)
{
	if (within(address, SRAM_BASE, b->chip->sram_size))
		return b->sram + (address - SRAM_BASE);
	return within(address, CCM_BASE, b->chip->ccm_size) ? b->ccm + (address - CCM_BASE) : NULL;
}

bool vbus_fetch(struct vbus *b, uint32_t address, uint32_t size, uint32_t *value)
{
	const uint8_t *at = memory(b, address);
	uint32_t offset, word;

	if (address % size)
		return false;
	if (flash_offset(b, address, &offset))
		at = b->flash.at + offset;
	*value = 0;
	if (at) {
		memcpy(value, at, size);
		return true;
	}
	if (!word_read(b, address & ~3u, &word))
		return false;
	word >>= 8 * (address & 3);
	*value = size == 4 ? word : word & ((1u << 8 * size) - 1);
	return true;
}

bool vbus_read(struct vbus *b, uint32_t address, uint32_t size, uint32_t *value)
{
	uint32_t offset;

	if (flash_offset(b, address, &offset) && !vflash_readable(&b->flash))
		return false;
	return vbus_fetch(b, address, size, value);
}

/* Registers take whole words, but for the flash controller's control register: its lowest bits may be written as a byte. */
bool vbus_write(struct vbus *b, uint32_t address, uint32_t size, uint32_t value)
{
	uint8_t *at = memory(b, address);
	uint32_t offset;

	if (address % size)
		return false;
	if (at)
		memcpy(at, &value, size);
	else if (flash_offset(b, address, &offset))
		vflash_program(&b->flash, offset, size, value);
	else
		return word_write(b, address & ~3u, value << 8 * (address & 3));
	return true;
}
