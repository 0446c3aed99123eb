/* SPDX-License-Identifier: Apache-2.0 */
/* What table_decode asks of entries and rules, one number changed at a time. */
#include "image.h"
#include "table_sample.h"

static void ids_ascend_and_are_not_zero(void **state)
{
	(void)state;
	ALLOWED((s.entry[0].id = s.rule[0].service = s.rule[1].service = 1));
	REFUSED_WITH((s.entry[0].id = s.rule[0].service = s.rule[1].service = 0));
	REFUSED_WITH((s.entry[0].id = s.rule[0].service = s.rule[1].service = 0x2002));
	REFUSED_WITH((s.entry[0].id = s.rule[0].service = s.rule[1].service = 0x2003));
	ALLOWED((s.entry[1].id = s.rule[2].service = UINT32_MAX));
}

static void only_known_flags_are_allowed(void **state)
{
	(void)state;
	for (uint32_t flags = 0; flags <= UINT16_MAX; flags = flags < 8 ? flags + 1 : flags * 2)
		CHANGED(flags <= 3 ? MS_OK : -MS_EFORMAT, s.entry[0].flags = (uint16_t)flags);
}

/* An image of this size, in a flash window that has room for it. */
static void place_large(struct sample *s, uint32_t size)
{
	s->table.flash_base = 0x08000000;
	s->table.flash_size = 64 << 20;
	s->entry[0].image_offset = 32 << 20;
	s->entry[0].image_size = size;
	s->entry[0].image_extent = region_extent(MPU_V7, size);
}

static void an_image_has_its_least_legal_extent(void **state)
{
	(void)state;
	REFUSED_WITH(s.entry[0].image_extent = 768);
	REFUSED_WITH(s.entry[0].image_extent = 512);
	REFUSED_WITH(s.entry[0].image_extent = 0);
	REFUSED_WITH(s.entry[0].image_extent = UINT32_MAX);
	ALLOWED(s.entry[0].image_size = 640);
	REFUSED_WITH(s.entry[0].image_size = 644);
	ALLOWED(s.entry[0].image_size = 516);
	REFUSED_WITH(s.entry[0].image_size = 512);
	REFUSED_WITH(s.entry[0].image_size = 530);
	REFUSED_WITH(s.entry[0].image_size = 0);
	REFUSED_WITH((s.entry[0].image_size = 60, s.entry[0].image_extent = 64));
	ALLOWED((s.entry[0].image_size = 64, s.entry[0].image_extent = 64));
	REFUSED_WITH(s.entry[0].image_size = UINT32_MAX - 3);
	ALLOWED(place_large(&s, IMAGE_SIZE_MAX));
	REFUSED_WITH(place_large(&s, IMAGE_SIZE_MAX + 4));
}

static void an_image_lies_legally_in_the_window(void **state)
{
	(void)state;
	ALLOWED(s.entry[0].image_offset = 128);
	ALLOWED(s.entry[0].image_offset = 384);
	ALLOWED(s.entry[0].image_offset = 0x3fc00 + 384);
	REFUSED_WITH(s.entry[0].image_offset = 512);	/* across two windows */
	REFUSED_WITH(s.entry[0].image_offset = 64);
	REFUSED_WITH(s.entry[0].image_offset = 2);
	REFUSED_WITH(s.entry[0].image_offset = 0x40000);
	REFUSED_WITH(s.entry[0].image_offset = 0x40000 - 128);
	REFUSED_WITH(s.entry[0].image_offset = UINT32_MAX - 127);
	REFUSED_WITH(s.entry[0].image_offset = UINT32_MAX - 0x3ff);	/* before the window, where it would be legal */
	REFUSED_WITH(s.table.flash_size = 0x1fff);
	ALLOWED(s.table.flash_size = 0x2000);
	REFUSED_WITH(s.table.flash_base += 32);
}

static void ram_lies_legally_in_the_window(void **state)
{
	(void)state;
	ALLOWED(s.entry[0].ram_offset = 512);
	REFUSED_WITH(s.entry[0].ram_offset = 256);
	REFUSED_WITH(s.entry[0].ram_offset = 2048);
	REFUSED_WITH(s.entry[0].ram_offset = 0x10000);
	REFUSED_WITH(s.entry[0].ram_offset = UINT32_MAX - 511);
	REFUSED_WITH(s.entry[0].ram_offset = UINT32_MAX - 0xfff);
	REFUSED_WITH(s.entry[0].ram_extent = 2592);
	REFUSED_WITH(s.entry[0].ram_extent = 0);
	ALLOWED(s.entry[0].ram_extent = 4096);
	REFUSED_WITH(s.entry[0].ram_extent = UINT32_MAX - 511);
	REFUSED_WITH(s.table.ram_size = 0x1fff);
}

static void pmsav8_asks_for_multiples_of_32(void **state)
{
	(void)state;
	static struct sample s;
	struct table t;

	sample_init(&s);
	assert_int_equal(table_decode(encoded(&s), MPU_V8, &t), -MS_EFORMAT);	/* 640 is not the least */
	s.entry[0].image_extent = 544;
	s.entry[1].image_extent = 4000;
	s.entry[0].ram_extent = 2208;
	s.entry[1].ram_offset = 2208;
	assert_int_equal(table_decode(encoded(&s), MPU_V8, &t), MS_OK);
	assert_int_equal(table_decode(encoded(&s), MPU_NONE, &t), MS_OK);
	assert_int_equal(table_decode(encoded(&s), MPU_V7, &t), -MS_EFORMAT);
	s.entry[1].ram_offset += 16;
	assert_int_equal(table_decode(encoded(&s), MPU_V8, &t), -MS_EFORMAT);
}

static void no_two_images_overlap(void **state)
{
	(void)state;
	REFUSED_WITH(s.entry[1].image_offset = 0);
	REFUSED_WITH(s.entry[0].image_offset = 0x1000);
	REFUSED_WITH(s.entry[0].image_offset = 0x1c00 + 384);
	ALLOWED(s.entry[0].image_offset = 0x2000);
	ALLOWED(s.entry[0].image_offset = 0x1000 - 640);
	REFUSED_WITH(s.entry[0].image_offset = 0x1000 - 512);
}

static void no_two_rams_overlap(void **state)
{
	(void)state;
	REFUSED_WITH(s.entry[1].ram_offset = 0);
	REFUSED_WITH(s.entry[0].ram_offset = 0x1000);
	REFUSED_WITH(s.entry[0].ram_offset = 0x1600);
	ALLOWED(s.entry[0].ram_offset = 0x2000);
	ALLOWED(s.entry[0].ram_offset = 0x1000 - 2560);
}

static void stack_and_heap_fit_into_the_ram(void **state)
{
	(void)state;
	ALLOWED(s.entry[0].stack_size = 1536);
	REFUSED_WITH(s.entry[0].stack_size = 1568);
	REFUSED_WITH(s.entry[0].stack_size = 224);
	REFUSED_WITH(s.entry[0].stack_size = 1025);
	ALLOWED(s.entry[0].heap_size = 1536);
	REFUSED_WITH(s.entry[0].heap_size = 1544);
	REFUSED_WITH(s.entry[0].heap_size = 1028);
	REFUSED_WITH(s.entry[0].heap_size = UINT32_MAX - 1023);
	REFUSED_WITH(s.entry[0].stack_size = UINT32_MAX - 1023);
}

static void scheduling_and_restart_are_in_range(void **state)
{
	(void)state;
	ALLOWED(s.entry[0].priority = 10);
	REFUSED_WITH(s.entry[0].priority = 11);
	ALLOWED(s.entry[0].ceiling = 31);
	REFUSED_WITH(s.entry[0].ceiling = 32);
	REFUSED_WITH((s.entry[0].priority = 32, s.entry[0].ceiling = 32));
	REFUSED_WITH(s.entry[0].ceiling = 255);
	REFUSED_WITH(s.entry[0].quantum_msec = 0);
	ALLOWED(s.entry[0].quantum_msec = 1);
	REFUSED_WITH(s.entry[0].quantum_msec = 1001);
	ALLOWED(s.entry[0].restart = TABLE_RESTART_NEVER);
	ALLOWED(s.entry[0].restart = TABLE_RESTART_REBOOT);
	REFUSED_WITH(s.entry[0].restart = 3);
	ALLOWED((s.entry[0].restart_limit = 255, s.entry[0].backoff_msec = UINT16_MAX));
}

static void rules_belong_to_their_service_and_are_sorted(void **state)
{
	(void)state;
	ALLOWED((s.rule[0].object = 0x04000001, s.rule[1] = s.rule[0], s.rule[1].object++));
	REFUSED_WITH((s.rule[0].object = 0x04000002, s.rule[1] = s.rule[0], s.rule[1].object--));	/* hides the second from a search */
	REFUSED_WITH((s.rule[0].object = 0x04000001, s.rule[1] = s.rule[0]));	/* the same twice */
	REFUSED_WITH(s.rule[2].service = 0x2003);	/* nobody's */
	REFUSED_WITH(s.rule[0].service = 0x2002);
	REFUSED_WITH(s.rule[1].service = 0x1002);
	ALLOWED(s.rule[2].service = 0x1001);		/* all three are the first one's */
	ALLOWED(s.rule_count = 0);
}

static void rule_slices_follow_each_other(void **state)
{
	(void)state;
	enum { FIRST = 96 + 52, COUNT = 96 + 54, NEXT = 128 };

	assert_int_equal(patched(FIRST, 2, 1), -MS_EFORMAT);
	assert_int_equal(patched(COUNT, 2, 1), -MS_EFORMAT);
	assert_int_equal(patched(COUNT, 2, 3), -MS_EFORMAT);
	assert_int_equal(patched(COUNT, 2, UINT16_MAX), -MS_EFORMAT);
	assert_int_equal(patched(FIRST + NEXT, 2, 0), -MS_EFORMAT);
	assert_int_equal(patched(FIRST + NEXT, 2, 3), -MS_EFORMAT);
	assert_int_equal(patched(FIRST + NEXT, 2, UINT16_MAX), -MS_EFORMAT);
	assert_int_equal(patched(COUNT + NEXT, 2, 0), -MS_EFORMAT);
	assert_int_equal(patched(COUNT + NEXT, 2, 2), -MS_EFORMAT);
	assert_int_equal(patched(COUNT + NEXT, 2, UINT16_MAX), -MS_EFORMAT);

	/* A service without rules has no other place in them either. */
	static struct sample s;
	struct table t;
	sample_init(&s);
	s.rule_count = 0;
	struct bytes raw = encoded(&s);
	assert_int_equal(table_decode(raw, MPU_V7, &t), MS_OK);
	buffer[FIRST] = 1;
	assert_int_equal(table_decode(raw, MPU_V7, &t), -MS_EFORMAT);
}

static void only_known_classes_and_operations_are_granted(void **state)
{
	(void)state;
	static const uint32_t operations[11] = { 0, 0x1f01, 0xffff7f07, 0xffffff07, 0x7, 0x1f, 0x3, 0x1, 0x1, 0x1, 0x1 };

	for (uint32_t class = 0; class <= UINT8_MAX; class++) {
		uint32_t known = class <= 10 ? operations[class] : 0;

		for (unsigned bit = 0; bit < 32; bit++)
			assert_int_equal(table_rule_known(class << 24 | 1, UINT32_C(1) << bit), known >> bit & 1);
		assert_int_equal(table_rule_known(class << 24, known), known != 0);
		assert_false(table_rule_known(class << 24, 0));
		assert_false(table_rule_known(class << 24, UINT32_MAX));
	}
	REFUSED_WITH(s.rule[0].operations = 3);
	REFUSED_WITH(s.rule[0].operations = 0);
	REFUSED_WITH(s.rule[2].object = 0x0b000000);
	REFUSED_WITH(s.rule[0].object = 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_ascend_and_are_not_zero),
		cmocka_unit_test(only_known_flags_are_allowed),
		cmocka_unit_test(an_image_has_its_least_legal_extent),
		cmocka_unit_test(an_image_lies_legally_in_the_window),
		cmocka_unit_test(ram_lies_legally_in_the_window),
		cmocka_unit_test(pmsav8_asks_for_multiples_of_32),
		cmocka_unit_test(no_two_images_overlap),
		cmocka_unit_test(no_two_rams_overlap),
		cmocka_unit_test(stack_and_heap_fit_into_the_ram),
		cmocka_unit_test(scheduling_and_restart_are_in_range),
		cmocka_unit_test(rules_belong_to_their_service_and_are_sorted),
		cmocka_unit_test(rule_slices_follow_each_other),
		cmocka_unit_test(only_known_classes_and_operations_are_granted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
