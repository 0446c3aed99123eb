/* SPDX-License-Identifier: Apache-2.0 */
/* What came into an executable, by the linker's map and Ninja's notes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "linked.h"

static const char map[] =
	"Linker script and memory map\n\n"
	" .note.x        0x0000002c 0x10 notes.o\n"
	" .text.main     0x20000000 0x24 out/my service/main.o\n"
	" .text.printf   0x20000024 0x10 /sdk (1)/libc.a(printf.o)\n"
	" .text.putc     0x20000034 0x10 /sdk (1)/libc.a(putc.o)\n"
	" .text.nothing  0x20000044 0x0 empty.o\n"
	" .text.stub     0x20000044 0x8 linker stubs\n"
	" .data          0xa0000000 0x4 out/my service/main.o\n"
	" .debug_info    0x00000000 0x99 libc.a(debug_only.o)\n";

static const char deps[] =
	"out/a.o: #deps 3, deps mtime 1 (VALID)\n"
	"    src/a.c\n"
	"    /sdk/include/a.h\n"
	"    include/my a.h\n"
	"\n"
	"out/b.o: #deps 1, deps mtime 2 (STALE)\n"
	"    src/b.c\n";

static struct bytes text(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static void each_part_with_bytes_in_the_image_is_told_once(void **state)
{
	(void)state;
	static const char *const want[][2] = { { "out/my service/main.o", "" }, { "/sdk (1)/libc.a", "printf.o" }, { "/sdk (1)/libc.a", "putc.o" } };
	struct list parts = { 0 };

	linked_parts(text(map), &arena, &parts);
	assert_int_equal(parts.count, 3);
	for (size_t i = 0; i < 3; i++) {
		const struct linked_part *p = parts.at[i];

		assert_true(bytes_equal(p->file, text(want[i][0])));
		assert_true(bytes_equal(p->member, text(want[i][1])));
	}
}

static void an_object_is_made_from_files_of_the_project(void **state)
{
	(void)state;
	struct list out = { 0 };

	assert_true(linked_sources(text(deps), "out/a.o", &arena, &out));
	assert_int_equal(out.count, 2);
	assert_string_equal(out.at[0], "src/a.c");
	assert_string_equal(out.at[1], "include/my a.h");
	assert_true(linked_sources(text(deps), "out/b.o", &arena, &out));
	assert_int_equal(out.count, 3);
}

static void of_an_unknown_object_nothing_is_said(void **state)
{
	(void)state;
	struct list out = { 0 };

	assert_false(linked_sources(text(deps), "out/c.o", &arena, &out));
	assert_false(linked_sources(text(deps), "a.o", &arena, &out));
	assert_false(linked_sources(text(""), "out/a.o", &arena, &out));
	for (size_t size = 0; size < sizeof(deps); size++)
		linked_sources(bytes_part(text(deps), 0, size), "out/b.o", &arena, &out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(each_part_with_bytes_in_the_image_is_told_once, give_back),
		cmocka_unit_test_teardown(an_object_is_made_from_files_of_the_project, give_back),
		cmocka_unit_test_teardown(of_an_unknown_object_nothing_is_said, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
