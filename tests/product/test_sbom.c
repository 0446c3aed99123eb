/* SPDX-License-Identifier: Apache-2.0 */
/* Bills of materials: made the same from the same, and what a schema would let through is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "identity.h"
#include "sbom.h"
#include "spdx.h"

static struct bytes text(const char *s)
{
	return (struct bytes){ (const uint8_t *)s, strlen(s) };
}

static const char *const mbedtls_needs[] = { "picolibc", NULL };
static const struct sbom_file libc = { .path = "targets/v7em/libc.a", .sha256 = { 3 } };
static const struct sbom_library libraries[] = {
	{ .name = "picolibc", .version = "1.8.10", .supplier = "Keith Packard", .license = "BSD-3-Clause", .files = &libc, .file_count = 1 },
	{ .name = "mbedtls", .version = "3.6.6", .license = "Apache-2.0 OR GPL-2.0-or-later", .needs = mbedtls_needs,
	  .cpe = "cpe:2.3:a:arm:mbed_tls:3.6.6:*:*:*:*:*:*:*", .purl = "pkg:github/Mbed-TLS/mbedtls@v3.6.6" },
};
static const struct sbom_file files[] = { { .path = "src/main.c", .sha256 = { 1 } }, { .path = "src/aes.c", .sha256 = { 2 } } };

static struct manifest service;

static struct sbom_input sample(void)
{
	struct err e = { 0 };

	assert_int_equal(identity_set(&service, "example.org", "hello", "1.0.0+7", &arena, &e), MS_OK);
	service.license = text("Apache-2.0");
	return (struct sbom_input){
		.service = &service, .tool_version = "0.1.0", .compiler = "arm-none-eabi-gcc 12.2.1",
		.libraries = libraries, .library_count = 2, .files = files, .file_count = 2,
	};
}

static struct bytes made(const struct sbom_input *in)
{
	struct bytes json;
	struct err e = { 0 };

	if (sbom_make(in, &arena, &json, &e) != MS_OK)
		fail_msg("%s", e.text);
	return json;
}

static bool says(struct bytes json, const char *what)
{
	return memmem(json.at, json.size, what, strlen(what));
}

static void a_document_names_the_service_and_all_in_it(void **state)
{
	(void)state;
	struct sbom_input in = sample();
	struct bytes json = made(&in);
	struct sbom_root root;
	struct err e = { 0 };

	assert_int_equal(sbom_check(json, "x", &arena, &root, &e), MS_OK);
	assert_true(bytes_equal(root.group, text("example.org")));
	assert_true(bytes_equal(root.name, text("hello")));
	assert_true(bytes_equal(root.version, text("1.0.0+7")));
	assert_true(says(json, "\"pkg:generic/example.org/hello@1.0.0%2B7\""));
	assert_true(says(json, "\"pkg:generic/picolibc@1.8.10\""));
	assert_true(says(json, "\"pkg:github/Mbed-TLS/mbedtls@v3.6.6\""));
	assert_true(says(json, "\"src/aes.c\""));
	assert_true(says(json, "\"targets/v7em/libc.a\""));
	assert_true(says(json, "\"Apache-2.0 OR GPL-2.0-or-later\""));
	assert_false(says(json, "timestamp"));
}

static void the_order_of_the_facts_does_not_matter(void **state)
{
	(void)state;
	struct sbom_input in = sample();
	struct bytes one = made(&in);
	struct sbom_library swapped[2] = { libraries[1], libraries[0] };
	struct sbom_file other[2] = { files[1], files[0] };

	in.libraries = swapped;
	in.files = other;
	assert_true(bytes_equal(made(&in), one));
}

static void other_facts_give_another_serial_number(void **state)
{
	(void)state;
	struct sbom_input in = sample();
	struct bytes one = made(&in);
	const char *serial = strstr((const char *)one.at, "urn:uuid:");

	in.file_count = 1;
	const char *other = strstr((const char *)made(&in).at, "urn:uuid:");
	assert_memory_not_equal(serial, other, 45);

	in.file_count = 2;
	in.source_epoch = 1700000000;
	struct bytes dated = made(&in);
	assert_true(says(dated, "\"2023-11-14T22:13:20Z\""));
	assert_memory_not_equal(serial, strstr((const char *)dated.at, "urn:uuid:"), 45);
}

static void what_does_not_fit_together_is_not_made(void **state)
{
	(void)state;
	struct sbom_input in = sample();
	struct sbom_library twice[2] = { libraries[0], libraries[0] };
	struct sbom_library lonely = libraries[1];
	struct bytes json = { 0 };
	struct err e = { 0 };

	in.libraries = twice;
	assert_int_equal(sbom_make(&in, &arena, &json, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "bom-ref 'library:picolibc'"));
	in.libraries = &lonely;
	in.library_count = 1;
	assert_int_equal(sbom_make(&in, &arena, &json, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "leads nowhere: 'library:picolibc'"));
	lonely = libraries[0];
	lonely.name = "pico\xff";
	assert_int_equal(sbom_make(&in, &arena, &json, &e), -MS_EFORMAT);
	assert_null(json.at);
}

/* A small sound document, to be spoiled in one place. */
#define HEAD "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,"
#define ROOT "\"metadata\":{\"component\":{\"type\":\"firmware\",\"bom-ref\":\"s\",\"name\":\"hello\"}}"

static void refuses(const char *json, const char *sentence)
{
	struct err e = { 0 };

	if (sbom_check(text(json), "x", &arena, NULL, &e) != -MS_EFORMAT)
		fail_msg("accepted: %s", json);
	if (!strstr(e.text, sentence))
		fail_msg("'%s' does not say '%s'", e.text, sentence);
}

static void accepts(const char *json)
{
	struct err e = { 0 };

	if (sbom_check(text(json), "x", &arena, NULL, &e) != MS_OK)
		fail_msg("%s: %s", e.text, json);
}

static void a_document_of_another_kind_is_refused(void **state)
{
	(void)state;
	accepts(HEAD ROOT "}");
	refuses("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1," ROOT "}", "bomFormat and specVersion");
	refuses("{\"bomFormat\":\"SPDX\",\"specVersion\":\"1.6\",\"version\":1," ROOT "}", "bomFormat and specVersion");
	refuses("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":0," ROOT "}", "'version'");
	refuses(HEAD "\"serialNumber\":\"urn:uuid:3E671687-395B-41F5-A30F-A58921A69B79\"," ROOT "}", "serialNumber");
	refuses(HEAD "\"surprise\":1," ROOT "}", "unknown key 'surprise'");
	refuses(HEAD "\"metadata\":{}}", "object is none");
	refuses(HEAD "\"metadata\":{\"component\":{\"type\":\"firmware\"}}}", "no name");
	refuses(HEAD "\"metadata\":{\"component\":{\"type\":\"gadget\",\"name\":\"x\"}}}", "no known type 'gadget'");
}

static void tricks_of_json_are_refused(void **state)
{
	(void)state;
	refuses("", "not JSON");
	refuses("\xef\xbb\xbf" HEAD ROOT "}", "not JSON");
	refuses(HEAD ROOT "} {}", "not JSON");
	refuses(HEAD ROOT "," ROOT "}", "duplicate");
	refuses(HEAD "\"properties\":[1e999]," ROOT "}", "not JSON");
	refuses(HEAD "\"properties\":[\"\\u0000\"]," ROOT "}", "not JSON");
	refuses(HEAD "\"properties\":[\"\xc3\x28\"]," ROOT "}", "not JSON");

	struct text deep = { 0 };
	text_add(&deep, &arena, HEAD "\"properties\":");
	for (int i = 0; i < 100000; i++)
		text_add(&deep, &arena, "[");
	refuses(deep.at, "not JSON");
}

static void what_the_schema_does_not_see_is_refused(void **state)
{
	(void)state;
#define WITH(component) HEAD ROOT ",\"components\":[" component "]}"
	accepts(WITH("{\"type\":\"library\",\"name\":\"a\",\"licenses\":[{\"license\":{\"id\":\"MIT\"}},{\"license\":{\"name\":\"ours\"}}]}"));
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"cpe\":\"cpe:2.3:a:v:p\"}"), "not a CPE");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"cpe\":7}"), "not a CPE");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"purl\":\"pkg:x\"}"), "not a package URL");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"bom-ref\":\"s\"}"), "two components have the bom-ref 's'");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\"abcd\"}]}"), "hash");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"hashes\":[{\"alg\":\"MD6\",\"content\":\"abcd\"}]}"), "hash");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"licenses\":[{\"expression\":\"MIT\"},{\"license\":{\"id\":\"MIT\"}}]}"), "licence");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"licenses\":[{\"license\":{\"id\":\"MIT\",\"name\":\"x\"}}]}"), "licence");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"components\":{}}"), "not an array");
	refuses(WITH("{\"type\":\"library\",\"name\":\"a\",\"colour\":\"red\"}"), "unknown key 'colour'");
	refuses(WITH("7"), "object is none");
	refuses(HEAD ROOT ",\"dependencies\":[{\"ref\":\"t\"}]}", "not there: 't'");
	refuses(HEAD ROOT ",\"dependencies\":[{\"ref\":\"s\"},{\"ref\":\"s\"}]}", "twice of 's'");
	refuses(HEAD ROOT ",\"dependencies\":[{\"ref\":\"s\",\"dependsOn\":[\"t\"]}]}", "leads nowhere: 't'");
	refuses(HEAD ROOT ",\"compositions\":[{\"aggregate\":\"most\"}]}", "no known aggregate 'most'");
	refuses(HEAD ROOT ",\"compositions\":[{\"aggregate\":\"complete\",\"assemblies\":[\"t\"]}]}", "leads nowhere: 't'");
#undef WITH
}

static void components_nest_only_so_deep(void **state)
{
	(void)state;
	for (int depth = 1; depth < 40; depth++) {
		struct text t = { 0 };
		struct err e = { 0 };

		text_add(&t, &arena, HEAD ROOT);
		for (int i = 0; i < depth; i++)
			text_add(&t, &arena, ",\"components\":[{\"type\":\"file\",\"name\":\"x\"");
		for (int i = 0; i < depth; i++)
			text_add(&t, &arena, "}]");
		text_add(&t, &arena, "}");
		assert_int_equal(sbom_check(text(t.at), "x", &arena, NULL, &e), depth <= 9 ? MS_OK : -MS_EFORMAT);
	}
}

/* The same as SPDX: what SPDX wants of files, and of packages that have some. */
static void as_spdx_it_says_the_same(void **state)
{
	(void)state;
	static const struct sbom_file member = { .path = "targets/v7em/libc.a(a.o)", .sha256 = { 4 }, .sha1 = { 0xaa } };
	struct sbom_file archive = { .path = "targets/v7em/libc.a", .sha256 = { 3 }, .sha1 = { 0xbb }, .parts = &member, .part_count = 1 };
	struct sbom_library library = libraries[0];
	struct sbom_input in = sample();
	struct bytes spdx;
	struct err e = { 0 };

	library.files = &archive;
	in.libraries = &library;
	in.library_count = 1;
	assert_int_equal(spdx_make(made(&in), "hello-1", 1700000000, "0.1.0", &arena, &spdx, &e), MS_OK);
	for (size_t i = 0; i < 3; i++)
		assert_true(says(spdx, ((const char *const[]){ "\"./src/main.c\"", "\"./targets/v7em/libc.a\"", "\"./targets/v7em/libc.a(a.o)\"" })[i]));
	assert_true(says(spdx, "\"2023-11-14T22:13:20Z\""));
	assert_true(says(spdx, "\"filesAnalyzed\": true"));
	/* printf aa00...bb00... | sha1sum, 40 digits each */
	assert_true(says(spdx, "\"packageVerificationCodeValue\": \"49c13df2a9e3d0d97c1b960db34aaef2702cc785\""));
}

/* Two references that differ in what SPDX cannot write are two all the same; a file without SHA-1 is no file there. */
static void spdx_keeps_apart_what_is_apart(void **state)
{
	(void)state;
	struct bytes spdx;
	struct err e = { 0 };

	assert_int_equal(spdx_make(text(HEAD ROOT ",\"serialNumber\":\"urn:uuid:00000000-0000-4000-8000-000000000000\",\"components\":["
					"{\"type\":\"library\",\"bom-ref\":\"a_b\",\"name\":\"x\"},{\"type\":\"library\",\"bom-ref\":\"a-b\",\"name\":\"y\"},"
					"{\"type\":\"library\",\"name\":\"z\",\"components\":[{\"type\":\"file\",\"name\":\"f\"}]}]}"),
				   "n", 0, "0", &arena, &spdx, &e), MS_OK);
	assert_true(says(spdx, "\"SPDXRef-a-b\""));
	assert_true(says(spdx, "\"SPDXRef-a-b-2\""));
	assert_false(says(spdx, "./f"));
	assert_false(says(spdx, "\"filesAnalyzed\": true"));
	assert_int_equal(spdx_make(text(HEAD ROOT "}"), "n", 0, "0", &arena, &spdx, &e), -MS_EFORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_document_names_the_service_and_all_in_it, give_back),
		cmocka_unit_test_teardown(the_order_of_the_facts_does_not_matter, give_back),
		cmocka_unit_test_teardown(other_facts_give_another_serial_number, give_back),
		cmocka_unit_test_teardown(what_does_not_fit_together_is_not_made, give_back),
		cmocka_unit_test_teardown(a_document_of_another_kind_is_refused, give_back),
		cmocka_unit_test_teardown(tricks_of_json_are_refused, give_back),
		cmocka_unit_test_teardown(what_the_schema_does_not_see_is_refused, give_back),
		cmocka_unit_test_teardown(components_nest_only_so_deep, give_back),
		cmocka_unit_test_teardown(as_spdx_it_says_the_same, give_back),
		cmocka_unit_test_teardown(spdx_keeps_apart_what_is_apart, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
