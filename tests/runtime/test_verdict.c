/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts, and the way to a start that is computed from them. */
#include "verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "fake_port.h"
#include "services.h"

enum { WORDS = 8 };

static bool yes(struct verdict v)
{
	return verdict_bits(v) == VERDICT_YES;
}

static void yes_and_no_differ_in_every_bit_and_neither_is_a_common_value(void **state)
{
	(void)state;
	assert_int_equal(VERDICT_YES ^ VERDICT_NO, UINT32_MAX);
	assert_true(yes(verdict_of(true)));
	assert_int_equal(verdict_bits(verdict_of(false)), VERDICT_NO);
	for (uint32_t common = 0; common < 256; common++) {
		assert_false(yes((struct verdict){ common }));
		assert_false(yes((struct verdict){ -common }));
	}
}

static void each_flipped_bit_is_seen(void **state)
{
	uint32_t a[WORDS], b[WORDS];
	(void)state;

	memset(a, 0x5a, sizeof(a));
	memcpy(b, a, sizeof(a));
	assert_true(yes(verdict_same(a, b, WORDS)));
	for (size_t bit = 0; bit < sizeof(a) * 8; bit++) {
		b[bit / 32] ^= UINT32_C(1) << bit % 32;
		assert_false(yes(verdict_same(a, b, WORDS)));
		b[bit / 32] ^= UINT32_C(1) << bit % 32;
	}
}

/* Their sum lacks an odd number for each: no number of them adds up to nothing. */
static void wrong_steps_do_not_make_up_for_each_other(void **state)
{
	uint32_t sum = 0;
	(void)state;

	for (uint32_t wrong = 1; wrong <= 64; wrong++) {
		verdict_step(&sum, verdict_none(UINT32_C(1) << wrong % 32));
		assert_int_not_equal(sum, wrong * VERDICT_YES);
	}
}

static void a_sum_counts_each_step_and_no_wrong_one(void **state)
{
	uint32_t sum = 0;
	(void)state;

	assert_true(verdict_step(&sum, verdict_of(true)));
	assert_true(verdict_step(&sum, verdict_of(true)));
	assert_int_equal(sum, 2 * VERDICT_YES);
	assert_false(verdict_step(&sum, verdict_of(false)));
	assert_int_not_equal(sum, 3 * VERDICT_YES);
	assert_int_not_equal(sum, 2 * VERDICT_YES);
}

static struct test_service memory;

/* A service that was added with its entry sealed by so many steps. */
static struct service *add_sealed(struct service_plan *plan, uint32_t steps)
{
	fake_reset(0);
	core_init();
	*plan = test_plan(&memory, "sealed", 1, 4);
	plan->entry += steps * VERDICT_YES;
	assert_int_equal(service_add(plan), MS_OK);
	return service_of(plan->id);
}

static bool opens(struct service_plan *changed, const struct service_plan *plan, const struct service *s, uint32_t steps)
{
	service_confirm(changed, steps * VERDICT_YES);
	return s->plan.entry == plan->entry - (steps + SERVICE_CONFIRM_STEPS) * VERDICT_YES;
}

static void the_same_plan_opens_the_entry(void **state)
{
	struct service_plan plan;
	struct service *s = add_sealed(&plan, 5 + SERVICE_CONFIRM_STEPS);
	(void)state;

	assert_true(opens(&plan, &plan, s, 5));
	assert_int_equal(s->plan.entry, s->plan.text);
	service_start(s);
	fake_leave();
	assert_non_null(core_current());
}

static void another_plan_leaves_it_sealed(void **state)
{
	struct service_plan plan, changed;
	(void)state;

	for (size_t bit = 0; bit < offsetof(struct service_plan, image_hash) * 8; bit++) {
		struct service *s = add_sealed(&plan, 5 + SERVICE_CONFIRM_STEPS);
		size_t byte = bit / 8;

		/* Whose it is, and what rules it has, are how it is found and what is looked at. */
		if (byte - offsetof(struct service_plan, id) < sizeof(plan.id) || byte - offsetof(struct service_plan, rules) < sizeof(plan.rules) ||
		    byte - offsetof(struct service_plan, rule_count) < sizeof(plan.rule_count))
			continue;
		changed = plan;
		((uint8_t *)&changed)[byte] ^= 1u << bit % 8;
		if (opens(&changed, &plan, s, 5))
			fail_msg("bit %zu of a plan is not compared", bit);
	}
}

static void one_that_was_not_added_is_not_confirmed(void **state)
{
	struct service_plan plan;
	struct service *s = add_sealed(&plan, 5 + SERVICE_CONFIRM_STEPS);
	uintptr_t sealed = s->plan.entry;
	(void)state;

	plan.id++;
	service_confirm(&plan, 5 * VERDICT_YES);
	assert_int_equal(s->plan.entry, sealed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(yes_and_no_differ_in_every_bit_and_neither_is_a_common_value),
		cmocka_unit_test(each_flipped_bit_is_seen),
		cmocka_unit_test(wrong_steps_do_not_make_up_for_each_other),
		cmocka_unit_test(a_sum_counts_each_step_and_no_wrong_one),
		cmocka_unit_test(the_same_plan_opens_the_entry),
		cmocka_unit_test(another_plan_leaves_it_sealed),
		cmocka_unit_test(one_that_was_not_added_is_not_confirmed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
