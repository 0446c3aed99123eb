/* SPDX-License-Identifier: Apache-2.0 */
#include "toolwords.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"

#define LD "/usr/lib/gcc/arm-none-eabi/12.2.1/../../../arm-none-eabi/bin/ld: "

/* What is said of an output when its command said these lines. */
static struct err said(const char *output, const char *const lines[])
{
	struct toolwords w = { 0 };
	struct err e = { 0 };

	for (; *lines; lines++)
		toolwords_read(&w, *lines, &arena);
	assert_true(toolwords_err(&w, output, &arena, &e) < 0);
	return e;
}

#define SAID(output, ...) said(output, (const char *const[]){ __VA_ARGS__, NULL })

static void a_syntax_error_names_source_and_target(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/obj/src/main.c.o", "src/main.c: In function 'main':",
			    "src/main.c:4:9: error: expected ';' before 'return'", "    4 |         return 0",
			    "src/main.c:5:1: error: another one");

	assert_int_equal(e.code, -MS_EPROJECT);
	assert_string_equal(e.text, "cannot compile 'src/main.c' for v7em: expected ';' before 'return'");
	assert_string_equal(e.file, "src/main.c");
	assert_int_equal(e.line, 4);
	assert_int_equal(e.column, 9);
	assert_true(e.shown);
}

static void an_undefined_symbol_names_who_refers_to_it(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/hello.debug", LD "out/v7em/obj/src/main.c.o: in function `start':",
			    "./src/main.c:14: undefined reference to `spin'", LD "./src/main.c:15: undefined reference to `other'");

	assert_int_equal(e.code, -MS_EPROJECT);
	assert_string_equal(e.text, "undefined symbol 'spin', used by 'start'");
	assert_string_equal(e.file, "src/main.c");
	assert_int_equal(e.line, 14);
	assert_non_null(strstr(e.fix, "ms.yaml"));
}

static void an_undefined_symbol_without_debug_information_has_no_place(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/hello.debug", LD "libx.a(y.o): in function `f':",
			    "y.c:(.text.f+0x4): undefined reference to `spin'");

	assert_string_equal(e.text, "undefined symbol 'spin', used by 'f' in libx.a(y.o)");
	assert_string_equal(e.file, "");
}

static void a_place_in_a_library_is_nobodys_to_look_at(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/hello.debug", LD "/sdk/libms.a(start.o): in function `_start':",
			    "./sdk/lib/arm/start.c:83: undefined reference to `main'");

	assert_string_equal(e.file, "");
	assert_string_equal(e.text, "undefined symbol 'main', used by '_start'");
}

static void what_a_device_lacks_has_its_own_advice(void **state)
{
	(void)state;
	static const struct { const char *symbol, *advice; } cases[] = {
		{ "fork", "thread" }, { "execve", "thread" }, { "unlink", "files" },
		{ "opendir", "there are no files but devices" }, { "psa_hash_compute", "mbedcrypto" }, { "main", "int main(void)" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err e = SAID("out/v7em/hello.debug",
				    arena_printf(&arena, "./src/main.c:14: undefined reference to `%s'", cases[i].symbol));
		if (!strstr(e.fix, cases[i].advice))
			fail_msg("of '%s' it says: %s", cases[i].symbol, e.fix);
	}
	struct err e = SAID("x", "a.c:1: undefined reference to `forks'");
	assert_non_null(strstr(e.fix, "define it"));
}

static void a_symbol_defined_twice_is_named(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/hello.debug",
			    LD "out/v7em/obj/src/b.c.o: in function `spin':",
			    "./src/b.c:1: multiple definition of `spin'; out/v7em/obj/src/a.c.o:./src/a.c:1: first defined here");

	assert_string_equal(e.text, "'spin' is defined twice");
}

static void a_missing_header_is_named(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em-fp/obj/src/main.c.o",
			    "src/main.c:1:10: fatal error: dlfcn.h: No such file or directory");

	assert_string_equal(e.text, "cannot compile 'src/main.c' for v7em-fp: there is no header 'dlfcn.h'");
	assert_non_null(strstr(e.fix, "'libraries'"));
}

static void a_header_of_a_library_says_which(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/obj/src/main.c.o", "src/main.c:1:10: fatal error: psa/crypto.h: No such file or directory");

	assert_non_null(strstr(e.fix, "'mbedcrypto'"));
	e = SAID("out/v7em/obj/src/main.c.o", "src/main.c:1:10: fatal error: mine.h: No such file or directory");
	assert_non_null(strstr(e.fix, "'include-dirs'"));
}

static void an_unknown_option_is_named(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/obj/src/main.c.o",
			    "arm-none-eabi-gcc: error: unrecognized command-line option '-nonsense'; did you mean '-x'?");

	assert_string_equal(e.text, "cannot compile 'src/main.c' for v7em: the compiler does not know '-nonsense'");
	assert_non_null(strstr(e.fix, "cflags"));
}

static void a_frame_too_large_says_what_to_do(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/obj/src/main.c.o",
			    "src/main.c:9:1: error: the frame size of 520 bytes is larger than 256 bytes [-Werror=frame-larger-than=]");

	assert_non_null(strstr(e.fix, "memory.stack"));
}

static void a_full_disk_is_said_whatever_came_before(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/obj/src/main.c.o", "src/main.c:4:9: error: x",
			    "{standard input}: fatal error: cannot write: No space left on device");

	assert_int_equal(e.code, -MS_ENOSPC);
}

static void the_first_error_counts(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/hello.debug", "./src/a.c:1: undefined reference to `first'",
			    "./src/b.c:1: multiple definition of `second'; x: first defined here");

	assert_string_equal(e.text, "undefined symbol 'first'");
}

static void what_is_not_understood_is_said_in_general(void **state)
{
	(void)state;
	struct err e = SAID("out/v7em/hello.debug", "", ":", "error", "undefined", "undefined reference to", "undefined reference to `");

	assert_int_equal(e.code, -MS_EPROJECT);
}

static void the_linkers_folder_is_not_shown(void **state)
{
	(void)state;

	assert_string_equal(toolwords_shown(LD "cannot find x"), "ld: cannot find x");
	assert_string_equal(toolwords_shown("see /bin/ld: x"), "see /bin/ld: x");
	assert_null(toolwords_shown("collect2: error: ld returned 1 exit status"));
	assert_string_equal(toolwords_shown("src/main.c:1:1: error: x"), "src/main.c:1:1: error: x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_syntax_error_names_source_and_target),
		cmocka_unit_test(an_undefined_symbol_names_who_refers_to_it),
		cmocka_unit_test(an_undefined_symbol_without_debug_information_has_no_place),
		cmocka_unit_test(a_place_in_a_library_is_nobodys_to_look_at),
		cmocka_unit_test(what_a_device_lacks_has_its_own_advice),
		cmocka_unit_test(a_symbol_defined_twice_is_named),
		cmocka_unit_test(a_missing_header_is_named),
		cmocka_unit_test(an_unknown_option_is_named),
		cmocka_unit_test(a_header_of_a_library_says_which),
		cmocka_unit_test(a_frame_too_large_says_what_to_do),
		cmocka_unit_test(a_full_disk_is_said_whatever_came_before),
		cmocka_unit_test(the_first_error_counts),
		cmocka_unit_test(what_is_not_understood_is_said_in_general),
		cmocka_unit_test(the_linkers_folder_is_not_shown),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
