/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NOR flash behind the controller of a Nordic nRF51 (nRF51 Series Reference Manual, 6 "Non-Volatile Memory
 * Controller"): the memory is a device by itself, which is read as memory and programmed by words; pages are
 * erased by the controller.  Where the chip would do something that nobody wants, the test fails.
 */
#include "simflash.h"

#include <stdio.h>
#include <string.h>

#include <ms/sim.h>

#include "complain.h"
#include "cut.h"
#include "seeded.h"
#include "simdevice.h"

enum { NVMC_READY = 0x400, NVMC_CONFIG = 0x504, NVMC_ERASEPAGE = 0x508 };
enum { CONFIG_READ, CONFIG_WRITE, CONFIG_ERASE, CONFIG_COUNT };
enum { WORD = 4, PAGES_MAX = SIMFLASH_SIZE / WORD, ERASED = 0xff };

static struct {
	struct sim *sim;		/* NULL: there is none */
	const char *controller, *memory;
	uint32_t page_size, config;
} flash;
SELDOM static uint32_t erases[PAGES_MAX];

static uint8_t *memory(void)
{
	return (uint8_t *)(uintptr_t)sim_device_registers(flash.sim, flash.memory);
}

static void program(const struct flash_operation *o, enum flash_extent extent, uint64_t *random)
{
	uint32_t old, new, some = (uint32_t)seeded_next(random);

	memcpy(&old, memory() + o->at, WORD);
	new = old & o->value;
	if (extent == FLASH_HALF)
		new |= old & 0xffff0000;
	else if (extent != FLASH_ALL)
		new |= old & some;
	memcpy(memory() + o->at, &new, WORD);
}

static void erase(const struct flash_operation *o, enum flash_extent extent, uint64_t *random)
{
	uint8_t *page = memory() + o->at;
	uint32_t whole = extent == FLASH_ALL ? flash.page_size : extent == FLASH_HALF ? flash.page_size / 2 : 0;

	memset(page, ERASED, whole);
	for (uint32_t i = 0; i < flash.page_size && extent != FLASH_HALF; i++)
		page[i] |= (uint8_t)seeded_next(random);
}

void simflash_do(const struct flash_operation *o, enum flash_extent extent)
{
	uint64_t random = (uint64_t)extent << 32 | (o->at ^ o->value);

	if (o->erases && extent != FLASH_NOTHING)
		erases[o->at / flash.page_size]++;
	if (extent == FLASH_NOTHING)
		return;
	if (o->erases)
		erase(o, extent, &random);
	else
		program(o, extent, &random);
}

static void operate(const struct flash_operation *o)
{
	cut_here(o);
	simflash_do(o, FLASH_ALL);
}

static uint32_t controller_read(void *context, uint32_t offset)
{
	(void)context;
	return offset == NVMC_READY ? 1 : offset == NVMC_CONFIG ? flash.config : 0;
}

static void erase_page(uint32_t address)
{
	uint32_t base = (uint32_t)(uintptr_t)memory(), at = address - base;

	if (flash.config != CONFIG_ERASE)
		complain("the page of '%s' at 0x%x is to be erased, but CONFIG of '%s' is %u", flash.memory, (unsigned)at, flash.controller, (unsigned)flash.config);
	if (at >= SIMFLASH_SIZE || at % flash.page_size)
		complain("0x%x, which is to be erased, is no page of '%s'", (unsigned)address, flash.memory);
	operate(&(struct flash_operation){ .erases = true, .at = at });
}

static void controller_write(void *context, uint32_t offset, uint32_t value)
{
	(void)context;
	if (offset == NVMC_ERASEPAGE)
		erase_page(value);
	else if (offset == NVMC_CONFIG && value < CONFIG_COUNT)
		flash.config = value;
	else
		complain("%u is written to register 0x%x of '%s'", (unsigned)value, (unsigned)offset, flash.controller);
}

static void memory_write(void *context, uint32_t offset, uint32_t value)
{
	uint32_t old;

	(void)context;
	memcpy(&old, memory() + offset, WORD);
	if (flash.config != CONFIG_WRITE)
		complain("'%s' is programmed at 0x%x, but CONFIG of '%s' is %u", flash.memory, (unsigned)offset, flash.controller, (unsigned)flash.config);
	if (value & ~old)
		complain("'%s' at 0x%x holds 0x%08x: programming 0x%08x cannot set bits, which takes an erase", flash.memory, (unsigned)offset, (unsigned)old, (unsigned)value);
	operate(&(struct flash_operation){ .at = offset, .value = value });
}

static void attach(void)
{
	flash.config = CONFIG_READ;
	sim_device(flash.sim, flash.controller, controller_read, controller_write, NULL);
	sim_device(flash.sim, flash.memory, NULL, memory_write, NULL);
}

void sim_flash(struct sim *s, const char *controller, const char *of, uint32_t page_size)
{
	if (flash.sim)
		complain("there is a flash already: '%s'", flash.memory);
	if (page_size < WORD || page_size > SIMFLASH_SIZE || page_size & (page_size - 1))
		complain("pages of %u bytes: they have a power of two, from %d to %d", (unsigned)page_size, WORD, SIMFLASH_SIZE);
	memset(erases, 0, sizeof(erases));
	flash.controller = controller;
	flash.memory = of;
	flash.page_size = page_size;
	flash.sim = s;
	attach();
	memset(memory(), ERASED, SIMFLASH_SIZE);
}

static void must_be_there(void)
{
	if (!flash.sim)
		complain("the device has no flash: sim_flash comes first");
}

uint8_t *sim_flash_content(struct sim *s)
{
	(void)s;
	must_be_there();
	return memory();
}

uint32_t sim_flash_erases(struct sim *s, uint32_t page)
{
	(void)s;
	must_be_there();
	return page < SIMFLASH_SIZE / flash.page_size ? erases[page] : 0;
}

static void transfer(const char *path, const char *mode, size_t (*pass)(FILE *f))
{
	FILE *f = fopen(path, mode);
	size_t size = f ? pass(f) : 0;

	if (!f || fclose(f) || size != SIMFLASH_SIZE)
		complain("the flash cannot be %s '%s', which has %d bytes", *mode == 'r' ? "read from" : "written to", path, SIMFLASH_SIZE);
}

static size_t take(FILE *f)
{
	uint8_t content[SIMFLASH_SIZE + 1];
	size_t size = fread(content, 1, sizeof(content), f);

	if (size == SIMFLASH_SIZE)
		simflash_write(content);
	return size;
}

static size_t give(FILE *f)
{
	return fwrite(memory(), 1, SIMFLASH_SIZE, f);
}

void sim_flash_load(struct sim *s, const char *path)
{
	(void)s;
	must_be_there();
	transfer(path, "rb", take);
}

void sim_flash_save(struct sim *s, const char *path)
{
	(void)s;
	must_be_there();
	transfer(path, "wb", give);
}

void simflash_read(uint8_t content[SIMFLASH_SIZE])
{
	memcpy(content, memory(), SIMFLASH_SIZE);
}

void simflash_write(const uint8_t content[SIMFLASH_SIZE])
{
	memcpy(memory(), content, SIMFLASH_SIZE);
}

void simflash_forget(void)
{
	flash.sim = NULL;
	cut_check(NULL, NULL, NULL);
}

void simflash_power_cycle(void)
{
	uint8_t content[SIMFLASH_SIZE];

	device_leave();
	if (flash.sim)
		simflash_read(content);
	device_reset();
	if (flash.sim) {
		attach();
		simflash_write(content);
	}
}

void sim_reset(struct sim *s)
{
	(void)s;
	simflash_power_cycle();
}

void sim_power_cuts(struct sim *s, void (*check)(struct sim *s, void *context), void *context)
{
	must_be_there();
	cut_check(s, check, context);
}
