/* SPDX-License-Identifier: Apache-2.0 */
/* Names that a person takes for one another: each way of the list, and what is not one. */
#include "given.h"

#include <string.h>

#include "file.h"
#include "lookalike.h"
#include "name.h"

static const struct { const char *one, *other, *words; } ways[] = {
#define LOOKALIKE(NAME, first, second, text) [LOOKALIKE_##NAME] = { first, second, text },
#include "lookalike.def"
#undef LOOKALIKE
};

static void judge(const char *one, const char *other, enum lookalike how)
{
	if (lookalike(one, other) != how || lookalike(other, one) != how)
		fail_msg("%s, %s: %d and %d, not %d", one, other, lookalike(one, other), lookalike(other, one), how);
}

static void each_way_of_the_list_is_found_by_its_example(void **state)
{
	(void)state;
	struct err e;

	for (int i = 1; i < LOOKALIKE_COUNT; i++) {
		assert_int_equal(name_check_vendor(ways[i].one, &e), MS_OK);
		assert_int_equal(name_check_vendor(ways[i].other, &e), MS_OK);
		judge(ways[i].one, ways[i].other, i);
		assert_string_equal(lookalike_words(i), ways[i].words);
	}
}

/* Who reads about stores or products hears of each: with its example, and the words that a refusal has. */
static void the_page_about_products_has_each_way(void **state)
{
	(void)state;
	struct bytes page;
	struct err e;

	assert_int_equal(file_read("docs/product.md", 1 << 20, &arena, &page, &e), MS_OK);
	for (int i = 1; i < LOOKALIKE_COUNT; i++) {
		const char *row = arena_printf(&arena, "| `%s` | `%s` | %s |\n", ways[i].one, ways[i].other, ways[i].words);

		if (!strstr(arena_string(&arena, page), row))
			fail_msg("docs/product.md lacks: %s", row);
	}
}

static void names_that_look_alike_are_found(void **state)
{
	(void)state;
	static const struct { const char *one, *other; enum lookalike how; } pairs[] = {
		{ "g00gle.example", "google.example", LOOKALIKE_GLYPHS }, { "lab1.example", "labl.example", LOOKALIKE_GLYPHS }, { "wide.example", "vvide.example", LOOKALIKE_GLYPHS },
		{ "8ase.example", "base.example", LOOKALIKE_GLYPHS }, { "cloud.example", "doud.example", LOOKALIKE_GLYPHS }, { "1nk.example", "ink.example", LOOKALIKE_GLYPHS },
		{ "acme.example", "ac-me.example", LOOKALIKE_MARKS }, { "example.org.example", "example-org.example", LOOKALIKE_MARKS }, { "ab.cd.example", "a.bcd.example", LOOKALIKE_MARKS },
		{ "bookkeeper.example", "bokeper.example", LOOKALIKE_DOUBLED }, { "goog1e.example", "go-ogle.example", LOOKALIKE_SEVERAL },
		{ "acme.example", "acme.exampel", LOOKALIKE_SWAPPED }, { "amce.example", "acme.example", LOOKALIKE_SWAPPED }, { "acme.example", "acmee.example", LOOKALIKE_DOUBLED },
		{ "acme.example", "acxme.example", LOOKALIKE_LONGER }, { "a.b.example", "b.example", LOOKALIKE_BELOW }, { "tools.north.acme.example", "acme.example", LOOKALIKE_BELOW },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		judge(pairs[i].one, pairs[i].other, pairs[i].how);
}

static void names_that_are_told_apart_on_purpose_are_not(void **state)
{
	(void)state;
	static const struct { const char *one, *other; } pairs[] = {
		{ "acme.example", "acme.example" }, { "door-1.example", "door-2.example" }, { "vendor-a.example", "vendor-b.example" }, { "a.example", "b.example" }, { "acme.example", "acme.invalid" },
		{ "acme.example", "acme.example.org" }, { "alpha.example", "beta.example" }, { "door1.example", "door12.example" }, { "door1.example", "door11.example" }, { "acme.example", "emca.example" },
		{ "acme.example", "acme-tools.example" }, { "abc.example", "abd.example" }, { "a.acme.example", "b.acme.example" }, { "acme.example", "notacme.example" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		judge(pairs[i].one, pairs[i].other, LOOKALIKE_NONE);
}

/* Of any two names, also too long ones: an answer, the same from both sides, and no byte is read that is not theirs. */
static void names_of_any_length_are_compared(void **state)
{
	(void)state;
	char one[302], other[302];

	for (size_t size = 0; size < sizeof(one) - 1; size++) {
		memset(one, 'r', size);
		memset(other, 'n', size);
		one[size] = other[size] = '\0';
		assert_int_equal(lookalike(one, other), lookalike(other, one));
		assert_int_equal(lookalike(one, one), LOOKALIKE_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_of_the_list_is_found_by_its_example),
		cmocka_unit_test(the_page_about_products_has_each_way),
		cmocka_unit_test(names_that_look_alike_are_found),
		cmocka_unit_test(names_that_are_told_apart_on_purpose_are_not),
		cmocka_unit_test(names_of_any_length_are_compared),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
