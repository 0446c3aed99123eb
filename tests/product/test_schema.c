/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "mistakes.h"
#include "schema.h"
#include "yaml_tree.h"

struct wheel { const char *name; uint32_t size; };

struct car {
	const char *name, *colour;
	uint32_t doors, tank, pause;
	bool fast;
	struct texts owners;
	struct schema_items wheels;
};

static int check_owner(const char *text, struct err *e)
{
	return strcmp(text, "nobody") ? MS_OK : err_set(e, -MS_EINVAL, "'nobody' owns nothing");
}

static const struct schema tank[] = {
	{ SCHEMA_SIZE, "size", offsetof(struct car, tank), .min = 64, .max = 4096, .step = 32, .standard = "1 KiB", .example = "2 KiB", .doc = "room" },
	{ SCHEMA_TIME, "pause", offsetof(struct car, pause), .min = 1, .max = 5000, .standard = "10 ms", .example = "1 s", .doc = "between fillings" },
	{ .type = SCHEMA_END }
};

static const struct schema wheel[] = {
	{ SCHEMA_TEXT, "name", offsetof(struct wheel, name), .required = true, .example = "left", .doc = "where" },
	{ SCHEMA_NUMBER, "size", offsetof(struct wheel, size), .min = 10, .max = 30, .standard = "17", .example = "17", .doc = "inches" },
	{ .type = SCHEMA_END }
};

static const struct schema rows[] = {
	{ SCHEMA_TEXT, "name", offsetof(struct car, name), .required = true, .max = 8, .example = "beetle", .doc = "its name" },
	{ SCHEMA_TEXT, "colour", offsetof(struct car, colour), .choices = "red|green|blue", .standard = "red", .example = "red", .doc = "paint" },
	{ SCHEMA_NUMBER, "doors", offsetof(struct car, doors), .min = 2, .max = 5, .standard = "4", .example = "4", .doc = "ways in" },
	{ SCHEMA_FLAG, "fast", offsetof(struct car, fast), .example = "true", .doc = "is it" },
	{ SCHEMA_MAP, "tank", .fields = tank, .example = "{ size: 1 KiB }", .doc = "fuel" },
	{ SCHEMA_TEXTS, "owners", offsetof(struct car, owners), .max = 3, .check = check_owner, .standard = "me you", .example = "[ me ]", .doc = "people" },
	{ SCHEMA_MAPS, "wheels", offsetof(struct car, wheels), .fields = wheel, .item_size = sizeof(struct wheel), .example = "[ { name: left } ]", .doc = "below" },
	{ SCHEMA_TEXT, "radio", .later = "leave it out: radios come later", .doc = "noise" },
	{ .type = SCHEMA_END }
};

static int read_car(const char *text, struct arena *a, struct car *out, struct schema_places *places, struct err *e)
{
	*out = (struct car){ 0 };
	return schema_read((struct bytes){ (const uint8_t *)text, strlen(text) }, "car.yaml", rows, a, out, places, e);
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct car car;
	struct schema_places places;

	assert_int_equal(read_car("name: beetle\ncolour: 'blue'\ndoors: 0x3\nfast: true\n"
				  "tank: { size: 2 KiB, pause: 2 s }\nowners: [ ann, \"bob\" ]\n"
				  "wheels:\n  - name: left\n  - { name: right, size: 20 }\n", &a, &car, &places, &e), MS_OK);
	assert_string_equal(car.name, "beetle");
	assert_string_equal(car.colour, "blue");
	assert_int_equal(car.doors, 3);
	assert_true(car.fast);
	assert_int_equal(car.tank, 2048);
	assert_int_equal(car.pause, 2000);
	assert_int_equal(car.owners.count, 2);
	assert_string_equal(car.owners.at[1], "bob");
	assert_int_equal(car.wheels.count, 2);
	assert_int_equal(((struct wheel *)car.wheels.at)[0].size, 17);
	assert_int_equal(((struct wheel *)car.wheels.at)[1].size, 20);
	arena_done(&a);
}

static void what_is_left_out_has_its_default(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct car car;
	struct schema_places places;

	assert_int_equal(read_car("name: beetle\ntank: { size: 64 }", &a, &car, &places, &e), MS_OK);
	assert_string_equal(car.colour, "red");
	assert_int_equal(car.doors, 4);
	assert_false(car.fast);
	assert_int_equal(car.tank, 64);
	assert_int_equal(car.pause, 10);
	assert_int_equal(car.owners.count, 2);
	assert_string_equal(car.owners.at[0], "me");
	assert_string_equal(car.owners.at[1], "you");
	assert_int_equal(car.wheels.count, 0);
	arena_done(&a);
}

static const struct mistake bad[] = {
	/* keys */
	{ "name: a\ndoor: 4\n", 2, 1, "'door' is no key of this file", "did you mean 'doors'?" },
	{ "name: a\nsize: 64\n", 2, 1, "'size' is no key of this file", "it belongs into 'tank', as in 'tank: { size: ... }'" },
	{ "name: a\nzzzzzz: 4\n", 2, 1, "'zzzzzz' is no key", "its keys are: name, colour, doors" },
	{ "name: a\ntank:\n  sise: 64\n", 3, 3, "'sise' is no key of 'tank'", "did you mean 'size'?" },
	{ "name: a\nwheels:\n  - name: x\n    sizes: 12\n", 4, 5, "'sizes' is no key of 'wheels[0]'", "did you mean 'size'?" },
	{ "<<: { name: a }\n", 1, 1, "'<<' is no key", "its keys are" },
	{ "doors: 4\n", 1, 1, "'name' is missing", "add 'name: beetle': its name" },
	{ "name: a\nwheels:\n  - name: x\n  - size: 12\n", 4, 5, "'wheels[1].name' is missing", "add 'name: left'" },
	{ "name: a\nname: b\n", 2, 1, "'name' is given twice", "the first is in line 1" },
	{ "name: a\ntank: { size: 64, \"size\": 96 }\n", 2, 19, "'size' is given twice", "remove one" },
	{ "name: a\n? [ x ]\n: y\n", 2, 3, "a map or list cannot be a key", "write a key" },
	{ "name: a\nradio: loud\n", 2, 1, "'radio' has no effect", "radios come later" },
	/* types */
	{ "name: [ a ]\n", 1, 7, "'name' is a list, expected text", "write it like 'name: beetle'" },
	{ "name:\n", 1, 6, "'name' is nothing, expected text", "write it like" },
	{ "name: a\ntank: 64\n", 2, 7, "'tank' is text, expected a map", "write it like 'tank: { size: 1 KiB }'" },
	{ "name: a\nowners: me\n", 2, 9, "'owners' is text, expected a list", "write it like 'owners: [ me ]'" },
	{ "name: a\nowners: [ me, { x: y } ]\n", 2, 15, "'owners' is a map, expected a list of texts", "write it like" },
	{ "name: a\nwheels: [ left ]\n", 2, 11, "'wheels' is text, expected a list of maps", "write it like" },
	{ "name: a\ndoors: \"4\"\n", 2, 8, "'doors' is text, expected a number", "write it like" },
	{ "name: a\ndoors: four\n", 2, 8, "'four' is no whole number", "write digits only" },
	{ "name: a\ndoors: 03\n", 2, 8, "'03' is no whole number", "write digits only" },
	{ "name: a\ndoors: -3\n", 2, 8, "'-3' is no whole number", "write digits only" },
	{ "name: a\ndoors: 3.0\n", 2, 8, "'3.0' is no whole number", "write digits only" },
	{ "name: a\ndoors: 0x\n", 2, 8, "'0x' is no whole number", "write digits only" },
	{ "name: a\nfast: yes\n", 2, 7, "'fast' is 'yes', expected true or false", "" },
	{ "name: a\nfast: 'true'\n", 2, 7, "'fast' is 'true', expected true or false", "" },
	{ "- name\n", 1, 1, "this is a list, expected keys and values", "write a line such as 'name: beetle'" },
	{ "just words\n", 1, 1, "this is text, expected keys and values", "" },
	/* ranges */
	{ "name: longer-than-8\n", 1, 7, "'name' has 13 bytes, expected 1 to 8", "" },
	{ "name: a\ncolour: gren\n", 2, 9, "'colour' is 'gren', expected one of red|green|blue", "did you mean 'green'?" },
	{ "name: a\ncolour: ''\n", 2, 9, "'colour' is '', expected one of", "" },
	{ "name: a\ndoors: 6\n", 2, 8, "'doors' is 6, expected 2 to 5", "the nearest is 'doors: 5'" },
	{ "name: a\ndoors: 1\n", 2, 8, "'doors' is 1, expected 2 to 5", "the nearest is 'doors: 2'" },
	{ "name: a\ndoors: 4294967296\n", 2, 8, "'4294967296' is too large", "" },
	{ "name: a\ndoors: 99999999999999999999999999\n", 2, 8, "is too large", "" },
	{ "name: a\ntank: { size: 32 B }\n", 2, 15, "'size' is 32 B, expected 64 B to 4 KiB", "the nearest is 'size: 64 B'" },
	{ "name: a\ntank: { size: 1 MiB }\n", 2, 15, "'size' is 1 MiB, expected 64 B to 4 KiB", "the nearest is 'size: 4 KiB'" },
	{ "name: a\ntank: { size: 100 }\n", 2, 15, "'size' is 100, expected a multiple of 32", "the next is 'size: 128 B'" },
	{ "name: a\ntank: { size: 4096 MiB }\n", 2, 15, "'4096 MiB' is too large", "" },
	{ "name: a\ntank: { size: 1 KB }\n", 2, 15, "'1 KB' is no size", "a unit of B, KiB or MiB" },
	{ "name: a\ntank: { size: 1.5 KiB }\n", 2, 15, "'1.5 KiB' is no size", "" },
	{ "name: a\ntank: { pause: 10 }\n", 2, 16, "'10' is no time", "a unit of ms or s" },
	{ "name: a\ntank: { pause: 6 s }\n", 2, 16, "'pause' is 6 s, expected 1 ms to 5 s", "the nearest is 'pause: 5 s'" },
	{ "name: a\nowners: [ a, b, c, d ]\n", 2, 9, "'owners' has 4 items, expected 0 to 3", "" },
	{ "name: a\nowners: [ a, nobody ]\n", 2, 14, "'nobody' owns nothing", "" },
	/* what of YAML is not taken */
	{ "name: &x a\n", 1, 7, "anchors ('&') are not allowed", "" },
	{ "name: a\ncolour: *x\n", 2, 9, "aliases ('*') are not allowed", "" },
	{ "name: !!str a\n", 1, 7, "tags ('!') are not allowed", "" },
	{ "name: a\ntank: !x { size: 64 }\n", 2, 7, "tags ('!') are not allowed", "" },
	{ "%YAML 1.1\n---\nname: a\n", 1, 1, "directives ('%') are not allowed", "" },
	{ "name: a\n---\nname: b\n", 2, 1, "a second document begins here", "" },
	{ "name: |\n  two\n  lines\n", 1, 7, "a line break or control character", "write it in one line" },
	{ "name: \"a\\0b\"\n", 1, 7, "a line break or control character", "" },
	{ "name: a\n\tdoors: 4\n", 2, 1, "a tab cannot indent YAML", "use spaces" },
	{ "name: a\ntank:\n\t- x\n", 3, 1, "a tab cannot indent YAML", "use spaces" },
	{ "name: 'a\n", 2, 1, "this is not YAML: found unexpected end of stream", "" },
	{ "name: a\n  doors: 4\n", 2, 8, "this is not YAML: mapping values are not allowed in this context", "" },
	{ "name: a\ntank: { size: 64\n", 3, 1, "this is not YAML", "see also line 2" },
	{ "name: \xc3\xa4\xc3\xb6 \xff\n", 1, 10, "this is not text in UTF-8", "save the file as UTF-8" },
	{ "name: a\x01\n", 1, 8, "this is not text in UTF-8", "" },
	{ "\xef\xbb\xbfname: a\n", 1, 1, "begins with a byte order mark", "" },
	{ "", 1, 1, "the file is empty", "" },
	{ "# only this\n", 1, 1, "the file is empty", "" },
	{ "tank: {size: [[[[[[[[[[[[[[[[\n", 1, 20, "too many maps and lists inside one another", "" },
	{ "\xc3\xa4\xc3\xb6: 1\nname: a\n", 1, 1, "is no key of this file", "" },
	{ "name: a\ntank: { size: 64, s\xc3\xa4: 1, sise: 1 }\n", 2, 19, "is no key of 'tank'", "" },
};

static int read_wrong(const char *text, struct arena *a, struct err *e)
{
	struct car car;
	struct schema_places places;

	return read_car(text, a, &car, &places, e);
}

static void each_mistake_is_named_with_its_place(void **state)
{
	(void)state;
	mistakes_are_named(bad, sizeof(bad) / sizeof(bad[0]), "car.yaml", read_wrong);
}

/* A file of as many maps as are read, and of one more. */
static void too_many_values_are_refused(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct text t = { 0 };
	struct node *root;

	text_add(&t, &a, "[ ");
	for (int i = 1; i < YAML_NODE_MAX; i++)
		text_add(&t, &a, "x,");
	assert_int_equal(yaml_read((struct bytes){ (const uint8_t *)arena_printf(&a, "%s]", t.at), t.size + 1 }, "f", &a, &root, &e), MS_OK);
	assert_int_equal(root->count, YAML_NODE_MAX - 1);
	assert_int_equal(yaml_read((struct bytes){ (const uint8_t *)arena_printf(&a, "%sx]", t.at), t.size + 2 }, "f", &a, &root, &e), -MS_EPROJECT);
	assert_non_null(strstr(e.text, "too many values"));
	arena_done(&a);
}

static void a_large_file_is_refused(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct node *root;
	uint8_t *spaces = arena_take(&a, YAML_SIZE_MAX + 1);

	memset(spaces, ' ', YAML_SIZE_MAX + 1);
	memcpy(spaces, "a: b", 4);
	assert_int_equal(yaml_read((struct bytes){ spaces, YAML_SIZE_MAX }, "f", &a, &root, &e), MS_OK);
	assert_int_equal(yaml_read((struct bytes){ spaces, YAML_SIZE_MAX + 1 }, "f", &a, &root, &e), -MS_EPROJECT);
	assert_non_null(strstr(e.text, "65537 bytes"));
	arena_done(&a);
}

/* Cut anywhere, a good file is read or refused with a place inside it; nothing else. */
static void a_cut_file_is_read_or_refused(void **state)
{
	(void)state;
	static const char whole[] = "name: beetle\ncolour: blue\ntank: { size: 2 KiB, pause: 2 s }\nowners: [ ann, \"bob\" ]\n"
				    "wheels:\n  - name: left\n  - { name: right, size: 20 }\n";
	int refused = 0;

	for (size_t size = 0; size < sizeof(whole); size++) {
		struct arena a = { 0 };
		struct err e = { 0 };
		struct car car;
		struct schema_places places;

		int rc = read_car(arena_printf(&a, "%.*s", (int)size, whole), &a, &car, &places, &e);
		assert_true(rc == MS_OK || (rc == -MS_EPROJECT && e.line >= 1 && e.line <= 8 && e.column >= 1));
		refused += rc != MS_OK;
		arena_done(&a);
	}
	assert_true(refused > 20);
}

static void a_key_that_is_not_there_has_its_parents_place(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err e = { 0 };
	struct car car;
	struct schema_places places;

	assert_int_equal(read_car("name: beetle\n\ntank: { size: 64 }\nwheels: [ { name: x },\n  { name: y } ]\n", &a, &car, &places, &e), MS_OK);
	const struct { const char *key; int line, column; } at[] = {
		{ "name", 1, 7 }, { "tank", 3, 7 }, { "tank.size", 3, 15 }, { "tank.pause", 3, 7 }, { "colour", 1, 1 },
		{ "wheels[1].name", 5, 11 }, { "wheels[1].size", 5, 3 }, { "wheels[7]", 4, 9 }, { "tankard", 1, 1 },
	};
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		err_set(&e, -MS_EPROJECT, "wrong");
		assert_int_equal(schema_err(&places, at[i].key, &e), -MS_EPROJECT);
		assert_int_equal(e.line, at[i].line);
		assert_int_equal(e.column, at[i].column);
	}
	arena_done(&a);
}

static void the_manual_has_every_key(void **state)
{
	(void)state;
	struct arena a = { 0 };
	char *text = schema_manual(rows, &a);

	for (const struct schema *row = rows; row->type; row++)
		assert_non_null(strstr(text, arena_printf(&a, "| `%s` |", row->key)));
	assert_non_null(strstr(text, "| `size` | size: 64 B to 4 KiB in steps of 32 | `1 KiB` | room, such as `2 KiB` |"));
	assert_non_null(strstr(text, "one of red, green, blue"));
	assert_non_null(strstr(text, "*refused for now*"));
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_is_left_out_has_its_default),
		cmocka_unit_test(each_mistake_is_named_with_its_place),
		cmocka_unit_test(too_many_values_are_refused),
		cmocka_unit_test(a_large_file_is_refused),
		cmocka_unit_test(a_cut_file_is_read_or_refused),
		cmocka_unit_test(a_key_that_is_not_there_has_its_parents_place),
		cmocka_unit_test(the_manual_has_every_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
