/* SPDX-License-Identifier: Apache-2.0 */
#include "blocks.h"

#define OPEN __attribute__((section("ms_open")))

enum { PLACES = 1 << 16, PAIRS = 256 };

OPEN bool blocks_count;

OPEN static struct {
	uint8_t count[PLACES];		/* of this input */
	uint8_t known[PLACES];		/* of all: a bit for each power of two */
	uint16_t reached[PLACES];	/* those that are not 0 */
	size_t reached_count;
	uint64_t known_count;
	uintptr_t before;
} map;

/* One for each place that compares, so that a loop's counter does not fill them all. */
OPEN static struct {
	struct blocks_pair at[PAIRS];
	uint8_t used[PAIRS];		/* places */
	size_t count;
} pairs;

void blocks_begin(void)
{
	blocks_count = true;
}

void blocks_reached(uintptr_t pc)
{
	uintptr_t here = pc * UINT64_C(0x9e3779b97f4a7c15) >> 48;
	uint16_t place = (uint16_t)(here ^ map.before);

	map.before = here >> 1;
	if (map.count[place] == 0)
		map.reached[map.reached_count++] = place;
	if (map.count[place] != UINT8_MAX)
		map.count[place]++;
}

bool blocks_new(uint64_t *all)
{
	bool found = false;

	for (size_t i = 0; i < map.reached_count; i++) {
		uint16_t place = map.reached[i];
		uint8_t bit = (uint8_t)(1u << (31 - __builtin_clz(map.count[place])));

		if (!(map.known[place] & bit)) {
			map.known_count += !map.known[place];
			map.known[place] |= bit;
			found = true;
		}
		map.count[place] = 0;
	}
	map.reached_count = 0;
	map.before = 0;
	*all = map.known_count;
	return found;
}

void blocks_compare_anew(void)
{
	for (size_t i = 0; i < pairs.count; i++)
		pairs.at[pairs.used[i]].size = 0;
	pairs.count = 0;
}

bool blocks_compared(uint64_t random, struct blocks_pair *out)
{
	if (pairs.count)
		*out = pairs.at[pairs.used[random % pairs.count]];
	return pairs.count != 0;
}

static void compare(uintptr_t caller, uint64_t left, uint64_t right, unsigned size)
{
	uint8_t place = (uint8_t)((caller * UINT64_C(0x9e3779b97f4a7c15)) >> 56);

	if (!blocks_count || left == right)
		return;
	if (!pairs.at[place].size)
		pairs.used[pairs.count++] = place;
	pairs.at[place] = (struct blocks_pair){ left, right, size };
}

#define CALLER ((uintptr_t)__builtin_return_address(0))

/* Called by what the compiler makes of comparisons. */
#define COMPARE(name, type) \
	void name(type left, type right); \
	void name(type left, type right) { compare(CALLER, left, right, sizeof(type)); }

COMPARE(__sanitizer_cov_trace_cmp1, uint8_t)
COMPARE(__sanitizer_cov_trace_cmp2, uint16_t)
COMPARE(__sanitizer_cov_trace_cmp4, uint32_t)
COMPARE(__sanitizer_cov_trace_cmp8, uint64_t)
COMPARE(__sanitizer_cov_trace_const_cmp1, uint8_t)
COMPARE(__sanitizer_cov_trace_const_cmp2, uint16_t)
COMPARE(__sanitizer_cov_trace_const_cmp4, uint32_t)
COMPARE(__sanitizer_cov_trace_const_cmp8, uint64_t)

/* cases[0] is how many there are, cases[1] how many bits the value has. */
void __sanitizer_cov_trace_switch(uint64_t value, const uint64_t *cases);
void __sanitizer_cov_trace_switch(uint64_t value, const uint64_t *cases)
{
	for (uint64_t i = 0; i < cases[0]; i++)
		compare(CALLER + i, value, cases[2 + i], (unsigned)cases[1] / 8);
}

/* Numbers with a fraction are not looked into. */
void __sanitizer_cov_trace_cmpf(float left, float right);
void __sanitizer_cov_trace_cmpf(float left, float right)
{
	(void)left, (void)right;
}

void __sanitizer_cov_trace_cmpd(double left, double right);
void __sanitizer_cov_trace_cmpd(double left, double right)
{
	(void)left, (void)right;
}

/* Called by memcmp, strcmp and strncmp of services (checked_string.c), with the bytes that they had before them. */
void __sanitizer_weak_hook_memcmp(void *caller, const void *left, const void *right, size_t size, int result);
void __sanitizer_weak_hook_memcmp(void *caller, const void *left, const void *right, size_t size, int result)
{
	const uint8_t *l = left, *r = right;
	uint64_t a = 0, b = 0;
	unsigned count = size < sizeof(a) ? (unsigned)size : sizeof(a);

	(void)result;
	if (!blocks_count)
		return;
	for (unsigned i = 0; i < count; i++) {
		a |= (uint64_t)l[i] << 8 * i;
		b |= (uint64_t)r[i] << 8 * i;
	}
	compare((uintptr_t)caller, a, b, count);
}
