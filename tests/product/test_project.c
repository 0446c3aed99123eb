/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mistakes.h"
#include "product.h"
#include "project.h"

#define IDENTITY "name: hello\nvendor: example.org\nversion: 1.0.0\nlicense: MIT\n"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static int decode(const char *text, struct arena *a, struct project *out, struct err *e)
{
	return project_decode(bytes_of(text), "ms.yaml", "0.1.0", a, out, e);
}

static void the_least_manifest_has_all_defaults(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(decode(IDENTITY, &a, &p, &e), MS_OK);
	assert_string_equal(p.name, "hello");
	assert_string_equal(p.vendor, "example.org");
	assert_string_equal(p.version_text, "1.0.0");
	assert_int_equal(p.version.major, 1);
	assert_int_equal(p.security_counter, 1);
	assert_string_equal(p.license, "MIT");
	assert_null(p.sdk);
	assert_null(p.summary);
	assert_int_equal(p.categories.count, 0);
	assert_int_equal(p.target_count, 0);
	assert_int_equal(p.stack_size, 1024);
	assert_int_equal(p.heap_size, 0);
	assert_string_equal(p.libc, "picolibc");
	assert_int_equal(p.sources.count, 1);
	assert_string_equal(p.sources.at[0], "src/*.c");
	assert_int_equal(p.include_dirs.count, 2);
	assert_string_equal(p.include_dirs.at[0], "include");
	assert_string_equal(p.include_dirs.at[1], "src");
	assert_int_equal(p.defines.count + p.cflags.count + p.libraries.count, 0);
	assert_string_equal(p.c_std, "gnu17");
	assert_false(p.fpu);
	arena_done(&a);
}

static void a_full_manifest_is_read_whole(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(decode("name: door-lock\nvendor: firm.example\nversion: 2.3.4+5\nsecurity-counter: 7\n"
				"license: MIT OR Apache-2.0\nsdk: \">=0.1 <0.2\"\ntargets: [ v8m, v7em-fp, v7em ]\n"
				"memory: { stack: 2 KiB, heap: 64 KiB }\nlibc: picolibc\nsources: [ src/*.c, port/a.S ]\n"
				"include-dirs: [ api ]\ndefines: [ A, B=2 ]\ncflags: [ -Wconversion ]\nlibraries: [ mbedcrypto ]\n"
				"c-std: c11\nrequests: { fpu: true }\n", &a, &p, &e), MS_OK);
	assert_int_equal(p.version.minor, 3);
	assert_int_equal(p.version.build, 5);
	assert_int_equal(p.security_counter, 7);
	assert_int_equal(p.target_count, 3);
	assert_int_equal(p.targets[0], MS_TARGET_V7EM);
	assert_int_equal(p.targets[1], MS_TARGET_V7EM_FP);
	assert_int_equal(p.targets[2], MS_TARGET_V8M);
	assert_int_equal(p.stack_size, 2048);
	assert_int_equal(p.heap_size, 65536);
	assert_string_equal(p.sources.at[1], "port/a.S");
	assert_string_equal(p.include_dirs.at[0], "api");
	assert_string_equal(p.defines.at[1], "B=2");
	assert_string_equal(p.cflags.at[0], "-Wconversion");
	assert_string_equal(p.libraries.at[0], "mbedcrypto");
	assert_string_equal(p.c_std, "c11");
	assert_true(p.fpu);
	arena_done(&a);
}

static void interfaces_are_read_with_their_defaults(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(decode(IDENTITY "provides:\n- { name: counter, sid: 0x48000001, version: 1 }\n"
				"- { name: hash, sid: 7, version: 300, version-policy: relaxed, connections: false }\n"
				"requests: { ipc: [ { name: aes, sid: 8, version: 2, connections: false, weak: true }, example.org/clock, { from: ../led } ],\n"
				"  notify: [ example.org/client ] }\n", &a, &p, &e), MS_OK);
	assert_int_equal(p.provide_count, 2);
	assert_string_equal(p.provides[0].name, "counter");
	assert_int_equal(p.provides[0].sid, 0x48000001);
	assert_string_equal(p.provides[0].policy, "strict");
	assert_true(p.provides[0].connections);
	assert_string_equal(p.provides[1].policy, "relaxed");
	assert_int_equal(p.provides[1].version, 300);
	assert_false(p.provides[1].connections);
	assert_int_equal(p.call_count, 3);
	assert_true(p.calls[0].weak);
	assert_false(p.calls[0].connections);
	assert_string_equal(p.calls[1].from, "example.org/clock");
	assert_string_equal(p.calls[2].from, "../led");
	assert_int_equal(p.calls[2].item, 2);
	assert_string_equal(p.notifies.at[0], "example.org/client");
	arena_done(&a);
}

static void a_service_has_as_many_interfaces_as_signals(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;
	struct text t = { 0 };

	text_add(&t, &a, "%sprovides:\n", IDENTITY);
	for (unsigned i = 0; i < 28; i++)
		text_add(&t, &a, "  - { name: i%u, sid: %u, version: 1 }\n", i, i + 1);
	assert_int_equal(decode(t.at, &a, &p, &e), MS_OK);
	assert_int_equal(p.provide_count, 28);
	text_add(&t, &a, "  - { name: more, sid: 99, version: 1 }\n");
	assert_int_equal(decode(t.at, &a, &p, &e), -MS_EPROJECT);
	assert_non_null(strstr(e.text, "'provides' has 29 items, expected 0 to 28"));
	arena_done(&a);
}

static const struct mistake bad[] = {
	{ "name: hello\nvendor: example.org\nversion: 1.0.0\n", 1, 1, "'license' is missing", "add 'license: Apache-2.0'" },
	{ IDENTITY "memory: { stak: 1 KiB }\n", 5, 11, "'stak' is no key of 'memory'", "did you mean 'stack'?" },
	{ IDENTITY "memry: { stack: 1 KiB }\n", 5, 1, "'memry' is no key of this file", "did you mean 'memory'?" },
	{ IDENTITY "memory: { stack: 100 }\n", 5, 18, "'stack' is 100, expected 256 B to 1 MiB", "the nearest is 'stack: 256 B'" },
	{ IDENTITY "memory: { stack: 2 MiB }\n", 5, 18, "'stack' is 2 MiB, expected 256 B to 1 MiB", "" },
	{ IDENTITY "memory: { stack: 1000 }\n", 5, 18, "expected a multiple of 32", "the next is 'stack: 1 KiB'" },
	{ IDENTITY "memory: { heap: 65 MiB }\n", 5, 17, "'heap' is 65 MiB, expected 0 B to 64 MiB", "" },
	{ IDENTITY "memory: { heap: 12 }\n", 5, 17, "expected a multiple of 8", "" },
	{ IDENTITY "security-counter: 2147483648\n", 5, 19, "expected 0 to 2147483647", "" },
	{ IDENTITY "targets: [ v7em, z80 ]\n", 5, 18, "'targets' is 'z80', expected one of v6m|v7m|v7em|", "" },
	{ IDENTITY "targets: [ v7em, v7em ]\n", 5, 18, "'v7em' stands in 'targets' twice", "remove one" },
	{ IDENTITY "targets: []\n", 5, 10, "'targets' has 0 items", "" },
	{ IDENTITY "libc: newlib-nano\n", 5, 7, "newlib-nano is not position independent", "add 'pie: false'" },
	{ IDENTITY "summary: ''\n", 5, 10, "a summary is one line of at most 160 bytes, and this has 0", "say in one sentence" },
	{ IDENTITY "summary: \"a\\u202Eb\"\n", 5, 10, "something that cannot be shown", "say in one sentence" },
	{ IDENTITY "categories: [ sensing, cooking ]\n", 5, 24, "'categories' is 'cooking', expected one of connectivity|security|", "" },
	{ IDENTITY "categories: [ sensing, data, sensing ]\n", 5, 30, "'sensing' stands in 'categories' twice", "remove one" },
	{ IDENTITY "categories: [ sensing, data, time, signal ]\n", 5, 13, "'categories' has 4 items", "" },
	{ IDENTITY "libc: glibc\n", 5, 7, "'glibc' is no C library of this SDK", "write 'libc: picolibc'" },
	{ IDENTITY "pie: false\n", 5, 6, "picolibc finds its data by r9", "add 'libc: newlib-nano'" },
	{ IDENTITY "pie: false\nlibc: newlib-nano\ncc: clang\n", 7, 5, "clang compiles no service in fixed mode", "write 'cc: gcc'" },
	{ IDENTITY "pie: false\nlibc: newlib-nano\npsa-manifest: a.json\n", 7, 15, "cannot be in fixed mode", "leave 'pie' and 'libc' out" },
	{ IDENTITY "sources: [ ../x.c ]\n", 5, 12, "'../x.c' is no path inside the project", "" },
	{ IDENTITY "sources: []\n", 5, 10, "'sources' has 0 items", "" },
	{ IDENTITY "include-dirs: [ /usr/include ]\n", 5, 17, "'/usr/include' is no path inside the project", "" },
	{ IDENTITY "cflags: [ -mcpu=cortex-m0 ]\n", 5, 11, "'-mcpu=cortex-m0' is not the project's to choose", "'targets'" },
	{ IDENTITY "c-std: c89\n", 5, 8, "'c-std' is 'c89', expected one of c11|", "" },
	{ IDENTITY "provides:\n  - { name: a, sid: 1, version: 1 }\n  - { name: b, sid: 0x1, version: 1 }\n", 7, 21, "'b' has the sid 0x00000001, which is that of 'a'",
	  "give each interface a sid of its own" },
	{ IDENTITY "provides:\n  - { name: a-b, sid: 1, version: 1 }\n  - { name: A_b, sid: 2, version: 1 }\n", 7, 13, "two interfaces have the name 'A_b': both would be A_B_SID",
	  "rename one" },
	{ IDENTITY "provides: [ { name: a, sid: 0, version: 1 } ]\n", 5, 29, "'sid' is 0, expected 1 to 4294967295", "'sid: 1'" },
	{ IDENTITY "provides: [ { name: a, sid: 1, version: 0 } ]\n", 5, 41, "'version' is 0, expected 1 to 65535", "'version: 1'" },
	{ IDENTITY "provides: [ { name: a, sid: 1, version: 65536 } ]\n", 5, 41, "'version' is 65536, expected 1 to 65535", "'version: 65535'" },
	{ IDENTITY "provides: [ { name: a, sid: 1 } ]\n", 5, 13, "'provides[0].version' is missing", "add 'version: 1'" },
	{ IDENTITY "provides: [ { name: 1a, sid: 1, version: 1 } ]\n", 5, 21, "'1a' cannot be the name of an interface", "beginning with a letter" },
	{ IDENTITY "provides: [ { name: a, sid: 1, version: 1, version-policy: loose } ]\n", 5, 60, "expected one of strict|relaxed", "" },
	{ IDENTITY "provides: [ { name: a, sid: 1, version: 1, policy: strict } ]\n", 5, 44, "'policy' is no key of 'provides[0]'", "" },
	{ IDENTITY "provides: [ a ]\n", 5, 13, "a list of maps", "" },
	{ IDENTITY "provides: [ { name: a, sid: 7, version: 1 } ]\nrequests: { ipc: [ { name: b, sid: 7, version: 1 } ] }\n", 6, 36,
	  "'b' has the sid 0x00000007, which is that of 'a'", "a service cannot call itself" },
	{ IDENTITY "requests: { ipc: [ { name: b, sid: 7 } ] }\n", 5, 20, "a request needs 'name', 'sid' and 'version'", "{ from: VENDOR/NAME }" },
	{ IDENTITY "requests: { ipc: [ { from: a.org/b, sid: 7 } ] }\n", 5, 20, "a request has 'from' and more than that", "" },
	{ IDENTITY "requests: { ipc: [ '' ] }\n", 5, 20, "'' names no service", "VENDOR/NAME" },
	{ IDENTITY "requests: { notify: [ client ] }\n", 5, 23, "'client' names no service", "'example.org/client'" },
	{ IDENTITY "requests: { parameters: [ { name: Key } ] }\n", 5, 35, "'Key' is no name of a parameter", "1 to 23 of" },
	{ IDENTITY "requests: { parameters: [ { name: key }, { name: key, size: 8 } ] }\n", 5, 42, "two parameters are named 'key'", "remove one" },
	{ IDENTITY "requests: { parameters: [ { name: pause, type: number, size: 8 } ] }\n", 5, 27, "a number has 4", "leave out 'size'" },
	{ IDENTITY "requests: { parameters: [ { name: key, size: 9 KiB } ] }\n", 5, 46, "expected 1 B to 8 KiB", "8 KiB" },
	{ IDENTITY "requests: { devices: [ 1uart ] }\n", 5, 24, "'1uart' names no device or memory", "such as 'uart1'" },
	{ IDENTITY "requests: { devices: [ uart-1, UART_1 ] }\n", 5, 32, "'UART_1' is named twice", "" },
	{ IDENTITY "requests: { devices: [ { name: uart1, interrupts: 29 } ] }\n", 5, 51, "'interrupts' is 29, expected 0 to 28", "" },
	{ IDENTITY "requests: { devices: [ a, b, c, d ], shared: [ e, f ] }\n", 5, 22, "'hello' has 6 devices and blocks of shared memory", "a service of their own" },
	{ IDENTITY "requests: { devices: [ { name: a, interrupts: 20 }, { name: b, interrupts: 9 } ] }\n", 5, 22, "'hello' needs 29 signals", "" },
	{ IDENTITY "shared: [ { name: frames, size: 48 } ]\n", 5, 33, "expected a multiple of 32", "" },
	{ IDENTITY "shared: [ { name: frames } ]\n", 5, 11, "'shared[0].size' is missing", "" },
	{ IDENTITY "shared: [ { name: frames, size: 64 } ]\nrequests: { shared: [ frames ] }\n", 6, 23, "'frames' is named twice", "" },
	{ IDENTITY "requests: { storage: 8 KiB }\n", 5, 13, "'requests.storage' has no effect", "" },
	{ IDENTITY "requests: { crypto: [ aes ] }\n", 5, 13, "'requests.crypto' has no effect", "" },
	{ "name: Hello\nvendor: example.org\nversion: 1.0.0\nlicense: MIT\n", 1, 7, "'Hello' cannot be a name", "such as 'hello'" },
	{ "name: hello\nvendor: example\nversion: 1.0.0\nlicense: MIT\n", 2, 9, "'example' cannot be a vendor", "a DNS name" },
	{ "name: hello\nvendor: example.org\nversion: 1.0\nlicense: MIT\n", 3, 10, "1.0", "" },
	{ "name: hello\nvendor: example.org\nversion: 1.0.0-rc.1\nlicense: MIT\n", 3, 10, "1.0.0-rc.1", "" },
	{ "name: hello\nvendor: example.org\nversion: 256.0.0\nlicense: MIT\n", 3, 10, "256", "" },
	{ "name: hello\nvendor: example.org\nversion: 1.0.0\nlicense: MIT & BSD\n", 4, 10, "no SPDX licence expression", "" },
};

static int decode_wrong(const char *text, struct arena *a, struct err *e)
{
	struct project p;

	return decode(text, a, &p, e);
}

static void each_mistake_is_named_with_its_place(void **state)
{
	(void)state;
	mistakes_are_named(bad, sizeof(bad) / sizeof(bad[0]), "ms.yaml", decode_wrong);
}

static void another_sdk_is_incompatible(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(decode(IDENTITY "sdk: \">=0.2\"\n", &a, &p, &e), -MS_EINCOMPATIBLE);
	assert_int_equal(e.line, 5);
	assert_int_equal(e.column, 6);
	assert_non_null(strstr(e.text, "for SDK >=0.2, and this is 0.1.0"));
	arena_done(&a);
}

/* A folder of the test's own, and the one we were in. */
struct place { char root[64], before[4096]; };

static int enter(void **state)
{
	static struct place p;

	strcpy(p.root, "/tmp/test-project-XXXXXX");
	assert_non_null(getcwd(p.before, sizeof(p.before)));
	assert_non_null(mkdtemp(p.root));
	assert_int_equal(chdir(p.root), 0);
	*state = &p;
	return 0;
}

static int leave(void **state)
{
	const struct place *p = *state;
	struct err e;

	return chdir(p->before) || file_remove_tree(p->root, &e) < 0;
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void a_folder_is_read_by_its_manifest(void **state)
{
	const struct place *here = *state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(mkdir("sub", 0755), 0);
	put("sub/ms.yaml", IDENTITY);
	assert_int_equal(project_read("sub", "0.1.0", &a, &p, &e), MS_OK);
	assert_string_equal(p.root, path_join(&a, here->root, "sub"));
	assert_string_equal(p.file, "sub/ms.yaml");

	put("ms.yaml", IDENTITY "typo: 1\n");
	assert_int_equal(project_read(".", "0.1.0", &a, &p, &e), -MS_EPROJECT);
	assert_string_equal(e.file, "ms.yaml");
	assert_int_equal(e.line, 5);
	arena_done(&a);
}

static void a_folder_without_one_says_what_to_do(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(project_read(".", "0.1.0", &a, &p, &e), -MS_EPROJECT);
	assert_non_null(strstr(e.text, "no 'ms.yaml'"));
	assert_non_null(strstr(e.fix, "ms new NAME"));

	put("ms.yaml", "");
	assert_int_equal(truncate("ms.yaml", 65537), 0);
	assert_int_equal(project_read(".", "0.1.0", &a, &p, &e), -MS_EPROJECT);
	assert_non_null(strstr(e.text, "larger than 65536 bytes"));
	arena_done(&a);
}

static int decode_product(const char *text, struct arena *a, struct product *out, struct err *e)
{
	return product_decode(bytes_of(text), "/p/product.yaml", a, out, e);
}

static void a_product_is_a_board_and_its_services(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct product p;

	assert_int_equal(decode_product("name: door\nvendor: example.org\nservices:\n  - path: ../hello\n"
					"  - { package: aes-1.0.0.msp, priority: 20, ceiling: 20, quantum: 1 s, restart: never, restart-limit: 0, backoff: 50 ms }\n",
					&a, &p, &e), MS_OK);
	assert_string_equal(p.board, "mps2-an386");
	assert_int_equal(p.service_count, 2);
	assert_string_equal(p.services[0].path, "/p/../hello");
	assert_null(p.services[0].package);
	assert_int_equal(p.services[0].priority, 8);
	assert_int_equal(p.services[0].ceiling, 16);
	assert_int_equal(p.services[0].quantum_msec, 10);
	assert_string_equal(p.services[0].restart, "failure");
	assert_int_equal(p.services[0].restart_limit, 5);
	assert_int_equal(p.services[0].backoff_msec, 100);
	assert_string_equal(p.services[1].package, "/p/aes-1.0.0.msp");
	assert_int_equal(p.services[1].quantum_msec, 1000);
	assert_string_equal(p.services[1].restart, "never");
	arena_done(&a);
}

static int decode_wrong_product(const char *text, struct arena *a, struct err *e)
{
	struct product p;

	return decode_product(text, a, &p, e);
}

static void mistakes_of_a_product_are_named(void **state)
{
	(void)state;
#define HEAD "name: door\nvendor: example.org\n"
	static const struct mistake of_product[] = {
		{ HEAD, 1, 1, "'services' is missing", "add 'services:" },
		{ HEAD "sequence: 0\nservices: []\n", 3, 11, "expected 1 to 4294967295", "" },
		{ HEAD "version: 1\nservices: []\n", 3, 10, "", "" },
		{ HEAD "services: [ hello ]\n", 3, 13, "'services' is text, expected a list of maps", "" },
		{ HEAD "services: [ { priority: 3 } ]\n", 3, 13, "neither 'path' nor 'package'", "write 'path: FOLDER'" },
		{ HEAD "services: [ { path: a }, { path: a, package: b } ]\n", 3, 26, "both 'path' and 'package'", "" },
		{ HEAD "services: [ { path: a, priority: 32 } ]\n", 3, 34, "'priority' is 32, expected 0 to 31", "" },
		{ HEAD "services: [ { path: a, priority: 9, ceiling: 8 } ]\n", 3, 46, "the ceiling 8 is below the priority 9", "write 'ceiling: 9'" },
		{ HEAD "services: [ { path: a, priority: 17 } ]\n", 3, 13, "the ceiling 16 is below the priority 17", "write 'ceiling: 17'" },
		{ HEAD "services: [ { path: a, quantum: 2 s } ]\n", 3, 33, "'quantum' is 2 s, expected 1 ms to 1 s", "" },
		{ HEAD "services: [ { path: a, restart: sometimes } ]\n", 3, 33, "expected one of failure|never|reboot", "" },
		{ HEAD "services: [ { path: '' } ]\n", 3, 21, "a path is empty", "" },
		{ HEAD "bord: x\nservices: [ { path: a } ]\n", 3, 1, "'bord' is no key", "did you mean 'board'?" },
	};

	mistakes_are_named(of_product, sizeof(of_product) / sizeof(of_product[0]), "/p/product.yaml", decode_wrong_product);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_manifest_has_all_defaults),
		cmocka_unit_test(a_full_manifest_is_read_whole),
		cmocka_unit_test(interfaces_are_read_with_their_defaults),
		cmocka_unit_test(a_service_has_as_many_interfaces_as_signals),
		cmocka_unit_test(each_mistake_is_named_with_its_place),
		cmocka_unit_test(another_sdk_is_incompatible),
		cmocka_unit_test_setup_teardown(a_folder_is_read_by_its_manifest, enter, leave),
		cmocka_unit_test_setup_teardown(a_folder_without_one_says_what_to_do, enter, leave),
		cmocka_unit_test(a_product_is_a_board_and_its_services),
		cmocka_unit_test(mistakes_of_a_product_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
