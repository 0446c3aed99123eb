/* SPDX-License-Identifier: Apache-2.0 */
#include "intel_hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

/* The example that everybody knows: 16 bytes at 0x0100. */
static void a_known_line_is_written(void **state)
{
	(void)state;
	static const uint8_t content[] = { 0x21, 0x46, 0x01, 0x36, 0x01, 0x21, 0x47, 0x01, 0x36, 0x00, 0x7e, 0xfe, 0x09, 0xd2, 0x19, 0x01 };
	struct bytes text = intel_hex_write((struct bytes){ content, sizeof(content) }, 0x08000100, &arena);

	assert_string_equal(arena_string(&arena, text), ":020000040800F2\n:10010000214601360121470136007EFE09D2190140\n:00000001FF\n");
}

/* Whatever lies across lines, 64 KiB and erased bytes comes back. */
static void content_comes_back(void **state)
{
	(void)state;
	enum { SIZE = 150000, BASE = 0x0800fff3 };
	uint8_t *content = arena_take(&arena, SIZE);
	struct bytes back;
	struct err e = { 0 };

	for (size_t i = 0; i < SIZE; i++)
		content[i] = i % 7000 < 300 || i == SIZE - 1 ? (uint8_t)(i * 31 >> 3) : 0xff;
	content[SIZE - 1] = 0;
	struct bytes text = intel_hex_write((struct bytes){ content, SIZE }, BASE, &arena);

	assert_true(text.size < SIZE);
	assert_int_equal(intel_hex_read(text, "x.hex", BASE, SIZE, &arena, &back, &e), MS_OK);
	assert_int_equal(back.size, SIZE);
	assert_memory_equal(back.at, content, SIZE);
}

/* objcopy and others say where the processor begins; the vector table says it already. */
static void where_to_start_is_passed_over(void **state)
{
	(void)state;
	const char *text = ":020000040800F2\r\n:0400000508000101ED\r\n:0100000042BD\r\n:0400000300003800C1\r\n:00000001FF\r\n";
	struct bytes back;
	struct err e = { 0 };

	assert_int_equal(intel_hex_read(bytes_of(text), "x.hex", 0x08000000, 256, &arena, &back, &e), MS_OK);
	assert_int_equal(back.size, 1);
	assert_int_equal(back.at[0], 0x42);
}

static void what_is_none_is_refused_at_its_line(void **state)
{
	(void)state;
	static const struct { const char *text; int line; } bad[] = {
		{ "", 1 }, { ":", 1 }, { "hello\n", 1 }, { ":00000001FE\n", 1 }, { ":0000000\n", 1 }, { ":020000040800F3\n", 1 }, { ":00000001FF\n:00000001FF\n", 2 },
		{ ":020000040800F2\n:0100000000FF\n", 3 },			/* no end */
		{ ":020000040800F2\n:01FFFF000001\n:00000001FF\n", 2 },		/* behind the flash */
		{ ":0100000000FF\n:00000001FF\n", 1 },				/* below it */
		{ ":020000040800F2\n:020000021000EC\n:00000001FF\n", 2 },	/* a type that is not used */
		{ ":0100000408F3\n:00000001FF\n", 1 }, { ":FF00000000\n", 1 }, { ":0g000001FF\n", 1 },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct bytes back;
		struct err e = { 0 };

		assert_int_equal(intel_hex_read(bytes_of(bad[i].text), "x.hex", 0x08000000, 256, &arena, &back, &e), -MS_EFORMAT);
		assert_int_equal(e.line, bad[i].line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_known_line_is_written),
		cmocka_unit_test(content_comes_back),
		cmocka_unit_test(where_to_start_is_passed_over),
		cmocka_unit_test(what_is_none_is_refused_at_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
