/* SPDX-License-Identifier: Apache-2.0 */
#include "count.h"

#include "flash.h"

enum { NUMBER, INVERTED, FIRST };	/* words of a page */
enum { NONE = 2 };

static unsigned page, next;		/* where the next one is counted */
static uint32_t number;

static bool begun(unsigned p)
{
	return flash_read(p, NUMBER) == ~flash_read(p, INVERTED);
}

static unsigned first_blank(unsigned p)
{
	unsigned word = FIRST;

	while (word < FLASH_WORDS && flash_read(p, word) != FLASH_BLANK)
		word++;
	return word;
}

static bool is_blank(unsigned p)
{
	for (unsigned word = 0; word < FLASH_WORDS; word++)
		if (flash_read(p, word) != FLASH_BLANK)
			return false;
	return true;
}

/* The inverted number comes last: a page without it has not begun. */
static void begin(unsigned p, uint32_t with)
{
	if (!is_blank(p))
		flash_erase(p);
	flash_program(p, NUMBER, with);
	flash_program(p, INVERTED, ~with);
	page = p;
	next = FIRST;
	number = with;
}

bool count_open(void)
{
	unsigned best = NONE;

	if (!flash_open())
		return false;
	for (unsigned p = 0; p < 2; p++)
		if (begun(p) && (best == NONE || flash_read(p, NUMBER) > flash_read(best, NUMBER)))
			best = p;
	if (best == NONE) {
		begin(0, 0);
		return true;
	}
	page = best;
	next = first_blank(best);
	number = flash_read(best, NUMBER) + next - FIRST;
	return true;
}

uint32_t count_now(void)
{
	return number;
}

static void mark(void)
{
	flash_program(page, next++, 0);
	number++;
}

void count_up(void)
{
	if (next == FLASH_WORDS)
		begin(!page, number + 1);
	else
		mark();
}

void count_up_hasty(void)
{
	if (next == FLASH_WORDS)
		begin(page, number + 1);
	else
		mark();
}
