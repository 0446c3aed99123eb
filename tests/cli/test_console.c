/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static struct console_line parsed(const char *line)
{
	struct console_line l;

	memset(&l, 0xa5, sizeof(l));
	console_parse(line, &l);
	return l;
}

static void a_services_line_has_name_severity_and_text(void **state)
{
	(void)state;
	struct console_line l = parsed("[    0.001234] hello info: Hello, world: 1 > 0");

	assert_int_equal(l.kind, CONSOLE_LOG);
	assert_int_equal(l.usec, 1234);
	assert_string_equal(l.service, "hello");
	assert_string_equal(l.severity, "info");
	assert_string_equal(l.text, "Hello, world: 1 > 0");
}

static void an_empty_text_is_a_line_too(void **state)
{
	(void)state;
	struct console_line l = parsed("[12345.000001] a error: ");

	assert_int_equal(l.kind, CONSOLE_LOG);
	assert_int_equal(l.usec, 12345000001);
	assert_string_equal(l.text, "");
	assert_string_equal(parsed("[    1.000000] a error:").text, "");
}

static void the_runtimes_own_words_begin_with_a_star(void **state)
{
	(void)state;
	struct console_line l = parsed("[    0.002000] * hello restart 1 in 100 ms");

	assert_int_equal(l.kind, CONSOLE_RUNTIME);
	assert_string_equal(l.text, "hello restart 1 in 100 ms");
	assert_string_equal(l.service, "");
}

static void a_fault_has_all_its_numbers(void **state)
{
	(void)state;
	struct console_line l = parsed("[    0.001300] ! hello write to memory that is not its own at 0x20000000 pc 0x00040128 "
				       "offset 0x000000e8 lr 0x00040111 sp 0x20004f00 image 3f2a91c04d5e6f70");
	static const uint8_t image[8] = { 0x3f, 0x2a, 0x91, 0xc0, 0x4d, 0x5e, 0x6f, 0x70 };

	assert_int_equal(l.kind, CONSOLE_FAULT);
	assert_string_equal(l.service, "hello");
	assert_string_equal(l.fault.cause, "write to memory that is not its own");
	assert_true(l.fault.has_address && l.fault.has_offset && l.fault.has_image);
	assert_false(l.fault.kernel);
	assert_int_equal(l.fault.address, 0x20000000);
	assert_int_equal(l.fault.pc, 0x40128);
	assert_int_equal(l.fault.offset, 0xe8);
	assert_int_equal(l.fault.lr, 0x40111);
	assert_int_equal(l.fault.sp, 0x20004f00);
	assert_memory_equal(l.fault.image, image, sizeof(image));
}

static void a_fault_need_not_have_an_address(void **state)
{
	(void)state;
	struct console_line l = parsed("[    0.001300] ! hello division by zero pc 0x00040128 offset 0x000000e8 "
				       "lr 0x00040111 sp 0x20004f00 image 3f2a91c04d5e6f70");

	assert_int_equal(l.kind, CONSOLE_FAULT);
	assert_string_equal(l.fault.cause, "division by zero");
	assert_false(l.fault.has_address);
}

static void a_fault_of_the_kernel_has_neither_offset_nor_image(void **state)
{
	(void)state;
	struct console_line l = parsed("[    0.001400] ! kernel bus error at 0x40000000 pc 0x00000128 lr 0x00000111 sp 0x20000f00");

	assert_int_equal(l.kind, CONSOLE_FAULT);
	assert_true(l.fault.kernel);
	assert_false(l.fault.has_offset || l.fault.has_image);
	assert_int_equal(l.fault.pc, 0x128);
}

static void anything_else_is_shown_as_it_is(void **state)
{
	(void)state;
	static const char *const odd[] = {
		"", "[", "[]", "[ ] ", "qemu-system-arm: no such file", "[    0.001234]", "[    0.001234] ",
		"[    0.1234] a info: x", "[    0.0012345] a info: x", "[   -1.001234] a info: x",
		"[99999999999999999999.000000] a info: x", "[    0.001234] hello: x", "[    0.001234] hello shout: x",
		"[    0.001234]  info: x", "[    0.001234] ! hello", "[    0.001234] ! hello fell over",
		"[    0.001234] ! hello fell over pc 0x", "[    0.001234] ! hello fell over pc 0xzz",
		"[    0.001234] ! hello fell over pc 0x123456789",
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct console_line l = parsed(odd[i]);
		if (l.kind != CONSOLE_OTHER)
			fail_msg("'%s' was taken for kind %d", odd[i], l.kind);
		assert_string_equal(l.text, odd[i]);
	}
}

static void a_name_that_does_not_fit_is_no_name(void **state)
{
	(void)state;
	char line[512];

	snprintf(line, sizeof(line), "[    0.000001] %0*d info: x", CONSOLE_NAME_MAX, 0);
	assert_int_equal(parsed(line).kind, CONSOLE_LOG);
	snprintf(line, sizeof(line), "[    0.000001] %0*d info: x", CONSOLE_NAME_MAX + 1, 0);
	assert_int_equal(parsed(line).kind, CONSOLE_OTHER);
}

/* Every prefix of a good line, and every line with one byte changed, is taken apart without harm. */
static void no_damage_to_a_line_does_harm(void **state)
{
	(void)state;
	static const char good[] = "[    0.001300] ! hello write to memory that is not its own at 0x20000000 pc 0x00040128 "
				   "offset 0x000000e8 lr 0x00040111 sp 0x20004f00 image 3f2a91c04d5e6f70";
	char line[sizeof(good)];

	for (size_t i = 0; i < sizeof(good) - 1; i++) {
		memcpy(line, good, sizeof(good));
		line[i] = '\0';
		parsed(line);
		for (int c = 1; c < 256; c++) {
			memcpy(line, good, sizeof(good));
			line[i] = (char)c;
			struct console_line l = parsed(line);
			assert_true(l.kind <= CONSOLE_FAULT);
		}
	}
}

#define HEAD "[    0.573000] ! boom bus error pc 0x0004016a offset 0x0000012a lr 0x000401a9 sp 0x200086b0"
#define IMAGE " image 643739d53a510b2f"

static void calls_and_an_earlier_time_are_taken(void **state)
{
	(void)state;
	struct console_line l = parsed(HEAD " calls 000334+003,123456+1ff" IMAGE " earlier 12.345678");

	assert_int_equal(l.kind, CONSOLE_FAULT);
	assert_int_equal(l.fault.call_count, 2);
	assert_int_equal(l.fault.calls[0].offset, 0x334);
	assert_int_equal(l.fault.calls[0].words, 3);
	assert_int_equal(l.fault.calls[1].offset, 0x123456);
	assert_int_equal(l.fault.calls[1].words, 0x1ff);
	assert_true(l.fault.earlier);
	assert_int_equal(l.usec, 12345678);
	assert_true(l.fault.has_image);
	l = parsed(HEAD IMAGE);
	assert_int_equal(l.fault.call_count, 0);
	assert_false(l.fault.earlier);
	assert_int_equal(l.usec, 573000);
}

static void calls_that_are_none_end_the_list(void **state)
{
	(void)state;
	assert_int_equal(parsed(HEAD " calls 000334+003,000334+003" IMAGE).fault.call_count, 1);
	assert_int_equal(parsed(HEAD " calls 000334-003" IMAGE).fault.call_count, 0);
	assert_int_equal(parsed(HEAD " calls " IMAGE).fault.call_count, 0);
	assert_int_equal(parsed(HEAD " calls").fault.call_count, 0);
	assert_int_equal(parsed(HEAD " calls 1+1,1+2,1+3,1+4,1+5,1+6,1+7,1+8,1+9" IMAGE).fault.call_count, 8);
	assert_false(parsed(HEAD IMAGE " earlier 12").fault.earlier);
	assert_false(parsed(HEAD IMAGE " earlier 12.345678x").fault.earlier);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_and_an_earlier_time_are_taken),
		cmocka_unit_test(calls_that_are_none_end_the_list),
		cmocka_unit_test(a_services_line_has_name_severity_and_text),
		cmocka_unit_test(an_empty_text_is_a_line_too),
		cmocka_unit_test(the_runtimes_own_words_begin_with_a_star),
		cmocka_unit_test(a_fault_has_all_its_numbers),
		cmocka_unit_test(a_fault_need_not_have_an_address),
		cmocka_unit_test(a_fault_of_the_kernel_has_neither_offset_nor_image),
		cmocka_unit_test(anything_else_is_shown_as_it_is),
		cmocka_unit_test(a_name_that_does_not_fit_is_no_name),
		cmocka_unit_test(no_damage_to_a_line_does_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
