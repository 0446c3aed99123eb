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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_and_its_number_lead_to_each_other),
		cmocka_unit_test(a_name_is_compared_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
