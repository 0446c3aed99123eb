/* SPDX-License-Identifier: Apache-2.0 */
/* What table_decode asks of rules about devices and shared memory; services 0x1001 and 0x2002 have RAM at 0 and 0x1000. */
#include "table_sample.h"

enum { ONE = 0x1001, TWO = 0x2002 };

static int with(const struct table_rule *rules, uint32_t count)
{
	static struct sample s;

	sample_init(&s);
	memcpy(s.rule, rules, count * sizeof(*rules));
	s.rule_count = count;
	return decoded(&s);
}

#define RULES(...) with((struct table_rule[]){ __VA_ARGS__ }, sizeof((struct table_rule[]){ __VA_ARGS__ }) / sizeof(struct table_rule))
#define GOOD(...) assert_int_equal(RULES(__VA_ARGS__), MS_OK)
#define BAD(...) assert_int_equal(RULES(__VA_ARGS__), -MS_EFORMAT)
#define DEVICE(service, number, signal, local) { service, 0x01000000 + (number), 1 + ((signal) << 8), local }
#define OWNED(service, number, local, size, offset) { service, 0x03000000 + (number), 7 + ((local) << 8) + ((uint32_t)(size) / 32 << 16), offset }
#define LENT(service, number, local) { service, 0x03000000 + (number), 3 + ((local) << 8), 0 }

static void a_device_is_one_services(void **state)
{
	(void)state;
	GOOD(DEVICE(ONE, 0, 4, 0), DEVICE(ONE, 1, 5, 1), DEVICE(TWO, 2, 4, 0));
	BAD(DEVICE(ONE, 0, 4, 0), DEVICE(TWO, 0, 4, 0));
	GOOD(DEVICE(ONE, 31, 0, 0));
	BAD(DEVICE(ONE, 32, 0, 0));
	BAD(DEVICE(ONE, 0xffffff, 0, 0));
}

static void signals_and_local_indices_are_in_range(void **state)
{
	(void)state;
	GOOD(DEVICE(ONE, 0, 31, 255));
	BAD(DEVICE(ONE, 0, 3, 0));
	BAD(DEVICE(ONE, 0, 1, 0));
	BAD(DEVICE(ONE, 0, 4, 7), DEVICE(ONE, 1, 5, 7));
	GOOD(DEVICE(ONE, 0, 4, 7), OWNED(ONE, 0, 7, 1024, 0x4000));
	BAD(OWNED(ONE, 0, 7, 1024, 0x4000), OWNED(ONE, 1, 7, 1024, 0x4400));
	BAD({ ONE, 0x01000000, 4 << 8, 0 });	/* a signal and no use */
}

static void the_speed_of_a_line_is_beside_the_local_index(void **state)
{
	(void)state;
	GOOD(DEVICE(ONE, 0, 4, 115200u << 8 | 7), DEVICE(ONE, 1, 5, 0xffffffu << 8 | 8));
	BAD(DEVICE(ONE, 0, 4, 115200u << 8 | 7), DEVICE(ONE, 1, 5, 9600u << 8 | 7));
}

static void a_block_has_one_owner_and_at_most_one_borrower(void **state)
{
	(void)state;
	GOOD(OWNED(ONE, 0, 0, 1024, 0x4000));
	GOOD(OWNED(ONE, 0, 0, 1024, 0x4000), LENT(TWO, 0, 0));
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), OWNED(TWO, 0, 0, 1024, 0x5000));
	BAD(LENT(ONE, 0, 0));
	BAD(OWNED(ONE, 1, 0, 1024, 0x4000));
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), OWNED(ONE, 2, 1, 1024, 0x4400));
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), LENT(TWO, 1, 0));
	BAD({ ONE, 0x03000000, 5 + (32 << 16), 0x4000 });		/* its owner may always write */
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), { TWO, 0x03000000, 2, 0 });	/* to write only is nothing that a region can say */
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), { TWO, 0x03000000, 1, 4 });
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), { TWO, 0x03000000, 1 + (1 << 16), 0 });
}

static void a_third_service_borrows_nothing(void **state)
{
	(void)state;
	static struct sample s;

	sample_init(&s);
	s.entry[2] = s.entry[1];
	s.entry[2].id = 0x3003;
	s.entry[2].name = BYTES_LITERAL("third");
	s.entry[2].image_offset = s.entry[2].ram_offset = 0x3000;
	s.entry_count = 3;
	s.rule[0] = (struct table_rule)OWNED(ONE, 0, 0, 1024, 0x4000);
	s.rule[1] = (struct table_rule)LENT(TWO, 0, 0);
	s.rule_count = 2;
	assert_int_equal(decoded(&s), MS_OK);
	s.rule[2] = (struct table_rule)LENT(0x3003, 0, 0);
	s.rule_count = 3;
	assert_int_equal(decoded(&s), -MS_EFORMAT);
}

static void a_block_lies_legally_and_alone(void **state)
{
	(void)state;
	BAD(OWNED(ONE, 0, 0, 0, 0x4000));
	BAD(OWNED(ONE, 0, 0, 1056, 0x4000));
	BAD(OWNED(ONE, 0, 0, 1024, 0x4020));
	BAD(OWNED(ONE, 0, 0, 1024, 0x4002));
	BAD(OWNED(ONE, 0, 0, 1024, 0));			/* the first service's RAM */
	BAD(OWNED(ONE, 0, 0, 1024, 0x1c00));		/* the second's */
	GOOD(OWNED(ONE, 0, 0, 1024, 0x2000));
	GOOD(OWNED(ONE, 0, 0, 1024, 0x0c00));
	GOOD(OWNED(ONE, 0, 0, 1024, 0xfc00));
	BAD(OWNED(ONE, 0, 0, 1024, 0x10000));
	BAD(OWNED(ONE, 0, 0, 1024, 0xfffffc00));
	BAD(OWNED(ONE, 0, 0, 0x20000, 0x10000));	/* more than there is */
	GOOD({ ONE, 0x05000001, 4, 0x4010 }, OWNED(TWO, 0, 0, 1024, 0x4000));	/* a key is no block */
	BAD(OWNED(ONE, 0, 0, 1024, 0x4000), OWNED(TWO, 1, 0, 2048, 0x4000));
	GOOD(OWNED(ONE, 0, 0, 1024, 0x4000), OWNED(TWO, 1, 0, 1024, 0x4400));
	GOOD(OWNED(ONE, 0, 0, 1024, 0x4400), OWNED(TWO, 1, 0, 1024, 0x4000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_is_one_services),
		cmocka_unit_test(signals_and_local_indices_are_in_range),
		cmocka_unit_test(the_speed_of_a_line_is_beside_the_local_index),
		cmocka_unit_test(a_block_has_one_owner_and_at_most_one_borrower),
		cmocka_unit_test(a_third_service_borrows_nothing),
		cmocka_unit_test(a_block_lies_legally_and_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
