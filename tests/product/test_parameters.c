/* SPDX-License-Identifier: Apache-2.0 */
/* The room for parameters in an image: each rule of docs/formats.md 9 broken once, and what fits into it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "parameters_room.h"

enum { AT = 8, COUNT = 2, VALUES = sizeof(struct ms_parameters) + COUNT * sizeof(struct ms_parameter), SIZE = VALUES + 12 };

struct sample {
	uint8_t before[AT];
	struct ms_parameters head;
	struct ms_parameter at[COUNT];
	uint8_t values[SIZE - VALUES];
};

static struct arena arena;

static struct sample good(void)
{
	return (struct sample){
		.head = { .magic = MS_PARAMETERS_MAGIC, .count = COUNT, .size = SIZE },
		.at = {
			{ .name = "key", .type = MS_PARAMETER_BYTES, .room = 8, .offset = VALUES },
			{ .name = "pause", .type = MS_PARAMETER_NUMBER, .flags = MS_PARAMETER_OPTIONAL, .room = 4, .offset = VALUES + 8 },
		},
	};
}

static bool is_room(const struct sample *s, size_t size)
{
	struct parameters_room r;

	return parameters_room((struct bytes){ (const uint8_t *)s, size }, AT, &r) && r.count == COUNT;
}

static void a_room_is_read_as_it_was_written(void **state)
{
	struct sample s = good();
	struct parameters_room r;
	struct err e;

	(void)state;
	assert_true(is_room(&s, sizeof(s)));
	assert_true(parameters_room((struct bytes){ (const uint8_t *)&s, sizeof(s) }, AT, &r));
	assert_int_equal(parameters_find(&r, "cipher", "pause", &e)->offset, VALUES + 8);
	assert_null(parameters_find(&r, "cipher", "kye", &e));
	assert_string_equal(e.fix, "did you mean 'key'?");
	assert_true(parameters_room((struct bytes){ 0 }, 0, &r));
	assert_int_equal(r.count, 0);
}

static void a_room_that_is_cut_anywhere_is_none(void **state)
{
	struct sample s = good();

	(void)state;
	for (size_t size = 0; size < sizeof(s); size++) {
		uint8_t *cut = memcpy(test_malloc(size + 1), &s, size);
		struct parameters_room r;

		assert_false(parameters_room((struct bytes){ cut, size }, AT, &r));
		assert_int_equal(r.count, 0);
		test_free(cut);
	}
}

static void each_rule_of_the_format_is_kept(void **state)
{
	struct sample s;

	(void)state;
#define REFUSED(change) do { s = good(); change; assert_false(is_room(&s, sizeof(s))); } while (0)
	REFUSED(s.head.magic ^= 1);
	REFUSED(s.head.count = 0);
	REFUSED(s.head.count = MS_PARAMETER_MAX + 1);
	REFUSED(s.head.count = COUNT + 1);
	REFUSED(s.head.size = SIZE + 4);
	REFUSED(s.head.size = SIZE - 4);
	REFUSED(s.head.size = UINT16_MAX);
	REFUSED(s.head.size -= 2; s.at[1].room = 2);
	REFUSED(memset(s.at[0].name, 'a', sizeof(s.at[0].name)));
	REFUSED(s.at[0].name[0] = 0);
	REFUSED(s.at[0].name[1] = 'E');
	REFUSED(s.at[0].name[1] = '\x1b');
	REFUSED(strcpy(s.at[1].name, "key"));
	REFUSED(s.at[0].type = 0);
	REFUSED(s.at[0].type = MS_PARAMETER_NUMBER + 1);
	REFUSED(s.at[0].flags = 4);
	REFUSED(s.at[0].offset = VALUES - 4);
	REFUSED(s.at[0].offset = VALUES + 2);
	REFUSED(s.at[0].offset = UINT16_MAX - 3);
	REFUSED(s.at[0].room = SIZE);
	REFUSED(s.at[0].room = UINT16_MAX);
	REFUSED(s.at[0].size = 9);
#undef REFUSED
}

static int fit(uint8_t type, const char *text, size_t size, struct bytes *value)
{
	const struct ms_parameter p = { .name = "pause", .type = type, .room = type == MS_PARAMETER_NUMBER ? 4 : 8 };
	struct err e;

	*value = (struct bytes){ (const uint8_t *)text, size };
	return parameter_fit(&p, "meter", value, &arena, &e);
}

/* A zero in front makes no number octal. */
static void a_number_is_what_it_says(void **state)
{
	static const struct { const char *text; int64_t number; } numbers[] = {
		{ "0", 0 }, { "10", 10 }, { "010", 10 }, { "08", 8 }, { "0x10", 16 }, { "0Xff", 255 }, { "-1", -1 }, { "-0x10", -16 }, { "30\n", 30 },
		{ "2147483647", INT32_MAX }, { "-2147483648", INT32_MIN },
	};
	struct bytes value;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		assert_int_equal(fit(MS_PARAMETER_NUMBER, numbers[i].text, strlen(numbers[i].text), &value), MS_OK);
		assert_int_equal(value.size, 4);
		assert_int_equal((int32_t)(value.at[0] | value.at[1] << 8 | value.at[2] << 16 | (uint32_t)value.at[3] << 24), numbers[i].number);
	}
}

static void what_is_no_number_is_refused(void **state)
{
	static const char *const texts[] = { "", "-", "0x", "x", " 1", "+1", "1 ", "1\n\n", "1.5", "1e3", "--1", "2147483648", "-2147483649", "99999999999999999999", "0x80000000" };
	struct bytes value;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(fit(MS_PARAMETER_NUMBER, texts[i], strlen(texts[i]), &value), -MS_EINCOMPATIBLE);
	assert_int_equal(fit(MS_PARAMETER_NUMBER, "12\0003", 4, &value), -MS_EINCOMPATIBLE);
}

static void a_value_is_of_its_type_and_fits(void **state)
{
	struct bytes value;

	(void)state;
	assert_int_equal(fit(MS_PARAMETER_BYTES, "\0\1\2\3\4\5\6\7", 8, &value), MS_OK);
	assert_int_equal(fit(MS_PARAMETER_BYTES, "123456789", 9, &value), -MS_EINCOMPATIBLE);
	assert_int_equal(fit(MS_PARAMETER_BYTES, "", 0, &value), MS_OK);
	assert_int_equal(fit(MS_PARAMETER_TEXT, "12345678", 8, &value), MS_OK);
	assert_int_equal(fit(MS_PARAMETER_TEXT, "1\0002", 3, &value), -MS_EINCOMPATIBLE);
}

static int done(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_room_is_read_as_it_was_written),
		cmocka_unit_test(a_room_that_is_cut_anywhere_is_none),
		cmocka_unit_test(each_rule_of_the_format_is_kept),
		cmocka_unit_test(a_number_is_what_it_says),
		cmocka_unit_test(what_is_no_number_is_refused),
		cmocka_unit_test(a_value_is_of_its_type_and_fits),
	};

	return cmocka_run_group_tests(tests, NULL, done);
}
