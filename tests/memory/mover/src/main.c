/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The runtime's memcpy, memset and memcmp (memory.S, copied here under other names) in a service, each with all starts in a word
 * and all sizes up to some words: does it what C says, and nothing beside it?
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <SysCall.h>

void *kernel_memcpy(void *to, const void *from, size_t size);
void *kernel_memset(void *to, int value, size_t size);
int kernel_memcmp(const void *a, const void *b, size_t size);

__asm__(".include \"memory.S\"\n\t.text");

enum { SIZE_MAX_TRIED = 40, BESIDE = 8, STARTS = 4, ROOM = BESIDE + STARTS + SIZE_MAX_TRIED + BESIDE, FILL = 0x5a };

static uint8_t to[ROOM] __attribute__((aligned(4))), from[ROOM] __attribute__((aligned(4)));

static void lay_out(void)
{
	for (unsigned i = 0; i < ROOM; i++) {
		to[i] = FILL;
		from[i] = (uint8_t)(0x80 + 3 * i);
	}
}

/* Do `size` bytes at `start` hold what they should, and all others what they did? */
static bool holds(unsigned start, unsigned size, const uint8_t *bytes, uint8_t value)
{
	for (unsigned i = 0; i < ROOM; i++) {
		bool inside = i >= start && i < start + size;

		if (to[i] != (!inside ? FILL : bytes ? bytes[i - start] : value))
			return false;
	}
	return true;
}

static bool copies(unsigned size, unsigned start, unsigned from_start)
{
	lay_out();
	return kernel_memcpy(to + start, from + from_start, size) == to + start && holds(start, size, from + from_start, 0);
}

static bool fills(unsigned size, unsigned start, int value)
{
	lay_out();
	return kernel_memset(to + start, value, size) == to + start && holds(start, size, NULL, (uint8_t)value);
}

/* One byte differs, at `where`: behind the end that is no matter. */
static bool compares(unsigned size, unsigned start, unsigned where)
{
	for (unsigned i = 0; i < ROOM; i++)
		to[i] = from[i] = (uint8_t)(7 * i);
	to[start + where] = 0x81;
	from[start + where] = 0x7f;
	int got = kernel_memcmp(to + start, from + start, size), turned = kernel_memcmp(from + start, to + start, size);

	return where < size ? got > 0 && turned < 0 : got == 0 && turned == 0;
}

int main(void)
{
	unsigned wrong = 0, tried = 0;

#define TRY(call) do { tried++; if (!(call) && !wrong++) LOG_ERROR("wrong: %s, size %u, start %u", #call, size, start); } while (0)
	for (unsigned size = 0; size <= SIZE_MAX_TRIED; size++) {
		for (unsigned start = BESIDE; start < BESIDE + STARTS; start++) {
			for (unsigned from_start = BESIDE; from_start < BESIDE + STARTS; from_start++)
				TRY(copies(size, start, from_start));
			TRY(fills(size, start, 0));
			TRY(fills(size, start, 0xa5));
			TRY(fills(size, start, 0x1c2));
			for (unsigned where = 0; where <= size; where++)
				TRY(compares(size, start, where));
		}
	}
	LOG_INFO("tried %u, wrong %u", tried, wrong);
	return 0;
}
