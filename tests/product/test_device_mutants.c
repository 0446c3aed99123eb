/* SPDX-License-Identifier: Apache-2.0 */
/* Mutants of a device image: the tool believes none. */
#include "device_sample.h"

#include "mutants.h"

/* Over a changed table the signature of somebody else, by the same name of a key: the kid in the block is the integrator's. */
static void sign_by_another(uint8_t *table, uint32_t span)
{
	uint8_t kid[COSE_BLOCK_SIZE];
	struct err e = { 0 };

	memcpy(kid, table + span - COSE_BLOCK_SIZE, sizeof(kid));
	assert_int_equal(key_sign(other, COSE_KIND_TABLE, (struct bytes){ table, span - COSE_BLOCK_SIZE }, table + span - COSE_BLOCK_SIZE, &e), MS_OK);
	memcpy(table + span - COSE_BLOCK_SIZE, kid, 32);
}

/* What is signed of a device, in 500 ways, or as many as MUTANTS says, each named by its seed: the tool believes none. */
static void no_mutant_of_a_device_image_is_believed(void **state)
{
	(void)state;
	unsigned count = mutant_count(500), tried = 0;
	struct sample s;
	uint32_t span;

	sample(&s);
	struct bytes good = built(&s), flash = arena_copy(&arena, good);
	uint8_t *table = (uint8_t *)flash.at + (board.part[BOARD_TABLE_A].base - board.flash.base);

	assert_int_equal(table_span((struct bytes){ table, board.part[BOARD_TABLE_A].size }, TABLE_SIZE_MAX, &span), MS_OK);
	for (uint64_t seed = 1; tried < count; seed++) {
		uint64_t state_of = seed, what = seeded_below(&state_of, 4);
		const struct layout_item *image = &s.services[what & 1].at;
		uint8_t *at = what < 2 ? table : (uint8_t *)flash.at + (image->flash.base - board.flash.base);
		size_t size = what < 2 ? span : s.services[what & 1].image.size;
		struct arena scratch = { 0 };
		struct believer by = { sample_find, integrator };
		struct device_report r;
		struct err e = { 0 };

		mutant(at, size, &state_of);
		if (what == 1)
			sign_by_another(table, span);
		if (!bytes_equal(flash, good)) {
			tried++;
			if (device_believe(flash, "x.bin", &board, &by, &scratch, &r, &e) >= 0)
				fail_msg("the mutant of seed %llu is believed", (unsigned long long)seed);
		}
		memcpy((uint8_t *)flash.at, good.at, good.size);
		arena_done(&scratch);
	}
	assert_int_equal(believe(flash, &(struct device_report){ 0 }, &(struct err){ 0 }), MS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_teardown(no_mutant_of_a_device_image_is_believed, give_back) };

	return cmocka_run_group_tests(tests, sample_begin, sample_end);
}
