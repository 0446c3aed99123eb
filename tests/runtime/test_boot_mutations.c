/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mutants of a device's table and images before the runtime's own code that starts it: none may start anything.  Each is named by
 * its seed; MUTANTS in the environment says how many of each (10,000).
 */
#include "boot_device.h"
#include "mutants.h"

enum { BLOCK = COSE_BLOCK_SIZE, ENTRIES_AT = 96, ENTRY = 128 };

static uint8_t good_bank[BANK], good_flash[FLASH_SIZE], other_block[BLOCK];
static size_t table_size;	/* with its block */

/* Two entries of the table change places, or any two pieces. */
static void mutate_entries(uint8_t *at, size_t size, uint64_t *seed)
{
	if (seeded_below(seed, 2))
		mutant_exchange(at + ENTRIES_AT, at + ENTRIES_AT + ENTRY, ENTRY);
	else
		mutant(at, size, seed);
}

/* Whoever has no key of the integrator signs it again, or takes a signature of the integrator from elsewhere. */
static void sign_again(uint64_t *seed)
{
	struct bytes signed_part = { bank[0], table_size - BLOCK };
	struct err e = { 0 };

	if (seeded_below(seed, 2))
		memcpy(bank[0] + table_size - BLOCK, other_block, BLOCK);
	else
		assert_int_equal(key_sign(stranger, kind, signed_part, bank[0] + table_size - BLOCK, &e), MS_OK);
}

static void mutate_table(uint64_t seed)
{
	switch (seeded_below(&seed, 4)) {
	case 0:
		mutate_entries(bank[0], table_size, &seed);
		break;
	case 1:
		sign_again(&seed);
		break;
	case 2:
		mutate_entries(bank[0], table_size - BLOCK, &seed);
		sign_again(&seed);
		break;
	default:
		mutant(bank[0], table_size, &seed);
	}
}

/* Both images in the same way: neither may run. */
static void mutate_images(uint64_t seed)
{
	mutant(flash, IMAGE, &seed);
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

/* What came out as it went in is none, and another is taken in its place. */
static void none_starts(void (*mutate)(uint64_t seed))
{
	unsigned tried = 0, count = mutant_count(10000);

	as_it_was();
	assert_true(boots());
	for (uint64_t seed = 1; tried < count; seed++) {
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
