/* SPDX-License-Identifier: Apache-2.0 */
/* Who called whom, as far as a stack says it without debug information: the host sorts out the rest. */
#include "port.h"


/* Is the address behind a BL, or a BLX of a register? */
static bool behind_call(uint32_t address)
{
	const uint16_t *before = (const uint16_t *)address - 1;

	return (before[0] & 0xff80) == 0x4780 || (before[0] >> 14 == 3 && before[-1] >> 11 == 0x1e);
}

void port_calls(struct core_fault *f, uintptr_t stack, uint32_t stack_size, uintptr_t text, uint32_t text_size)
{
	uint32_t at = f->sp, count = 0;

	for (uint32_t words = 0; words < CORE_CALL_WORDS && count < CORE_CALLS; words++, at += 4) {
		if (at % 4 || at - stack > stack_size - 4)
			return;
		uint32_t offset = *(const uint32_t *)at - 1 - text;

		if (offset % 2 == 0 && offset >= 4 && offset < text_size && behind_call(text + offset))
			f->call[count++] = core_call(offset, words);
	}
}
