/* SPDX-License-Identifier: Apache-2.0 */
#include "product_edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "given.h"
#include "yaml_edit.h"

#define HEAD "name: door\nvendor: acme.example\n"

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ (const uint8_t *)text, strlen(text) };
}

static const struct { const char *before, *after; } additions[] = {
	{ HEAD "services: []\n", HEAD "services:\n  - package: x.msp\n" },
	{ HEAD "services: []   # none yet\nboard: microbit\n", HEAD "services:   # none yet\n  - package: x.msp\nboard: microbit\n" },
	{ HEAD "services: [ # none yet\n  ]\n", HEAD "services: [ package: x.msp # none yet\n  ]\n" },
	{ HEAD "services:\n- path: a\n", HEAD "services:\n- path: a\n- package: x.msp\n" },
	{ HEAD "services:\n    - path: a  # mine\n    # more to come\nboard: microbit\n", HEAD "services:\n    - path: a  # mine\n    - package: x.msp\n    # more to come\nboard: microbit\n" },
	{ HEAD "services:\n  - path: a\n    grants:\n      ipc:\n        - b\n", HEAD "services:\n  - path: a\n    grants:\n      ipc:\n        - b\n  - package: x.msp\n" },
	{ HEAD "services:\n  - path: a", HEAD "services:\n  - path: a\n  - package: x.msp" },
	{ HEAD "services: [ { path: a } ]\n", HEAD "services: [ { path: a }, { package: x.msp } ]\n" },
	{ HEAD "services: [ { path: a },\n  { path: b }, ]  # two\n", HEAD "services: [ { path: a },\n  { path: b }, { package: x.msp }, ]  # two\n" },
	{ "{ name: door, vendor: acme.example, services: [ ] }\n", "{ name: door, vendor: acme.example, services: [ { package: x.msp } ] }\n" },
	{ "name: door\r\nvendor: acme.example\r\nservices:\r\n  - path: a\r\n", "name: door\r\nvendor: acme.example\r\nservices:\r\n  - path: a\r\n  - package: x.msp\r\n" },
	{ "# \xc3\xbc\xe2\x82\xac\n" HEAD "services:\n  - path: \"\xc3\xbc\"  # \xc3\xa4\n", "# \xc3\xbc\xe2\x82\xac\n" HEAD "services:\n  - path: \"\xc3\xbc\"  # \xc3\xa4\n  - package: x.msp\n" },
};

static void a_service_is_added_and_no_other_byte_changes(void **state)
{
	(void)state;

	for (size_t i = 0; i < sizeof(additions) / sizeof(*additions); i++) {
		struct bytes out = { 0 };
		struct err e = { 0 };

		assert_int_equal(product_edit_add(bytes_of(additions[i].before), "product.yaml", "x.msp", &arena, &out, &e), MS_OK);
		assert_string_equal(arena_string(&arena, out), additions[i].after);
	}
}

#define SERVICES HEAD "services:\n  - path: a\n"

static const struct { const char *before, *after; } grants[] = {
	{ SERVICES, SERVICES "    grants: { ipc: [ x ] }\n" },
	{ SERVICES "  - path: b\n", SERVICES "    grants: { ipc: [ x ] }\n  - path: b\n" },
	{ SERVICES "    grants: { ipc: [ b ] }  # enough\n", SERVICES "    grants: { ipc: [ b, x ] }  # enough\n" },
	{ SERVICES "    grants: { devices: [ uart1 ] }\n", SERVICES "    grants: { devices: [ uart1 ], ipc: [ x ] }\n" },
	{ SERVICES "    grants: {}\n", SERVICES "    grants: { ipc: [ x ] }\n" },
	{ SERVICES "    grants: { ipc: [ # none yet\n      ] }\n", SERVICES "    grants: { ipc: [ x # none yet\n      ] }\n" },
	{ SERVICES "    grants: { ipc: [] }\n", SERVICES "    grants: { ipc: [ x ] }\n" },
	{ SERVICES "    grants:\n      ipc:\n        - b   # why\n    priority: 3\n", SERVICES "    grants:\n      ipc:\n        - b   # why\n        - x\n    priority: 3\n" },
	{ SERVICES "    grants:\n      devices: [ uart1 ]\n", SERVICES "    grants:\n      devices: [ uart1 ]\n      ipc: [ x ]\n" },
	{ HEAD "services: [ { path: a } ]\n", HEAD "services: [ { path: a, grants: { ipc: [ x ] } } ]\n" },
};

static void a_grant_is_added_and_no_other_byte_changes(void **state)
{
	(void)state;

	for (size_t i = 0; i < sizeof(grants) / sizeof(*grants); i++) {
		struct bytes out = { 0 };
		struct err e = { 0 };

		assert_int_equal(product_edit_grant(bytes_of(grants[i].before), "product.yaml", 0, "ipc", "x", &arena, &out, &e), MS_OK);
		assert_string_equal(arena_string(&arena, out), grants[i].after);
	}
}

/* What a name may hold is quoted where YAML would read more than a text. */
static void any_path_comes_back_as_it_was(void **state)
{
	(void)state;
	static const char *const paths[] = { "a.msp", "../a b.msp", "a, b }.msp", "a\"b\\c.msp", "# a.msp", "\xc3\xbc.msp", "- a.msp", "a: b.msp" };

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct bytes out = { 0 };
		struct product p;
		struct err e = { 0 };

		assert_int_equal(product_edit_add(bytes_of(HEAD "services: []\n"), "/p/product.yaml", paths[i], &arena, &out, &e), MS_OK);
		assert_int_equal(product_decode(out, "/p/product.yaml", &arena, &p, &e), MS_OK);
		assert_string_equal(p.services[0].package + strlen("/p/"), i == 1 ? "../a b.msp" : paths[i]);
	}
}

static void what_would_lose_something_is_refused(void **state)
{
	(void)state;
	struct bytes out = { 0 };
	struct err e = { 0 };

	assert_int_equal(product_edit_add(bytes_of(HEAD), "product.yaml", "x.msp", &arena, &out, &e), -MS_EPROJECT);
	assert_int_equal(product_edit_add(bytes_of(HEAD "services:\n"), "product.yaml", "x.msp", &arena, &out, &e), -MS_EPROJECT);
	assert_int_equal(product_edit_add(bytes_of(SERVICES), "product.yaml", "a\nb.msp", &arena, &out, &e), -MS_EPROJECT);
	assert_string_equal(e.id, "MS1722");
	assert_null(out.at);
}

static void an_edit_that_lost_something_is_seen(void **state)
{
	(void)state;
	static const struct { const char *now, *added; bool kept; } cases[] = {
		{ "a: 1\nb: [ x, y ]\n", NULL, true }, { "a: 1\nb: [ x, y, z ]\n", "z", true }, { "a: 1\nb: [ x, y, z ]\n", NULL, false }, { "a: 1\nb: [ x, y, z ]\n", "q", false },
		{ "a: 1\nb: [ x, y, z, z ]\n", "z", false }, { "a: 1\nb: [ x ]\n", NULL, false }, { "a: 2\nb: [ x, y ]\n", NULL, false }, { "b: [ x, y ]\na: 1\n", NULL, false },
		{ "c: 1\nb: [ x, y, z ]\n", "z", false }, { "a: 1\nb: [ x, y, y ]\n", "y", true },
	};
	struct node *before, *now;
	struct err e;

	assert_int_equal(yaml_read(bytes_of("a: 1\nb: [ x, y ]\n"), "f", &arena, &before, &e), MS_OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(yaml_read(bytes_of(cases[i].now), "f", &arena, &now, &e), MS_OK);
		assert_int_equal(yaml_edit_kept(before, now, cases[i].added), cases[i].kept);
	}
}

enum what { REMOVE, WITHDRAW, DENIED, PACKAGE, DENY, GIVE, UNSET };

static int change(enum what what, struct bytes text, uint32_t n, struct bytes *out, struct err *e)
{
	switch (what) {
	case REMOVE: return product_edit_remove(text, "f", n, &arena, out, e);
	case WITHDRAW: return product_edit_withdraw(text, "f", n, "ipc", "x", &arena, out, e);
	case DENIED: return product_edit_withdraw(text, "f", n, "denies", "x", &arena, out, e);
	case PACKAGE: return product_edit_package(text, "f", n, "x", &arena, out, e);
	case GIVE: return product_edit_parameter(text, "f", n, "key", "../k", &arena, out, e);
	case UNSET: return product_edit_parameter_remove(text, "f", n, "key", &arena, out, e);
	default: return product_edit_deny(text, "f", n, "x", &arena, out, e);
	}
}

/* A service taken out, a name withdrawn, a package exchanged: what stays is the same bytes. */
static void what_is_taken_out_takes_nothing_along(void **state)
{
	(void)state;
	static const struct { enum what what; uint32_t service; const char *before, *after; } cases[] = {
		{ REMOVE, 1, HEAD "services:\n  # one\n  - path: a  # mine\n  # two\n  - path: b\n    priority: 4  # low\n\n# end\n", HEAD "services:\n  # one\n  - path: a  # mine\n  # two\n\n# end\n" },
		{ REMOVE, 0, SERVICES "  - path: b\n", HEAD "services:\n  - path: b\n" },
		{ REMOVE, 0, HEAD "services:   # all\n  - path: a\nboard: microbit\n", HEAD "services: []   # all\nboard: microbit\n" },
		{ REMOVE, 1, HEAD "services: [ { path: a }, { path: b }, { path: c } ]\n", HEAD "services: [ { path: a }, { path: c } ]\n" },
		{ REMOVE, 0, HEAD "services: [ { path: a }, { path: b } ]  # x\n", HEAD "services: [ { path: b } ]  # x\n" },
		{ REMOVE, 0, HEAD "services: [ { path: a } ]\n", HEAD "services: [  ]\n" },
		{ REMOVE, 1, "name: door\r\nvendor: acme.example\r\nservices:\r\n- path: a\r\n- path: b\r\n", "name: door\r\nvendor: acme.example\r\nservices:\r\n- path: a\r\n" },
		{ REMOVE, 1, SERVICES "  - path: b", SERVICES },
		{ WITHDRAW, 0, SERVICES "    grants: { ipc: [ y, x, z ] }  # few\n", SERVICES "    grants: { ipc: [ y, z ] }  # few\n" },
		{ WITHDRAW, 0, SERVICES "    grants: { ipc: [ x ] }\n", SERVICES "    grants: { ipc: [  ] }\n" },
		{ WITHDRAW, 0, SERVICES "    grants:\n      ipc:\n        - x  # once\n        # others\n        - y\n", SERVICES "    grants:\n      ipc:\n        # others\n        - y\n" },
		{ WITHDRAW, 0, SERVICES "    grants:\n      ipc:\n      - x\n", SERVICES "    grants:\n      ipc: []\n" },
		{ DENIED, 0, SERVICES "    denies: [ x, y ]\n", SERVICES "    denies: [ y ]\n" },
		{ PACKAGE, 0, HEAD "services:\n  - package: old.msp  # ours\n", HEAD "services:\n  - package: x  # ours\n" },
		{ PACKAGE, 0, HEAD "services: [ { package: 'old.msp' } ]\n", HEAD "services: [ { package: x } ]\n" },
		{ DENY, 0, HEAD "services:\n  - path: a  # ours\n", HEAD "services:\n  - path: a  # ours\n    denies: [ x ]\n" },
		{ DENY, 0, SERVICES "    denies: [ y ]  # and\n", SERVICES "    denies: [ y, x ]  # and\n" },
		{ GIVE, 0, SERVICES, SERVICES "    parameters: [ { name: key, file: ../k } ]\n" },
		{ GIVE, 0, SERVICES "    parameters: [ { name: n, value: \"3\" } ]  # one\n", SERVICES "    parameters: [ { name: n, value: \"3\" }, { name: key, file: ../k } ]  # one\n" },
		{ GIVE, 0, SERVICES "    parameters:\n      - name: n  # one\n        file: n\n    priority: 3\n",
		  SERVICES "    parameters:\n      - name: n  # one\n        file: n\n      - { name: key, file: ../k }\n    priority: 3\n" },
		{ GIVE, 0, SERVICES "    parameters: [ { name: key, file: old } ]  # mine\n", SERVICES "    parameters: [ { name: key, file: ../k } ]  # mine\n" },
		{ GIVE, 0, SERVICES "    parameters:\n    - name: key\n", SERVICES "    parameters:\n    - name: key\n      file: ../k\n" },
		{ UNSET, 0, SERVICES "    parameters: [ { name: key, file: k }, { name: n, value: \"3\" } ]\n", SERVICES "    parameters: [ { name: n, value: \"3\" } ]\n" },
		{ UNSET, 0, SERVICES "    parameters:\n      - name: key\n        file: k\n      # two\n      - name: n\n        value: a\n", SERVICES "    parameters:\n      # two\n      - name: n\n        value: a\n" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bytes out = { 0 };
		struct err e = { 0 };

		if (change(cases[i].what, bytes_of(cases[i].before), cases[i].service, &out, &e) < 0)
			fail_msg("%s: %s", cases[i].before, e.text);
		assert_string_equal(arena_string(&arena, out), cases[i].after);
	}
}

/* A comment between two in brackets may be about either. */
static void what_cannot_be_taken_out_alone_is_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {
		HEAD "services: [ { path: a },  # the first\n  { path: b } ]\n",
		HEAD "services:\n  -\n    path: a\n  -\n    path: b\n",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct bytes out = { 0 };
		struct err e = { 0 };

		assert_int_equal(product_edit_remove(bytes_of(texts[i]), "f", 1, &arena, &out, &e), -MS_EPROJECT);
		assert_string_equal(e.id, "MS1722");
		assert_null(out.at);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_is_added_and_no_other_byte_changes),
		cmocka_unit_test(a_grant_is_added_and_no_other_byte_changes),
		cmocka_unit_test(any_path_comes_back_as_it_was),
		cmocka_unit_test(what_would_lose_something_is_refused),
		cmocka_unit_test(an_edit_that_lost_something_is_seen),
		cmocka_unit_test(what_is_taken_out_takes_nothing_along),
		cmocka_unit_test(what_cannot_be_taken_out_alone_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, give_back);
}
