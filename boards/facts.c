/* SPDX-License-Identifier: Apache-2.0 */
/* What any board says of itself from the facts in its device tree alone. */
#include "board.h"
#include "board_facts.h"

const char board_name[] = BOARD_NAME;
const uint8_t board_target = BOARD_TARGET;
const uint32_t board_tick_nsec = 1000000000 / BOARD_CLOCK_HZ;
_Static_assert(1000000000 % BOARD_CLOCK_HZ == 0, "a tick is a whole number of nanoseconds");

struct bytes board_partition(enum board_partition which)
{
	static const struct bytes part[] = {
		[BOARD_PROVISION] = { (const uint8_t *)BOARD_PROVISION_BASE, BOARD_PROVISION_SIZE },
		[BOARD_TABLE_A] = { (const uint8_t *)BOARD_TABLE_A_BASE, BOARD_TABLE_A_SIZE },
		[BOARD_TABLE_B] = { (const uint8_t *)BOARD_TABLE_B_BASE, BOARD_TABLE_B_SIZE },
	};

	return part[which];
}

struct board_window board_flash_window(void)
{
	return (struct board_window){ BOARD_SERVICES_BASE, BOARD_SERVICES_SIZE };
}

struct board_window board_ram_window(void)
{
	return (struct board_window){ BOARD_SERVICES_RAM_BASE, BOARD_SERVICES_RAM_SIZE };
}
