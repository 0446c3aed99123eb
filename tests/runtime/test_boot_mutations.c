/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mutants of a device's table and images before the runtime's own code that starts it: none may start anything.  Each is named by
 * its seed; MUTANTS in the environment says how many of each (10,000).
 */
#include "boot_device.h"

enum { BLOCK = COSE_BLOCK_SIZE, ENTRIES_AT = 96, ENTRY = 128 };

static uint8_t good_bank[BANK], good_flash[FLASH_SIZE], other_block[BLOCK];
static size_t table_size;	/* with its block */

/* splitmix64: the same on every machine. */
static uint64_t draw(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static size_t below(uint64_t *seed, size_t limit)
{
	return (size_t)(draw(seed) % limit);
}

static void flip(uint8_t *at, size_t size, uint64_t *seed)
{
	for (size_t n = 1 + below(seed, 8); n; n--)
		at[below(seed, size)] ^= (uint8_t)(1u << below(seed, 8));
}

/* As flash that was not written to the end, or that reads as nothing. */
static void cut(uint8_t *at, size_t size, uint64_t *seed)
{
	size_t from = below(seed, size);

	memset(at + from, draw(seed) & 1 ? 0xff : 0, size - from);
}

static void overwrite(uint8_t *at, size_t size, uint64_t *seed)
{
	size_t from = below(seed, size), count = 1 + below(seed, size - from < 64 ? size - from : 64);

	for (size_t i = 0; i < count; i++)
		at[from + i] = (uint8_t)draw(seed);
}

/* Two pieces of one size change places: two entries, or any. */
static void swap(uint8_t *at, size_t size, uint64_t *seed)
{
	bool entries = size > ENTRIES_AT + 2 * ENTRY && draw(seed) & 1;
	size_t count = entries ? ENTRY : 1 + below(seed, size / 2);
	size_t one = entries ? ENTRIES_AT : below(seed, size - 2 * count + 1), two = entries ? ENTRIES_AT + ENTRY : one + count;

	for (size_t i = 0; i < count; i++) {
		uint8_t kept = at[one + i];

		at[one + i] = at[two + i];
		at[two + i] = kept;
	}
}

typedef void mutation(uint8_t *at, size_t size, uint64_t *seed);
static mutation *const mutations[] = { flip, cut, overwrite, swap };
enum { MUTATIONS = sizeof(mutations) / sizeof(mutations[0]) };

/* Whoever has no key of the integrator signs it again, or takes a signature of the integrator from elsewhere. */
static void sign_again(uint64_t *seed)
{
	struct bytes signed_part = { bank[0], table_size - BLOCK };
	struct err e = { 0 };

	if (draw(seed) & 1)
		memcpy(bank[0] + table_size - BLOCK, other_block, BLOCK);
	else
		assert_int_equal(key_sign(stranger, kind, signed_part, bank[0] + table_size - BLOCK, &e), MS_OK);
}

static void mutate_table(uint64_t seed)
{
	uint64_t state = seed;
	unsigned how = (unsigned)below(&state, MUTATIONS + 2);

	if (how < MUTATIONS)
		mutations[how](bank[0], table_size, &state);
	else {
		if (how == MUTATIONS)
			mutations[below(&state, MUTATIONS)](bank[0], table_size - BLOCK, &state);
		sign_again(&state);
	}
}

/* Both images in the same way: neither may run. */
static void mutate_images(uint64_t seed)
{
	unsigned how = (unsigned)below(&seed, MUTATIONS);

	mutations[how](flash, IMAGE, &seed);
	memcpy(flash + 0x1000, flash, IMAGE);
}

static int make_device(void **state)
{
	if (make_keys(state))
		return -1;
	good();
	table.sequence = 8;
	size_t other = write_bank(0, integrator);

	memcpy(other_block, bank[0] + other - BLOCK, BLOCK);
	table.sequence = 7;
	table_size = write_two(talk, hash);
	memcpy(good_bank, bank[0], BANK);
	memcpy(good_flash, flash, FLASH_SIZE);
	return 0;
}

static void as_it_was(void)
{
	memcpy(bank[0], good_bank, BANK);
	memcpy(flash, good_flash, FLASH_SIZE);
}

static unsigned mutants(void)
{
	const char *said_so = getenv("MUTANTS");

	return said_so ? (unsigned)strtoul(said_so, NULL, 10) : 10000;
}

/* What came out as it went in is none, and another is taken in its place. */
static void none_starts(void (*mutate)(uint64_t seed))
{
	unsigned tried = 0;

	as_it_was();
	assert_true(boots());
	for (uint64_t seed = 1; tried < mutants(); seed++) {
		as_it_was();
		mutate(seed);
		if (!memcmp(bank[0], good_bank, BANK) && !memcmp(flash, good_flash, FLASH_SIZE))
			continue;
		tried++;
		if (boots())
			fail_msg("the mutant of seed %llu starts", (unsigned long long)seed);
		assert_true(said("nothing runs") || said("refused"));
	}
	as_it_was();
	assert_true(boots());
}

static void no_mutant_of_a_table_starts_anything(void **state)
{
	(void)state;
	none_starts(mutate_table);
}

static void no_mutant_of_images_starts(void **state)
{
	(void)state;
	none_starts(mutate_images);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_mutant_of_a_table_starts_anything),
		cmocka_unit_test(no_mutant_of_images_starts),
	};

	return cmocka_run_group_tests(tests, make_device, drop_keys);
}
