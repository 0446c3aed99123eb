/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "target.h"

static void a_name_and_its_number_lead_to_each_other(void **state)
{
	(void)state;
	unsigned known = 0;

	for (unsigned i = 0; i <= UINT8_MAX; i++) {
		const char *name = target_name((uint8_t)i);

		assert_int_equal(target_known((uint8_t)i), name != NULL);
		assert_int_equal(target_text((uint8_t)i).size, name ? strlen(name) : 0);
		if (!name)
			continue;
		assert_int_equal(target_number((struct bytes){ (const uint8_t *)name, strlen(name) }), i);
		known++;
	}
	assert_int_equal(known, 7);
	assert_string_equal(target_name(MS_TARGET_V7EM), "v7em");
	assert_string_equal(target_name(MS_TARGET_V7EM_FP), "v7em-fp");
}

static void a_name_is_compared_whole(void **state)
{
	(void)state;
	assert_int_equal(target_number(BYTES_LITERAL("v7em-fp")), MS_TARGET_V7EM_FP);
	assert_int_equal(target_number(BYTES_LITERAL("v7em-f")), 0);
	assert_int_equal(target_number(BYTES_LITERAL("v7em-fp\0")), 0);
	assert_int_equal(target_number(BYTES_LITERAL("V7EM")), 0);
	assert_int_equal(target_number(BYTES_LITERAL("")), 0);
	assert_int_equal(target_number((struct bytes){ NULL, 0 }), 0);
}

/* The table of docs/abi.md, "Targets". */
static void it_runs_where_the_abi_says_and_nowhere_else(void **state)
{
	(void)state;
	static const struct { uint8_t made_for; const char *here; } row[] = {
		{ MS_TARGET_V6M, "v6m v7m v7em v7em-fp v8m-base v8m v8m-fp" },
		{ MS_TARGET_V7M, "v7m v7em v7em-fp v8m v8m-fp" },
		{ MS_TARGET_V7EM, "v7em v7em-fp v8m v8m-fp" },
		{ MS_TARGET_V7EM_FP, "v7em-fp" },
		{ MS_TARGET_V8M_BASE, "v8m-base v8m v8m-fp" },
		{ MS_TARGET_V8M, "v8m v8m-fp" },
		{ MS_TARGET_V8M_FP, "v8m-fp" },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		for (unsigned here = 0; here <= UINT8_MAX; here++) {
			const char *name = target_name((uint8_t)here);
			char words[64], word[16];

			snprintf(words, sizeof(words), " %s ", row[i].here);
			snprintf(word, sizeof(word), " %s ", name ? name : "none");
			assert_int_equal(target_runs(row[i].made_for, (uint8_t)here), strstr(words, word) != NULL);
		}
	}
	for (unsigned made_for = 0; made_for <= UINT8_MAX; made_for++)
		if (!target_known((uint8_t)made_for))
			assert_false(target_runs((uint8_t)made_for, MS_TARGET_V8M_FP));
}

static void the_best_is_the_one_that_uses_most_of_the_processor(void **state)
{
	(void)state;
	static const uint8_t all[] = { 1, 2, 3, 4, 5, 6, 7 }, no_dsp[] = { MS_TARGET_V8M_BASE, MS_TARGET_V7EM, MS_TARGET_V6M };

	for (uint8_t here = 1; here <= 7; here++)
		assert_int_equal(all[target_best(all, 7, here)], here);
	assert_int_equal(target_best(no_dsp, 3, MS_TARGET_V8M_FP), 1);
	assert_int_equal(target_best(no_dsp, 3, MS_TARGET_V8M_BASE), 0);
	assert_int_equal(target_best(no_dsp, 3, MS_TARGET_V7M), 2);
	assert_int_equal(target_best(no_dsp, 2, MS_TARGET_V6M), -1);
	assert_int_equal(target_best(no_dsp, 0, MS_TARGET_V6M), -1);
}

static void two_targets_use_the_fpu(void **state)
{
	(void)state;
	for (uint8_t target = 0; target <= 8; target++)
		assert_int_equal(target_has_fpu(target), target == MS_TARGET_V7EM_FP || target == MS_TARGET_V8M_FP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_and_its_number_lead_to_each_other),
		cmocka_unit_test(a_name_is_compared_whole),
		cmocka_unit_test(it_runs_where_the_abi_says_and_nowhere_else),
		cmocka_unit_test(the_best_is_the_one_that_uses_most_of_the_processor),
		cmocka_unit_test(two_targets_use_the_fpu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
