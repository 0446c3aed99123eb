/* SPDX-License-Identifier: Apache-2.0 */
/* The small languages inside manifests: names, paths, flags, licences, quantities, ranges of versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "license.h"
#include "name.h"
#include "quantity.h"
#include "version_range.h"

typedef int check_fn(const char *text, struct err *e);

static void accepts(check_fn *check, const char *const texts[])
{
	for (; *texts; texts++) {
		struct err e = { 0 };

		if (check(*texts, &e) != MS_OK)
			fail_msg("'%s' is refused: %s", *texts, e.text);
		assert_int_equal(e.code, 0);
	}
}

/* Refused, each with a sentence and a fix. */
static void refuses(check_fn *check, const char *const texts[])
{
	for (; *texts; texts++) {
		struct err e = { 0 };

		if (check(*texts, &e) != -MS_EPROJECT)
			fail_msg("'%s' is accepted", *texts);
		assert_int_equal(e.code, -MS_EPROJECT);
		assert_true(strlen(e.text) > 10);
		assert_true(strlen(e.fix) > 5);
	}
}

#define LONG_40 "a234567890123456789012345678901234567890"

static void names_are_lower_case_words(void **state)
{
	(void)state;
	accepts(name_check, (const char *const[]){ "hello", "ab", "door-lock-2", "a1", LONG_40, "kernels", "com", "com10", NULL });
	refuses(name_check, (const char *const[]){
		"", "a", LONG_40 "1", "1a", "-ab", "ab-", "Hello", "my service", "..", "a/b", "a.b", "a_b", "h\xc3\xa9llo",
		"kernel", "runtime", "ms", "psa", "out", "con", "nul", "com1", "lpt9", "a\nb", "$(id)", NULL });
}

static void a_wrong_name_gets_a_right_one_proposed(void **state)
{
	(void)state;
	const struct { const char *text, *fix; } name[] = {
		{ "My Service", "such as 'my-service'" }, { "  x..y  ", "such as 'x-y'" }, { "3d-printer", "such as 'd-printer'" },
		{ "h\xc3\xa9llo", "such as 'h-llo'" }, { "///", "such as 'door-lock'" }, { "kernel", "such as 'my-kernel'" },
		{ LONG_40 "xyz", "such as '" LONG_40 "'" }, { "KERNEL", "such as 'door-lock'" }, { "x", "such as 'door-lock'" },
	};

	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		struct err e = { 0 };

		assert_int_equal(name_check(name[i].text, &e), -MS_EPROJECT);
		if (!strstr(e.fix, name[i].fix))
			fail_msg("'%s' gives '%s', not '%s'", name[i].text, e.fix, name[i].fix);
	}
}

static void vendors_are_dns_names(void **state)
{
	(void)state;
	accepts(name_check_vendor, (const char *const[]){ "example.org", "a.b", "my-firm.co.uk", "xn--bcher-kva.example", "3com.com", NULL });
	refuses(name_check_vendor, (const char *const[]){
		"", "example", "Example.org", ".org", "example.", "a..b", "-a.org", "a-.org", "a_b.org", "a b.org", "example.org/x",
		"a123456789012345678901234567890123456789012345678901234567890123.org",
		"a.234567890.234567890.234567890.234567890.234567890.234567890.234567890.234567890.234567890.234567890", NULL });
}

static void paths_stay_inside(void **state)
{
	(void)state;
	accepts(name_check_path, (const char *const[]){ "include", "a/b/c", "a b", ".hidden", "..a", "\xc3\xa4", NULL });
	refuses(name_check_path, (const char *const[]){ "", "/etc", "..", "../x", "a/../b", "a/..", "a//b", "a/", "-x", "a\\b", "C:x", "a*", "$x", "`x`", "a\"b", NULL });
	accepts(name_check_sources, (const char *const[]){ "src/*.c", "main.c", "src/?.S", "a/b c/*.c", NULL });
	refuses(name_check_sources, (const char *const[]){ "", "/x.c", "../*.c", "src/../x.c", "src/**/*.c", "src/*", "src/x.h", ".c", "-o.c", "src/[ab].c", "src//x.c", NULL });
}

static void words_for_the_compiler(void **state)
{
	(void)state;
	accepts(name_check_define, (const char *const[]){ "A", "_x1", "LIMIT=4", "TEXT=\"a b\"", "A=", NULL });
	refuses(name_check_define, (const char *const[]){ "", "1A", "=x", "-DA", "A B", "A(x)=x", NULL });
	accepts(name_check_flag, (const char *const[]){ "-Wconversion", "-O3", "-fno-builtin", "-Wno-error", "-g3", NULL });
	refuses(name_check_flag, (const char *const[]){
		"", "-", "x.c", "-O2 -g", "-I/etc", "-DX", "-fPIC", "-fno-pic", "-mcpu=cortex-m3", "-march=armv7", "-std=c99", "-lfoo", "-Wl,-z",
		"-specs=nosys", "--specs=nosys", "-static", "-pie", "-o", "-fplugin=x.so", "-B/tmp", "-x", "@file", "-imacros", "-T", "-fdump-tree-all", "-W;id", "-W$(id)", NULL });
	accepts(name_check_library, (const char *const[]){ "mbedcrypto", "m", "stdc++", NULL });
	refuses(name_check_library, (const char *const[]){ "", "-lm", "a/b", "a b", "../x", NULL });
}

static void licences_are_spdx_expressions(void **state)
{
	(void)state;
	accepts(license_check, (const char *const[]){
		"MIT", "Apache-2.0", "GPL-2.0-or-later WITH Bison-exception-2.2", "MIT OR Apache-2.0", "(MIT AND Zlib) OR BSD-3-Clause",
		"LGPL-2.1+", "LicenseRef-house", "DocumentRef-x:LicenseRef-y", "((MIT))", "  MIT  ", "ANDROID", NULL });
	refuses(license_check, (const char *const[]){
		"", " ", "MIT OR", "OR MIT", "MIT MIT", "MIT and Zlib", "(MIT", "MIT)", "()", "MIT WITH", "MIT WITH AND", "MIT, Zlib", "MIT/Zlib",
		"DocumentRef-x", "DocumentRef-x:MIT", "(((((((((MIT)))))))))", "GPL +", "MIT\xc3\xa4", NULL });
}

static void sizes_read_back_as_written(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const uint32_t size[] = { 0, 1, 512, 1023, 1024, 1536, 1 << 20, 3 << 20, 0xffffffff, 0xfff00000 };

	for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		struct err e = { 0 };
		uint32_t back = 77;

		assert_int_equal(quantity_size(quantity_size_text(size[i], &a), &back, &e), MS_OK);
		assert_int_equal(back, size[i]);
	}
	assert_string_equal(quantity_size_text(1536, &a), "1536 B");
	assert_string_equal(quantity_size_text(2048, &a), "2 KiB");
	assert_string_equal(quantity_time_text(1500, &a), "1500 ms");
	assert_string_equal(quantity_time_text(2000, &a), "2 s");
	arena_done(&a);
}

static void a_quantity_that_is_none_leaves_the_number_alone(void **state)
{
	(void)state;
	static const char *const none[] = { "", " ", "B", "KiB", "1 kib", "1 K", "1  KiB", "1KiB ", "1.5", "-1", "+1", "0x10", "1e3", "4 GiB", "4294967296", "5000 MiB", "01" };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		struct err e = { 0 };
		uint32_t value = 77;
		int rc = quantity_size(none[i], &value, &e);

		if (rc != -MS_EPROJECT)
			fail_msg("'%s' is taken for a size", none[i]);
		assert_int_equal(e.code, rc);
		assert_int_equal(value, 77);
	}
}

static void a_range_holds_what_it_says(void **state)
{
	(void)state;
	const struct { const char *range, *version; bool holds; } c[] = {
		{ ">=0.1 <0.2", "0.1.0", true }, { ">=0.1 <0.2", "0.1.99", true }, { ">=0.1 <0.2", "0.2.0", false }, { ">=0.1 <0.2", "0.0.9", false },
		{ ">=0.1.1", "0.1.0", false }, { ">0.1", "0.1.0", false }, { ">0.1", "0.1.1", true }, { "<=0.1", "0.1.0", true }, { "=0.1", "0.1.0", true },
		{ "=0.1", "0.1.1", false }, { "<1", "0.9.9", true }, { ">= 0.1  < 2", "1.5.0", true }, { ">=10", "9.9.9", false },
	};

	for (size_t i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		struct err e = { 0 };

		assert_int_equal(version_range_check(c[i].range, &e), MS_OK);
		if (version_range_holds(c[i].range, c[i].version) != c[i].holds)
			fail_msg("'%s' and %s: not %d", c[i].range, c[i].version, c[i].holds);
	}
	refuses(version_range_check, (const char *const[]){ "", "0.1", ">=", ">=x", ">=0.1,<0.2", ">=0.1.2.3", "~0.1", "^1", ">=0.", ">=70000", "=>1", NULL });
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_lower_case_words),
		cmocka_unit_test(a_wrong_name_gets_a_right_one_proposed),
		cmocka_unit_test(vendors_are_dns_names),
		cmocka_unit_test(paths_stay_inside),
		cmocka_unit_test(words_for_the_compiler),
		cmocka_unit_test(licences_are_spdx_expressions),
		cmocka_unit_test(sizes_read_back_as_written),
		cmocka_unit_test(a_quantity_that_is_none_leaves_the_number_alone),
		cmocka_unit_test(a_range_holds_what_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
