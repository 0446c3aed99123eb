/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two executables is told by section and symbol: each byte, name and size that is changed, and nothing else. */
#include "elf_difference.h"

#include "elf_fixture.h"
#include "elf_section.h"
#include "given.h"
#include "reader.h"

static struct bytes whole;

static int open_sample(void **state)
{
	(void)state;
	whole = sample_file("hello2.debug", &arena);
	return 0;
}

static struct elf_section section(const char *name)
{
	struct elf_section s;

	for (uint32_t i = 0; elf_section_at(whole, i, &s); i++)
		if (s.name.size == strlen(name) && !memcmp(s.name.at, name, s.name.size))
			return s;
	fail_msg("no section '%s'", name);
	return s;
}

/* A word of a symbol's entry: 0 where its name is, 4 its value. */
static uint32_t entry_word(const char *symbol, size_t at)
{
	struct reader r = { .left = bytes_part(whole, fixture_symbol_at(whole, symbol) + at, 4) };

	return read_u32(&r);
}

/* Where in the file the code of a function begins. */
static size_t code_of(const char *function)
{
	struct elf_section text = section(".text");

	return text.offset + ((entry_word(function, 4) & ~1u) - text.address);
}

static struct elf_difference compared(const uint8_t *with)
{
	struct elf_difference d;

	elf_difference_find(whole, (struct bytes){ with, whole.size }, &arena, &d);
	return d;
}

/* The only section that differs. */
static const struct elf_section_difference *only(const struct elf_difference *d, const char *name)
{
	assert_false(d->same);
	assert_int_equal(d->sections.count, 1);
	const struct elf_section_difference *s = d->sections.at[0];

	assert_string_equal(s->name, name);
	assert_true(s->in_one && s->in_two);
	assert_int_equal(s->size_one, s->size_two);
	return s;
}

static bool lists(const struct elf_section_difference *s, const char *text)
{
	for (size_t i = 0; i < s->symbols.count; i++)
		if (!strcmp(s->symbols.at[i], text))
			return true;
	return false;
}

static void the_same_bytes_differ_in_nothing(void **state)
{
	(void)state;
	struct elf_difference d = compared(sample_copy(whole, &arena));

	assert_true(d.same);
	assert_int_equal(d.sections.count, 0);
}

/* Each byte of a function is that function's, and no neighbour's. */
static void a_changed_byte_is_told_with_its_place_and_function(void **state)
{
	(void)state;
	size_t at = code_of("abort");

	for (size_t i = 0; i < 4; i++) {
		uint8_t *copy = sample_copy(whole, &arena);

		copy[at + i] ^= 0x10;
		struct elf_difference d = compared(copy);
		const struct elf_section_difference *s = only(&d, ".text");

		assert_int_equal(d.at, at + i);
		assert_int_equal(s->at, at + i - section(".text").offset);
		assert_int_equal(s->symbols.count, 1);
		assert_string_equal(s->symbols.at[0], "abort");
		assert_int_equal(s->more, 0);
	}
}

static void another_name_is_in_one_of_them_only(void **state)
{
	(void)state;
	uint8_t *copy = sample_copy(whole, &arena);

	copy[section(".strtab").offset + entry_word("abort", 0)] = 'x';
	copy[code_of("abort")] ^= 1;
	struct elf_difference d = compared(copy);
	bool found = false;

	for (size_t i = 0; i < d.sections.count; i++) {
		const struct elf_section_difference *s = d.sections.at[i];

		if (strcmp(s->name, ".text"))
			continue;
		found = true;
		assert_true(lists(s, "abort (in the package only)"));
		assert_true(lists(s, "xbort (rebuilt only)"));
		assert_int_equal(s->symbols.count, 2);
	}
	assert_true(found);
}

static void another_size_is_told_with_both(void **state)
{
	(void)state;
	uint8_t *copy = sample_copy(whole, &arena);
	uint8_t *size = copy + fixture_symbol_at(whole, "abort") + 8;
	unsigned was = *size;

	*size = (uint8_t)(was - 2);
	copy[code_of("abort")] ^= 1;
	struct elf_difference d = compared(copy);
	bool found = false;

	for (size_t i = 0; i < d.sections.count; i++)
		found |= lists(d.sections.at[i], arena_printf(&arena, "abort (%u bytes, rebuilt %u)", was, was - 2));
	assert_true(found);
}

/* A section of another name is one too many in each of the two. */
static void a_section_that_one_has_not_is_named(void **state)
{
	(void)state;
	struct elf_section names = section(".shstrtab");
	uint8_t *copy = sample_copy(whole, &arena), *name = memmem(copy + names.offset, names.size, ".debug_line", 12);

	assert_non_null(name);
	name[1] = 'x';
	struct elf_difference d = compared(copy);
	uint32_t alone = 0;

	for (size_t i = 0; i < d.sections.count; i++) {
		const struct elf_section_difference *s = d.sections.at[i];

		alone += s->in_one != s->in_two;
		if (!s->in_two)
			assert_string_equal(s->name, ".debug_line");
		if (!s->in_one)
			assert_string_equal(s->name, ".xebug_line");
	}
	assert_int_equal(alone, 2);
}

/* More symbols than are shown are counted. */
static void what_is_not_shown_is_counted(void **state)
{
	(void)state;
	struct elf_section text = section(".text");
	uint8_t *copy = sample_copy(whole, &arena);

	for (uint32_t i = 0; i < text.size; i++)
		copy[text.offset + i] ^= 0xff;
	struct elf_difference d = compared(copy);
	const struct elf_section_difference *s = only(&d, ".text");

	assert_int_equal(s->at, 0);
	assert_true(s->symbols.count >= 3 && s->symbols.count <= 8);
	assert_true(s->symbols.count == 8 || s->more == 0);
}

/* Whatever the other is, cut anywhere: something differs, and nothing is read beyond. */
static void a_file_that_is_cut_differs(void **state)
{
	(void)state;

	for (size_t size = 0; size < whole.size; size += 37) {
		struct elf_difference d;
		uint8_t *cut = malloc(size + 1);	/* so that the sanitizer sees its end */

		memcpy(cut, whole.at, size);
		elf_difference_find(whole, (struct bytes){ cut, size }, &arena, &d);
		assert_false(d.same);
		assert_int_equal(d.at, size);
		elf_difference_find((struct bytes){ cut, size }, whole, &arena, &d);
		assert_false(d.same);
		free(cut);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_same_bytes_differ_in_nothing, open_sample, give_back),
		cmocka_unit_test_setup_teardown(a_changed_byte_is_told_with_its_place_and_function, open_sample, give_back),
		cmocka_unit_test_setup_teardown(another_name_is_in_one_of_them_only, open_sample, give_back),
		cmocka_unit_test_setup_teardown(another_size_is_told_with_both, open_sample, give_back),
		cmocka_unit_test_setup_teardown(a_section_that_one_has_not_is_named, open_sample, give_back),
		cmocka_unit_test_setup_teardown(what_is_not_shown_is_counted, open_sample, give_back),
		cmocka_unit_test_setup_teardown(a_file_that_is_cut_differs, open_sample, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
