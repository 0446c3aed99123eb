/* SPDX-License-Identifier: Apache-2.0 */
/* Who a service is: versions, UUIDs, and the names the rest of the world uses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "identity.h"
#include "uuid.h"
#include "world_name.h"

static struct bytes text(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static void uuids_are_those_of_the_standard(void **state)
{
	(void)state;
	/* RFC 9562 A.4; the vendor of SUIT's examples. */
	static const struct { const char *name, *uuid; } vectors[] = {
		{ "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2" },
		{ "arm.com", "fa6b4a53-d5ad-5fdf-be9d-e663e4d41ffe" },
	};

	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		uint8_t id[UUID_SIZE];

		uuid_of_vendor(text(vectors[i].name), id);
		assert_string_equal(uuid_text(id, &arena), vectors[i].uuid);
	}
}

static void boards_have_different_classes(void **state)
{
	(void)state;
	uint8_t one[UUID_SIZE], other[UUID_SIZE], vendor[UUID_SIZE];

	uuid_of_board("mps2-an386", one);
	uuid_of_board("mps2-an385", other);
	uuid_of_vendor(text("mps2-an386"), vendor);
	assert_memory_not_equal(one, other, UUID_SIZE);
	assert_memory_not_equal(one, vendor, UUID_SIZE);
}

static void versions_read_as_a_table_holds_them(void **state)
{
	(void)state;
	struct table_version v = { 9, 9, 9, 9 };
	struct err e = { 0 };

	assert_int_equal(identity_version("255.0.65535+4294967295", &v, &e), MS_OK);
	assert_int_equal(v.major, 255);
	assert_int_equal(v.minor, 0);
	assert_int_equal(v.patch, 65535);
	assert_int_equal(v.build, UINT32_MAX);
	assert_int_equal(identity_version("1.2.3", &v, &e), MS_OK);
	assert_int_equal(v.build, 0);
}

static void other_versions_are_refused_and_change_nothing(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", "1", "1.2", "1.2.", "1.2.3.4", "1.2.3+", "1.2.3-rc.1", "01.2.3", "1.02.3", "256.0.0", "0.256.0", "0.0.65536",
		"0.0.0+4294967296", "99999999999999999999.0.0", "1.2.3 ", " 1.2.3", "v1.2.3", "1.2.3+4+5", "-1.0.0", "1..3", "1.2.3+0x4",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct table_version v = { 9, 8, 7, 6 };
		struct err e = { 0 };

		if (identity_version(wrong[i], &v, &e) != -MS_EPROJECT)
			fail_msg("'%s' is accepted", wrong[i]);
		assert_int_equal(v.major, 9);
		assert_int_equal(v.build, 6);
		assert_true(e.fix[0]);
	}
}

static struct manifest sample(void)
{
	struct manifest m = { 0 };
	struct err e = { 0 };

	assert_int_equal(identity_set(&m, "example.org", "hello", "1.0.0+7", &arena, &e), MS_OK);
	return m;
}

static void an_identity_follows_from_vendor_name_and_version(void **state)
{
	(void)state;
	struct manifest m = sample();
	uint8_t vendor[UUID_SIZE], component[UUID_SIZE];

	uuid_of_vendor(text("example.org"), vendor);
	uuid_v5(vendor, text("hello"), component);
	assert_true(bytes_equal(m.name, text("example.org/hello")));
	assert_true(bytes_equal(identity_vendor(&m), text("example.org")));
	assert_true(bytes_equal(identity_name(&m), text("hello")));
	assert_memory_equal(m.vendor, vendor, UUID_SIZE);
	assert_memory_equal(m.component, component, UUID_SIZE);
	assert_int_equal(m.abi_major, MS_ABI_MAJOR);
	assert_true(identity_consistent(&m, &arena));
}

static void an_identity_that_contradicts_itself_is_found(void **state)
{
	(void)state;
	const struct manifest good = sample();
	const uint8_t zeros[UUID_SIZE] = { 0 };
	struct manifest m = good;

	m.name = text("example.org/hallo");
	assert_false(identity_consistent(&m, &arena));
	m = good;
	m.name = text("hello");
	assert_false(identity_consistent(&m, &arena));
	m.name = text("example.org/");
	assert_false(identity_consistent(&m, &arena));
	m.name = (struct bytes){ (const uint8_t *)"example.org/hello\0x", 19 };
	assert_false(identity_consistent(&m, &arena));
	m = good;
	m.version.patch++;
	assert_false(identity_consistent(&m, &arena));
	m = good;
	m.version_text = text("1.0.0+8");
	assert_false(identity_consistent(&m, &arena));
	m = good;
	m.vendor = zeros;
	assert_false(identity_consistent(&m, &arena));
	m = good;
	m.component = good.vendor;
	assert_false(identity_consistent(&m, &arena));
}

static void a_cpe_escapes_what_it_must(void **state)
{
	(void)state;
	const char *cpe = cpe_of(text("Example.org"), text("c++_x-y"), text("1.0.0+7"), &arena);

	assert_string_equal(cpe, "cpe:2.3:a:example.org:c\\+\\+_x-y:1.0.0\\+7:*:*:*:*:*:*:*");
	assert_true(cpe_valid(cpe));
}

static void only_formatted_cpes_are_valid(void **state)
{
	(void)state;
	static const char *const valid[] = {
		"cpe:2.3:a:arm:mbed_tls:3.6.6:*:*:*:*:*:*:*", "cpe:2.3:o:v:p:-:*:*:*:*:*:*:*", "cpe:2.3:h:*:*:*:*:*:*:*:*:*:*",
		"cpe:2.3:a:foo\\:bar:big\\$money:2010:*:*:*:special:ipod_touch:80gb:*", "cpe:2.3:a:hp:insight?:7.4.0.1570:-:*:*:online:win2003:x64:*",
	};
	static const char *const wrong[] = {
		"", "cpe:2.3:", "cpe:/a:v:p:1", "cpe:2.3:a:v:p:1", "cpe:2.3:a:v:p:1:*:*:*:*:*:*:*:*", "cpe:2.3:x:v:p:1:*:*:*:*:*:*:*",
		"cpe:2.3:a:v:c++:1:*:*:*:*:*:*:*", "cpe:2.3:a:v v:p:1:*:*:*:*:*:*:*", "cpe:2.3:a::p:1:*:*:*:*:*:*:*",
		"cpe:2.3:a:v:a*b:1:*:*:*:*:*:*:*", "cpe:2.3:a:v:a\\-b:1:*:*:*:*:*:*:*", "cpe:2.3:a:v:p\\:1:*:*:*:*:*:*:*",
		"cpe:2.3:a:v:p:1:*:*:*:*:*:*:*\n",
	};

	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++)
		if (!cpe_valid(valid[i]))
			fail_msg("'%s' is refused", valid[i]);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (cpe_valid(wrong[i]))
			fail_msg("'%s' is accepted", wrong[i]);
}

static void a_purl_encodes_what_it_must(void **state)
{
	(void)state;
	const char *purl = purl_of(text("example.org"), text("my tool"), text("1.0.0+7"), &arena);

	assert_string_equal(purl, "pkg:generic/example.org/my%20tool@1.0.0%2B7");
	assert_true(purl_valid(purl));
	assert_string_equal(purl_of(text(""), text("picolibc"), text("1.8.10"), &arena), "pkg:generic/picolibc@1.8.10");
}

static void only_package_urls_are_valid(void **state)
{
	(void)state;
	static const char *const valid[] = {
		"pkg:generic/picolibc@1.8.10", "pkg:github/Mbed-TLS/mbedtls@v3.6.6", "pkg:generic/a/b/c", "pkg:generic/x@1?checksum=sha256:ab,sha1:cd",
		"pkg:generic/x@1?a=1&b=2#src/lib", "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
	};
	static const char *const wrong[] = {
		"", "pkg:", "pkg:generic", "pkg:generic/", "generic/x", "pkg:Generic/x", "pkg:1x/x", "pkg:generic/x@", "pkg:generic//x",
		"pkg:generic/x y", "pkg:generic/x%2", "pkg:generic/x%2g", "pkg:generic/x%2b", "pkg:generic/x?", "pkg:generic/x?a=", "pkg:generic/x?b=1&a=2",
		"pkg:generic/x?a=1&a=2", "pkg:generic/x?A=1", "pkg:generic/x#", "pkg:generic/x#a/../b", "pkg:generic/x#.", "pkg:generic/x@1@2",
	};

	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++)
		if (!purl_valid(valid[i]))
			fail_msg("'%s' is refused", valid[i]);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (purl_valid(wrong[i]))
			fail_msg("'%s' is accepted", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uuids_are_those_of_the_standard),
		cmocka_unit_test(boards_have_different_classes),
		cmocka_unit_test(versions_read_as_a_table_holds_them),
		cmocka_unit_test(other_versions_are_refused_and_change_nothing),
		cmocka_unit_test(an_identity_follows_from_vendor_name_and_version),
		cmocka_unit_test(an_identity_that_contradicts_itself_is_found),
		cmocka_unit_test(a_cpe_escapes_what_it_must),
		cmocka_unit_test(only_formatted_cpes_are_valid),
		cmocka_unit_test(a_purl_encodes_what_it_must),
		cmocka_unit_test(only_package_urls_are_valid),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
