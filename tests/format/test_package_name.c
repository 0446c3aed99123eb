/* SPDX-License-Identifier: Apache-2.0 */
#include "sweep.h"

#include "package.h"
#include "package_header.h"

static struct bytes text(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static void each_member_of_the_closed_list_has_its_kind(void **state)
{
	(void)state;
	static const struct { const char *name; enum package_kind kind; } cases[] = {
		{ "META/manifest.cbor", PACKAGE_IS_MANIFEST },
		{ "META/sig/0123456789abcdef.cose", PACKAGE_IS_SIGNATURE },
		{ "META/licenses/Apache-2.0.txt", PACKAGE_IS_LICENSE },
		{ "META/licenses/x", PACKAGE_IS_LICENSE },
		{ "META/sbom.cdx.json", PACKAGE_IS_SBOM },
		{ "elf/v6m.elf", PACKAGE_IS_ELF },
		{ "elf/v7em-fp.elf", PACKAGE_IS_ELF },
		{ "include/hello.h", PACKAGE_IS_HEADER },
		{ "include/Hello_2.h", PACKAGE_IS_HEADER },
		{ "overlays/uart-1.dtbo", PACKAGE_IS_OVERLAY },
		{ "META/source.cbor", PACKAGE_IS_SOURCE_MANIFEST },
		{ "source/ms.yaml", PACKAGE_IS_SOURCE },
		{ "source/src/deep/er/main.c", PACKAGE_IS_SOURCE },
		{ "source/outer/out/x", PACKAGE_IS_SOURCE },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		enum package_kind kind = PACKAGE_IS_MANIFEST;

		assert_true(package_name_kind(text(cases[i].name), &kind));
		assert_int_equal(kind, cases[i].kind);
	}
}

static void other_names_are_on_no_list(void **state)
{
	(void)state;
	static const char *const names[] = {
		"META/manifest.cbo", "META/manifest.cbor.", "meta/manifest.cbor", "manifest.cbor", "META/manifest.cbor/x",
		"META/sig/0123456789ABCDEF.cose", "META/sig/0123456789abcde.cose", "META/sig/0123456789abcdef0.cose",
		"META/sig/0123456789abcdeg.cose", "META/sig/.cose", "META/sig/0123456789abcdef", "META/sig/a/123456789abcdef.cose",
		"META/licenses", "META/licenses/a/b", "META/sbom.cdx.json2", "META/vex.json", "META/",
		"elf/v9m.elf", "elf/.elf", "elf/v7em", "elf/v7em.elf.elf", "elf/V7EM.elf", "elf/a/v7em.elf", "image.elf",
		"include/.h", "include/hello.c", "include/a/b.h", "include/hello.h.", "include",
		"overlays/.dtbo", "overlays/uart.dtso", "overlays/a/b.dtbo", "overlays", "uart.dtbo",
		"META/source.cbo", "source", "source/", "source/out/x", "source/.hidden", "source/src/.git/config", "source/a b", "Source/a",
		"README", "a", "setup.sh", "elf", "META",
	};

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		enum package_kind kind;

		if (package_name_kind(text(names[i]), &kind))
			fail_msg("'%s' is allowed", names[i]);
	}
}

static void names_lead_nowhere_else(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "/", "/x", "x/", "../x", "x/..", "x/../y", "./x", "x/.", "x/./y", "a//b", "..", ".", "//", "/META/manifest.cbor",
		"a\\b", "a b", "a:b", "C:/x", "a\nb", "a\tb", "a\x7f", "\xd0\xb0", "a\xe2\x80\xae", "a*", "a~", "a@b", "%2e%2e/x",
	};
	static const char *const good[] = { "x", "a/b", "...", "a/...", "..a", "a..", ".hidden", "a/.b", "A-Z_0.9/x" };

	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (package_name_ok(text(bad[i])))
			fail_msg("'%s' is allowed", bad[i]);
	}
	for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(package_name_ok(text(good[i])));
	assert_false(package_name_ok(BYTES_LITERAL("a\0b")));
}

static void each_byte_is_of_the_alphabet_or_refused(void **state)
{
	(void)state;
	for (unsigned c = 0; c <= UINT8_MAX; c++) {
		const uint8_t name[3] = { 'x', (uint8_t)c, 'x' };
		bool allowed = c && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/", (int)c);

		assert_int_equal(package_name_ok(BYTES_OF(name)), allowed);
	}
}

static void names_have_at_most_100_bytes(void **state)
{
	(void)state;
	char name[102];
	enum package_kind kind;

	memset(name, 'x', sizeof(name));
	memcpy(name, "META/licenses/", 14);
	assert_true(package_name_kind((struct bytes){ (uint8_t *)name, 100 }, &kind));
	assert_false(package_name_kind((struct bytes){ (uint8_t *)name, 101 }, &kind));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_member_of_the_closed_list_has_its_kind),
		cmocka_unit_test(other_names_are_on_no_list),
		cmocka_unit_test(names_lead_nowhere_else),
		cmocka_unit_test(each_byte_is_of_the_alphabet_or_refused),
		cmocka_unit_test(names_have_at_most_100_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
