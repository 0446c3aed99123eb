/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is not ours, or not ours to be used so: read, written, run. */
#include "attempts.h"

#include <stdlib.h>


bool read_kernel_flash(uint32_t n) { return reads(BOARD_RUNTIME_BASE + 4 * ATTACK_STEP * n); }
bool write_kernel_flash(uint32_t n) { return writes(BOARD_RUNTIME_BASE + 64 * ATTACK_STEP * n); }
bool read_provision(uint32_t n) { return reads(BOARD_PROVISION_BASE + 64 * ATTACK_STEP * n); }
bool read_table(uint32_t n) { return reads(BOARD_TABLE_A_BASE + 64 * ATTACK_STEP * n); }
bool read_kernel_ram(uint32_t n) { return reads_word(BOARD_RAM_BASE + 4 * ATTACK_STEP * n); }
bool write_kernel_ram(uint32_t n) { return writes(BOARD_RAM_BASE + 4 * ATTACK_STEP * n); }
bool read_devices(uint32_t n) { return reads_word((BOARD_CONSOLE_BASE & 0xff000000) + 0x1000 * ATTACK_STEP * n); }
bool write_devices(uint32_t n) { return writes((BOARD_CONSOLE_BASE & 0xff000000) + 0x1000 * ATTACK_STEP * n); }

/* base + offset, or as far behind our own as it would lie in it. */
static uint32_t beside(uint32_t base, uint32_t offset, uint32_t own_start, uint32_t own_end)
{
	uint32_t at = base + offset;

	return at + 64 > own_start ? at + (own_end - own_start) + 64 : at;
}

static uint32_t other_flash(uint32_t n)
{
	struct own o = own();

	return beside(BOARD_SERVICES_BASE, 64 * ATTACK_STEP * n, o.image, o.image_end);
}

static uint32_t other_ram(uint32_t n)
{
	struct own o = own();

	return beside(BOARD_SERVICES_RAM_BASE, 64 * ATTACK_STEP * n, o.ram, o.ram_end);
}

bool read_other_flash(uint32_t n) { return reads(other_flash(n)); }
bool write_other_flash(uint32_t n) { return writes(other_flash(n)); }
bool read_other_ram(uint32_t n) { return reads(other_ram(n)); }
bool write_other_ram(uint32_t n) { return writes(other_ram(n)); }

/* Words of a function cannot be told from text by "bx lr" alone: any address will do, it must not be fetched. */
bool run_other_flash(uint32_t n) { return calls(other_flash(n)); }

bool read_beside_own(uint32_t n)
{
	struct own o = own();
	const uint32_t at[] = { o.ram - 1, o.ram_end, o.image_end, o.image - 1 };

	return reads(at[n]);
}

bool write_beside_own(uint32_t n)
{
	struct own o = own();
	const uint32_t at[] = { o.ram - 1, o.ram_end };

	return writes(at[n]);
}

bool read_vendor_space(uint32_t n)
{
	static const uint32_t at[] = {
		0x08000000, 0x1fff0000, 0x40023c00, 0x50000000, 0x60000000, 0x70000000, 0x80000000, 0x90000000,
		0xa0000000, 0xc0000000, 0xe0040000, 0xe0041000, 0xe0042000, 0xe00ff000, 0xe0100000, 0xfffffffc,
	};

	return reads_word(at[n]);
}

bool write_own_text(uint32_t n)
{
	struct own o = own();

	return writes(o.image + 64 * n % (o.image_end - o.image));
}

/* "bx lr", in data, on the stack, on the heap. */
static uint16_t code_in_data = 0x4770;

bool run_data(uint32_t n)
{
	(void)n;
	return calls((uint32_t)(uintptr_t)&code_in_data);
}

bool run_stack(uint32_t n)
{
	volatile uint16_t code = 0x4770;

	(void)n;
	return calls((uint32_t)(uintptr_t)&code);
}

bool run_heap(uint32_t n)
{
	volatile uint16_t *code = malloc(sizeof(*code));

	(void)n;
	*code = 0x4770;
	return calls((uint32_t)(uintptr_t)code);
}
