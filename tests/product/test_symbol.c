/* SPDX-License-Identifier: Apache-2.0 */
/* From addresses to function, file and line. */
#include <sanitizer/lsan_interface.h>

#include "sample_files.h"

#include "elf.h"
#include "given.h"
#include "symbol.h"

/* libdw forgets scopes that it has begun when it comes upon garbage. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libdw.so";
}

static struct symbols *open_file(const char *name)
{
	struct symbols *s;
	struct err e = { 0 };

	if (symbols_open(path_join(&arena, SAMPLE_FOLDER, name), &arena, &s, &e) < 0)
		fail_msg("%s", e.text);
	return s;
}

/* The address of a symbol, by the other reader. */
static uint32_t address_of(const char *file, const char *name)
{
	struct bytes raw = sample_file(file, &arena);
	struct elf_symbol sym;
	struct elf_file f;

	assert_int_equal(elf_open(raw, &f), ELF_RULE_OK);
	for (uint32_t i = 0; elf_symbol(&f, i, &sym); i++)
		if (sym.name.size == strlen(name) && !memcmp(sym.name.at, name, sym.name.size))
			return sym.value;
	fail_msg("no '%s'", name);
	return 0;
}

/* The line of the source on which a text stands first. */
static int line_of(const char *text)
{
	struct bytes source;
	struct err e = { 0 };
	int line = 1;

	assert_int_equal(file_read("tests/product/service/main.c", 1 << 16, &arena, &source, &e), MS_OK);
	const char *at = strstr((const char *)source.at, text);
	assert_non_null(at);
	for (const char *p = (const char *)source.at; p < at; p++)
		line += *p == '\n';
	return line;
}

static void a_function_is_found_with_its_line(void **state)
{
	(void)state;
	struct symbols *s = open_file("hello.debug");
	uint32_t address = address_of("hello.debug", "abort");
	struct symbol_place p;

	assert_true(symbols_find(s, address, &p));
	assert_string_equal(p.function, "abort");
	assert_int_equal(p.offset, 0);
	assert_false(p.is_data);
	assert_string_equal(p.file, "tests/product/service/main.c");
	assert_string_equal(p.unit, "tests/product/service/main.c");
	assert_in_range(p.line, line_of("void abort(void)\n{"), line_of("void abort(void)\n{") + 2);
	assert_string_equal(symbol_place_text(&p, &arena), arena_printf(&arena, "abort at tests/product/service/main.c:%d", p.line));

	/* With and without the Thumb bit it is the same place. */
	struct symbol_place even;
	assert_true(symbols_find(s, address & ~1u, &even));
	assert_int_equal(even.line, p.line);
	symbols_close(s);
}

static void an_inlined_function_is_named_with_the_one_it_is_in(void **state)
{
	(void)state;
	struct symbols *s = open_file("hello.debug");
	uint32_t address = address_of("hello.debug", "_start") & ~1u;
	bool inlined = false;

	for (uint32_t i = 0; i < 64; i += 2) {
		struct symbol_place p;

		if (!symbols_find(s, address + i, &p) || !p.function || strcmp(p.function, "sum"))
			continue;
		inlined = true;
		assert_string_equal(p.inlined_into, "_start");
		assert_in_range(p.line, line_of("static int sum("), line_of("static int sum(") + 4);
	}
	assert_true(inlined);
	symbols_close(s);
}

static void a_variable_is_found_with_its_declaration(void **state)
{
	(void)state;
	struct symbols *s = open_file("hello.debug");
	struct symbol_place p;

	assert_true(symbols_find(s, address_of("hello.debug", "zeros") + 5, &p));
	assert_string_equal(p.function, "zeros");
	assert_true(p.is_data);
	assert_int_equal(p.offset, 4);
	assert_string_equal(p.file, "tests/product/service/main.c");
	assert_int_equal(p.line, line_of("static int zeros"));
	symbols_close(s);
}

static void what_is_nowhere_is_not_found(void **state)
{
	(void)state;
	static const uint32_t nowhere[] = { 0x30000000, 0xa0100000, 0xffffffff };
	struct symbols *s = open_file("hello.debug");
	struct symbol_place p;

	for (size_t i = 0; i < sizeof(nowhere) / sizeof(nowhere[0]); i++)
		assert_false(symbols_find(s, nowhere[i], &p));
	symbols_close(s);
}

static void without_debug_information_names_remain(void **state)
{
	(void)state;
	struct symbols *s = open_file("hello.elf");
	struct symbol_place p;

	assert_true(symbols_find(s, address_of("hello.elf", "abort"), &p));
	assert_string_equal(p.function, "abort");
	assert_null(p.file);
	assert_int_equal(p.line, 0);
	assert_string_equal(symbol_place_text(&p, &arena), "abort");
	symbols_close(s);
}

static void the_build_id_tells_which_file_it_belongs_to(void **state)
{
	(void)state;
	struct symbols *debug = open_file("hello.debug"), *stripped = open_file("hello.elf"), *other = open_file("hello2.debug");

	assert_int_equal(symbols_build_id(debug).size, 20);
	assert_true(bytes_equal(symbols_build_id(debug), symbols_build_id(stripped)));
	assert_false(bytes_equal(symbols_build_id(debug), symbols_build_id(other)));
	symbols_close(debug);
	symbols_close(stripped);
	symbols_close(other);
}

static void what_is_no_elf_file_is_refused(void **state)
{
	(void)state;
	struct symbols *s;
	struct err e = { 0 };

	assert_int_equal(symbols_open("tests/product/service/main.c", &arena, &s, &e), -MS_EFORMAT);
	assert_int_equal(symbols_of((struct bytes){ 0 }, "nothing", &arena, &s, &e), -MS_EFORMAT);
	assert_int_equal(symbols_open("no/such/file", &arena, &s, &e), -MS_ENOENT);
}

/* Whatever is in the file: an answer or none (the sanitizers watch). */
static void garbage_is_survived(void **state)
{
	(void)state;
	struct bytes raw = sample_file("hello.debug", &arena);
	uint32_t random = 1, start = address_of("hello.debug", "_start");

	for (int i = 0; i < 300; i++) {
		struct arena a = { 0 };
		uint8_t *copy = sample_copy(raw, &a);
		struct symbol_place p;
		struct symbols *s;
		struct err e = { 0 };

		for (int k = 0; k < 20; k++) {
			random = random * 1664525 + 1013904223;
			copy[52 + (random >> 8) % (raw.size - 52)] = (uint8_t)(random >> 24);
		}
		if (symbols_of((struct bytes){ copy, raw.size }, "garbage", &a, &s, &e) == MS_OK) {
			for (uint32_t at = 0; at < 64; at += 4)
				(void)symbols_find(s, start + at, &p);
			(void)symbols_build_id(s);
			symbols_close(s);
		}
		arena_done(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_function_is_found_with_its_line, give_back),
		cmocka_unit_test_teardown(an_inlined_function_is_named_with_the_one_it_is_in, give_back),
		cmocka_unit_test_teardown(a_variable_is_found_with_its_declaration, give_back),
		cmocka_unit_test_teardown(what_is_nowhere_is_not_found, give_back),
		cmocka_unit_test_teardown(without_debug_information_names_remain, give_back),
		cmocka_unit_test_teardown(the_build_id_tells_which_file_it_belongs_to, give_back),
		cmocka_unit_test_teardown(what_is_no_elf_file_is_refused, give_back),
		cmocka_unit_test_teardown(garbage_is_survived, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
