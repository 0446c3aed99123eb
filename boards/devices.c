/* SPDX-License-Identifier: Apache-2.0 */
/* Any board's devices as its device tree has them, and the steps that make one ready. */
#include <ms/abi/abi.h>

#include "board.h"
#include "board_facts.h"

/* How often a register is read before a device counts as not becoming ready. */
enum { READY_TRIES = 100000, WAIT = 1 };

struct step { uint32_t address, mask, value; };	/* WAIT in the address: wait until the bits are so; else make them so */

const struct board_device board_devices[] = { BOARD_DEVICE_LIST { 0, 0, 0, 0, 0, 0 } };
const uint32_t board_device_count = BOARD_DEVICE_COUNT;
const uint8_t board_line_device[] = { BOARD_LINE_LIST [BOARD_INTERRUPTS] = 0 };
static const struct step steps[] = { BOARD_STEP_LIST { 0, 0, 0 } };

static bool becomes(const struct step *s)
{
	const volatile uint32_t *at = (const volatile uint32_t *)(uintptr_t)(s->address & ~(uint32_t)WAIT);

	for (uint32_t tries = READY_TRIES; tries; tries--)
		if ((*at & s->mask) == s->value)
			return true;
	return false;
}

bool board_console_given;

static int take_steps(uint32_t first, uint32_t count)
{
	for (const struct step *s = &steps[first]; s < &steps[first + count]; s++) {
		volatile uint32_t *at = (volatile uint32_t *)(uintptr_t)s->address;

		if (!(s->address & WAIT))
			*at = (*at & ~s->mask) | s->value;
		else if (!becomes(s))
			return -MS_EIO;
	}
	return MS_OK;
}

/* Called before the owner's first map: from then on the console is the owner's. */
int board_device_start(const struct board_device *d)
{
	board_console_given |= d->base == BOARD_CONSOLE_BASE;
	return take_steps(d->step, d->step_count);
}

/* If it does not become ready nobody could be told. */
void board_console_start(void)
{
	(void)take_steps(BOARD_CONSOLE_STEP, BOARD_CONSOLE_STEP_COUNT);
}
