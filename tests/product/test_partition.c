/* SPDX-License-Identifier: Apache-2.0 */
/* Partition manifests: what is understood, and what is refused with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "partition.h"

#define HEAD "{ \"psa_framework_version\": 1.1, \"name\": \"P\", \"type\": \"PSA-ROT\", \"priority\": \"HIGH\",\n" \
	     "\"entry_point\": \"run\", \"stack_size\": \"0x401\""

#define ONE "\"services\": [ { \"name\": \"S\", \"sid\": 1 } ]"
#define SFN "{ \"psa_framework_version\": 1.1, \"name\": \"P\", \"type\": \"PSA-ROT\", \"priority\": \"HIGH\",\n\"stack_size\": 1024, \"model\": \"SFN\""
#define IRQ(of) HEAD ", \"irqs\": [\n{ " of " } ] }"
#define REGION(of) HEAD ", \"mmio_regions\": [\n{ " of " } ] }"
#define ROW(name) "{ \"name\": \"" name "\", \"permission\": \"READ-WRITE\" }"

static int decode(const char *text, const char *yaml, struct arena *a, struct project *p, struct err *e)
{
	const char *whole = arena_printf(a, "name: hello\nvendor: example.org\nversion: 1.0.0\nlicense: MIT\npsa-manifest: p.json\n%s", yaml);

	int rc = project_decode((struct bytes){ (const uint8_t *)whole, strlen(whole) }, "ms.yaml", "0.1.0", a, p, e);
	return rc < 0 ? rc : partition_decode((struct bytes){ (const uint8_t *)text, strlen(text) }, "p.json", a, p, e);
}

static void a_whole_manifest_is_read(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	if (decode(HEAD ", \"heap_size\": 9, \"model\": \"IPC\", \"description\": \"x\", \"mmio_regions\": [], \"services\": [\n"
		   "{ \"name\": \"ONE\", \"sid\": \"0x0000FB01\", \"non_secure_clients\": true, \"connection_based\": true, \"version\": 7, \"version_policy\": \"RELAXED\" },\n"
		   "{ \"name\": \"TWO\", \"sid\": 5, \"non_secure_clients\": false, \"connection_based\": false, \"stateless_handle\": \"auto\" },\n"
		   "{ \"name\": \"OLD\", \"sid\": \"6\", \"non_secure_clients\": false, \"minor_version\": 3, \"minor_policy\": \"STRICT\" } ],\n"
		   "\"dependencies\": [ \"A\", \"B\" ], \"weak_dependencies\": [ \"C\" ] }", "", &a, &p, &e) < 0)
		fail_msg("%s", e.text);
	assert_string_equal(p.partition, "P");
	assert_string_equal(p.entry_point, "run");
	assert_int_equal(p.stack_size, 0x420);
	assert_int_equal(p.heap_size, 16 + 24);		/* one piece can have all of it */
	assert_int_equal(p.provide_count, 3);
	assert_int_equal(p.provides[0].sid, 0xfb01);
	assert_int_equal(p.provides[0].version, 7);
	assert_string_equal(p.provides[0].policy, "relaxed");
	assert_false(p.provides[1].connections);
	assert_int_equal(p.provides[1].version, 1);
	assert_string_equal(p.provides[1].policy, "strict");
	assert_true(p.provides[2].connections);
	assert_int_equal(p.provides[2].version, 3);
	assert_int_equal(p.call_count, 3);
	assert_string_equal(p.calls[1].name, "B");
	assert_false(p.calls[1].weak);
	assert_true(p.calls[2].weak);
	arena_done(&a);
}

static void regions_and_interrupts_are_devices(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	if (decode(HEAD ", \"mmio_regions\": [ { \"name\": \"uart1\", \"permission\": \"READ-WRITE\" } ], \"irqs\": [\n"
		   "{ \"description\": \"1.0\", \"signal\": \"SENT_SIG\", \"source\": \"uart1.2\" },\n"
		   "{ \"name\": \"tick\", \"source\": \"timer0\", \"handling\": \"SLIH\" } ] }",
		   "requests: { devices: [ { name: gpio0, interrupts: 0 } ] }\n", &a, &p, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(p.device_count, 3);
	assert_string_equal(p.devices[0].name, "gpio0");
	assert_false(p.devices[0].region);
	assert_string_equal(p.devices[1].name, "uart1");
	assert_true(p.devices[1].region);
	assert_int_equal(p.devices[1].interrupts, 2);
	assert_null(p.devices[1].signals[0]);
	assert_string_equal(p.devices[1].signals[1], "SENT_SIG");
	assert_false(p.devices[2].region);
	assert_int_equal(p.devices[2].interrupts, 1);
	assert_string_equal(p.devices[2].signals[0], "TICK_SIGNAL");
	arena_done(&a);
}

static void functions_need_no_entry_point(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(decode(SFN ", " ONE " }", "", &a, &p, &e), MS_OK);
	assert_true(p.sfn);
	assert_null(p.entry_point);
	assert_int_equal(decode(SFN ", \"entry_init\": \"set_up\", " ONE " }", "", &a, &p, &e), MS_OK);
	assert_string_equal(p.entry_point, "set_up");
	arena_done(&a);
}

static void what_ms_yaml_says_of_memory_counts(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct project p;

	assert_int_equal(decode(HEAD ", \"heap_size\": 8 }", "memory: { stack: 4 KiB }\n", &a, &p, &e), MS_OK);
	assert_int_equal(p.stack_size, 4096);
	assert_int_equal(p.heap_size, 8 + 24);
	arena_done(&a);
}

#define SERVICE(more) HEAD ", \"services\": [\n{ \"name\": \"S\", \"sid\": 1" more " } ] }"

static const struct bad { const char *text, *yaml; int line; const char *sentence; } bad[] = {
	{ "", "", 1, "this is no JSON object" },
	{ "[]", "", 1, "this is no JSON object: it is a list" },
	{ "{ \"name\": \"P\",\n \"name\": \"Q\" }", "", 2, "duplicate" },
	{ HEAD ", \"prioritty\": 1 }", "", 2, "'prioritty' is no key of a partition manifest" },
	{ "{ \"psa_framework_version\": 2.0 }", "", 1, "'psa_framework_version' is neither 1.0 nor 1.1" },
	{ "{ \"psa_framework_version\": 1.1 }", "", 0, "'name' is missing" },
	{ "{ \"psa_framework_version\": 1.1, \"name\": 3 }", "", 0, "'name' of 'the manifest' is no text" },
	{ "{ \"psa_framework_version\": 1.1, \"name\": \"P\", \"entry_point\": \"a b\" }", "", 0, "'type' is ''" },
	{ "{ \"psa_framework_version\": 1.1, \"name\": \"P\", \"entry_point\": \"x;\", \"type\": \"PSA-ROT\",\n\"priority\": \"LOW\" }", "", 1, "'entry_point' is 'x;', which is no name in C" },
	{ HEAD ", \"model\": \"SFN\" }", "", 2, "a partition of the model SFN has no 'entry_point'" },
	{ HEAD ", \"entry_init\": \"x\" }", "", 2, "a partition of the model IPC has no 'entry_init'" },
	{ SFN " }", "", 2, "and it has none" },
	{ SFN ", \"entry_init\": \"a b\" }", "", 2, "'entry_init' is 'a b', which is no name in C" },
	{ SFN ", \"entry_init\": \"main\", " ONE " }", "", 2, "'main' is what waits for messages" },
	{ SFN ", " ONE ",\n\"irqs\": [ { \"name\": \"t\", \"source\": \"timer0\" } ] }", "", 3, "cannot wait for an interrupt" },
	{ HEAD ", \"model\": \"LIB\" }", "", 2, "'model' is 'LIB', expected one of IPC|SFN" },
	{ IRQ(""), "", 2, "'name' is missing in 'irqs'" },
	{ IRQ("\"name\": \"t\""), "", 2, "'source' is missing in 'irqs'" },
	{ IRQ("\"name\": \"t\", \"source\": 7"), "", 3, "an interrupt is given by its number" },
	{ IRQ("\"name\": \"t t\", \"source\": \"timer0\""), "", 3, "'name' is 't t', which is no name in C" },
	{ IRQ("\"name\": \"t\", \"source\": \"timer0.0\""), "", 3, "'timer0.0' names no interrupt of a device" },
	{ IRQ("\"name\": \"t\", \"source\": \"timer0.x\""), "", 3, "'timer0.x' names no interrupt of a device" },
	{ IRQ("\"name\": \"t\", \"source\": \"timer0.29\""), "", 3, "'timer0.29' names no interrupt of a device" },
	{ IRQ("\"name\": \"t\", \"source\": \"0\""), "", 3, "'0' cannot be the name of a device" },
	{ IRQ("\"name\": \"t\", \"source\": \"timer0\", \"handling\": \"FLIH\""), "", 3, "first-level interrupt handling is not offered" },
	{ IRQ("\"name\": \"t\", \"source\": \"timer0\", \"handling\": \"soon\""), "", 3, "expected one of FLIH|SLIH" },
	{ IRQ("\"name\": \"t\", \"line\": \"timer0\""), "", 3, "'line' is no key of an interrupt" },
	{ IRQ("\"name\": \"t\", \"source\": \"a\" }, { \"signal\": \"T_SIGNAL\", \"source\": \"b\""), "", 3, "two signals are called 'T_SIGNAL'" },
	{ IRQ("\"name\": \"t\", \"source\": \"a.2\" }, { \"signal\": \"U\", \"source\": \"a.2\""), "", 3, "'T_SIGNAL' and 'U' have the same source" },
	{ HEAD ", " ONE ", \"irqs\": [\n{ \"name\": \"S\", \"source\": \"a\" } ] }", "", 0, "two signals are called 'S_SIGNAL'" },
	{ IRQ("\"name\": \"t\", \"source\": \"a.28\" }, { \"name\": \"u\", \"source\": \"b\""), "", 2, "needs 29 signals" },
	{ REGION(""), "", 2, "'name' is missing in 'mmio_regions'" },
	{ REGION("\"base\": \"0x40004000\", \"size\": 4096, \"permission\": \"READ-WRITE\""), "", 3, "a region is given by numbers" },
	{ REGION("\"name\": \"uart1\""), "", 3, "'permission' of 'uart1' is ''" },
	{ REGION("\"name\": \"uart1\", \"permission\": \"READ-ONLY\""), "", 3, "'uart1' shall be read only" },
	{ HEAD ", \"mmio_regions\": [" ROW("a") "," ROW("b") "," ROW("c") "," ROW("d") "," ROW("e") "," ROW("f") "] }", "", 2, "no list of at most 5" },
	{ HEAD ", \"mmio_regions\": [" ROW("a") "," ROW("b") "," ROW("c") "," ROW("d") "," ROW("e") "],\n\"irqs\": [ { \"name\": \"t\", \"source\": \"f\" } ] }", "", 3,
	  "'f' is one device too many" },
	{ "{ \"psa_framework_version\": 1.0, \"name\": \"P\", \"type\": \"PSA-ROT\", \"priority\": \"LOW\", \"entry_point\": \"main\",\n\"stack_size\": 512, "
	  "\"mmio_regions\": [" ROW("a") "] }", "", 1, "'main' is what opens the regions" },
	{ "{ \"psa_framework_version\": 1.1, \"name\": \"P Q\" }", "", 1, "'name' is 'P Q', which is no name in C" },
	{ SERVICE(", \"stateless_handle\": 1"), "", 3, "'S' has connections, and so no stateless handle" },
	{ SERVICE(", \"connection_based\": false, \"stateless_handle\": 33"), "", 3, "the stateless handle of 'S' is not 1 to 32" },
	{ SERVICE(", \"non_secure_clients\": 1"), "", 3, "'non_secure_clients' of 'S' is neither true nor false" },
	{ HEAD ", \"heap_size\": -1 }", "", 2, "'heap_size' is no number" },
	{ HEAD ", \"heap_size\": \"0x10000000\" }", "", 2, "more than a service can have" },
	{ HEAD ", \"services\": {} }", "", 2, "'services' is no list of at most 28" },
	{ HEAD ", \"services\": [ 1 ] }", "", 2, "'name' is missing" },
	{ HEAD ", \"dependencies\": [ 1 ] }", "", 2, "'dependencies' holds something that is no name" },
	{ SERVICE(", \"signal\": \"X\""), "", 3, "'signal' is no key of a service" },
	{ SERVICE(", \"version\": 0"), "", 3, "the version of 'S' is not 1 to 65535" },
	{ SERVICE(", \"version\": 65536"), "", 3, "the version of 'S' is not 1 to 65535" },
	{ SERVICE(", \"version_policy\": \"LOOSE\""), "", 3, "expected one of STRICT|RELAXED" },
	{ SERVICE(", \"version_policy\": 7"), "", 3, "expected one of STRICT|RELAXED" },
	{ SERVICE(", \"connection_based\": 1"), "", 3, "'connection_based' of 'S' is neither true nor false" },
	{ SERVICE(", \"mm_iovec\": \"enable\""), "", 3, "'S' wants MM-IOVEC" },
	{ HEAD ", \"services\": [ { \"name\": \"S\", \"sid\": 0 } ] }", "", 2, "'S' has the sid 0" },
	{ HEAD ", \"services\": [ { \"name\": \"S\" } ] }", "", 2, "'sid' of 'S' is no number" },
	{ HEAD ", \"services\": [ { \"name\": \"1\", \"sid\": 1 } ] }", "", 2, "'1' cannot be the name of a service" },
	{ HEAD ", \"services\": [ { \"name\": \"S\", \"sid\": 1 }, { \"name\": \"T\", \"sid\": 1 } ] }", "", 0, "'T' has the sid 0x00000001, which is that of 'S'" },
	{ HEAD " }", "provides: [ { name: a, sid: 1, version: 1 } ]\n", 6, "'psa-manifest' and ms.yaml both say what the service provides" },
	{ HEAD " }", "requests: { ipc: [ a.org/b ] }\n", 6, "'psa-manifest' and ms.yaml both say what the service calls" },
};

static void what_is_wrong_is_refused_with_its_place(void **state)
{
	(void)state;
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct arena a = { 0 };
		struct err e = { 0 };
		struct project p;

		int rc = decode(bad[i].text, bad[i].yaml, &a, &p, &e);
		if (rc != -MS_EPROJECT || !strstr(e.text, bad[i].sentence) || e.line != bad[i].line)
			print_error("%zu: %d, line %d: %s\n", i, rc, e.line, e.text), wrong++;
		assert_string_equal(e.file, *bad[i].yaml ? "ms.yaml" : "p.json");
		arena_done(&a);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_manifest_is_read),
		cmocka_unit_test(regions_and_interrupts_are_devices),
		cmocka_unit_test(functions_need_no_entry_point),
		cmocka_unit_test(what_ms_yaml_says_of_memory_counts),
		cmocka_unit_test(what_is_wrong_is_refused_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
