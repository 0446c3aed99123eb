/* SPDX-License-Identifier: Apache-2.0 */
#include "crash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

static struct arena arena;
static char folder[] = "/tmp/ms-test.XXXXXX";

static const char *file_of(const char *content)
{
	const char *path = path_join(&arena, folder, "symbols");
	struct bytes bytes = { (const uint8_t *)content, strlen(content) };
	struct err e = { 0 };

	assert_int_equal(file_replace(path, bytes, 0644, &arena, &e), MS_OK);
	return path;
}

static struct crash_sources read_back(const char *path)
{
	struct crash_sources s = { 0 };
	struct err e = { 0 };

	assert_int_equal(crash_sources_read(path, &arena, &s, &e), MS_OK);
	return s;
}

static void what_a_run_knew_is_read_back(void **state)
{
	(void)state;
	struct crash_service service = { .name = "hello", .debug = "/a b/hello.debug", .folder = "/a b",
					 .image = { 1, 2, 3, 4, 5, 6, 7, 0xff }, .build_id = "0123" };
	struct crash_sources s = { .runtime = "/sdk/runtime.elf" };
	const char *path = path_join(&arena, folder, "symbols");
	struct err e = { 0 };

	list_push(&s.services, &arena, &service);
	assert_int_equal(crash_sources_write(&s, path, &arena, &e), MS_OK);

	struct crash_sources back = read_back(path);
	assert_int_equal(back.services.count, 1);
	const struct crash_service *c = back.services.at[0];
	assert_string_equal(c->name, "hello");
	assert_string_equal(c->debug, "/a b/hello.debug");
	assert_string_equal(c->folder, "/a b");
	assert_string_equal(c->build_id, "0123");
	assert_memory_equal(c->image, service.image, sizeof(c->image));
	assert_string_equal(back.runtime, "/sdk/runtime.elf");
}

static void a_damaged_line_is_passed_over(void **state)
{
	(void)state;
	static const char *const damaged[] = {
		"", "\n", "\t\t\t\t\n", "kernel\n", "0102030405060708\n", "0102030405060708\tid\tname\tdebug\n",
		"010203040506070\tid\tname\tdebug\tfolder\n", "01020304050607xx\tid\tname\tdebug\tfolder\n",
		"0102030405060708ff\tid\tname\tdebug\tfolder\n", "no line end",
	};

	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		struct crash_sources s = read_back(file_of(damaged[i]));
		assert_int_equal(s.services.count, 0);
		assert_null(s.runtime);
	}
}

static struct console_line fault_of(const char *service, uint8_t first_of_image)
{
	struct console_line l = { .kind = CONSOLE_FAULT, .fault = { .has_offset = true, .has_image = true, .image = { first_of_image } } };

	strcpy(l.service, service);
	return l;
}

static void without_symbols_it_says_why(void **state)
{
	(void)state;
	struct crash_service service = { .name = "hello", .debug = "/nonexistent", .image = { 1 }, .build_id = "" };
	struct crash_sources s = { 0 };
	struct crash_place place;

	list_push(&s.services, &arena, &service);
	struct console_line unknown = fault_of("other", 2), older = fault_of("hello", 2), gone = fault_of("hello", 1);

	crash_locate(&s, &unknown, &arena, &place);
	assert_null(place.function);
	assert_non_null(strstr(place.why_not, "no debug file"));
	crash_locate(&s, &older, &arena, &place);
	assert_non_null(strstr(place.why_not, "another build"));
	crash_locate(&s, &gone, &arena, &place);
	assert_non_null(strstr(place.why_not, "/nonexistent"));
	gone.fault.kernel = true;
	crash_locate(&s, &gone, &arena, &place);
	assert_non_null(strstr(place.why_not, "runtime"));
}

static void a_place_is_told_as_far_as_it_is_known(void **state)
{
	(void)state;
	struct crash_place p = { .function = "poke", .file = "src/main.c", .line = 4, .caller = "main at src/main.c:9" };

	assert_string_equal(crash_place_text(&p, &arena), "in poke at src/main.c:4, called from main at src/main.c:9");
	p.caller = NULL;
	p.inlined_into = "main";
	assert_string_equal(crash_place_text(&p, &arena), "in poke at src/main.c:4, inlined into main");
	p.line = 0;
	assert_string_equal(crash_place_text(&p, &arena), "in poke, inlined into main");
	p = (struct crash_place){ .why_not = "nobody knows", .caller = "main" };
	assert_string_equal(crash_place_text(&p, &arena), "nobody knows, called from main");
}

static int make(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int give_back(void **state)
{
	(void)state;
	struct err e = { 0 };

	arena_done(&arena);
	return file_remove_tree(folder, &e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_run_knew_is_read_back),
		cmocka_unit_test(a_damaged_line_is_passed_over),
		cmocka_unit_test(without_symbols_it_says_why),
		cmocka_unit_test(a_place_is_told_as_far_as_it_is_known),
	};

	return cmocka_run_group_tests(tests, make, give_back);
}
