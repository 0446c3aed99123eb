/* SPDX-License-Identifier: Apache-2.0 */
/* Compiled overlays that nobody's dtc made: each is refused before libfdt may follow what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libfdt.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "overlay.h"

#include "given.h"

enum { SIZE = 4096 };

static uint8_t blob[SIZE];

/* A good one: a fragment for the label uart1. */
static int sample(void **state)
{
	(void)state;
	assert_int_equal(fdt_create_empty_tree(blob, SIZE), 0);
	int fragment = fdt_add_subnode(blob, 0, "fragment@0");

	assert_int_equal(fdt_setprop_u32(blob, fragment, "target", 0xffffffff), 0);
	int overlay = fdt_add_subnode(blob, fragment, "__overlay__");

	assert_int_equal(fdt_setprop_string(blob, overlay, "status", "okay"), 0);
	int fixups = fdt_add_subnode(blob, 0, "__fixups__");

	assert_int_equal(fdt_setprop_string(blob, fixups, "uart1", "/fragment@0:target:0"), 0);
	return 0;
}

static int node(const char *path)
{
	int at = fdt_path_offset(blob, path);

	assert_true(at >= 0);
	return at;
}

static void refused(const char *why)
{
	struct overlay o;
	struct err e = { 0 };

	fdt_pack(blob);
	if (overlay_read((struct bytes){ blob, fdt_totalsize(blob) }, "x.dtbo", &arena, &o, &e) != -MS_EFORMAT || !strstr(e.text, why))
		fail_msg("'%s', not '%s'", e.text, why);
	assert_non_null(strstr(e.text, "'x.dtbo' is no overlay"));
	fdt_open_into(blob, blob, SIZE);
}

static void a_good_one_is_read(void **state)
{
	struct overlay o;
	struct err e = { 0 };
	(void)state;

	fdt_pack(blob);
	assert_int_equal(overlay_read((struct bytes){ blob, fdt_totalsize(blob) }, "x.dtbo", &arena, &o, &e), MS_OK);
	assert_int_equal(o.fragment_count, 1);
	assert_string_equal(o.fragments[0].name, "/fragment@0");
	assert_false(o.for_boards);
	assert_true(overlay_fits(&o, (struct bytes){ 0 }));
}

static void each_shorter_one_is_refused(void **state)
{
	struct overlay o;
	(void)state;

	fdt_pack(blob);
	for (size_t size = 0; size < fdt_totalsize(blob); size++) {
		struct err e = { 0 };

		assert_int_equal(overlay_read((struct bytes){ blob, size }, "x.dtbo", &arena, &o, &e), -MS_EFORMAT);
	}
}

static void nothing_follows_it_and_it_is_not_too_large(void **state)
{
	static uint8_t large[OVERLAY_SIZE_MAX + 1];
	struct overlay o;
	struct err e = { 0 };
	(void)state;

	fdt_pack(blob);
	assert_int_equal(overlay_read((struct bytes){ blob, fdt_totalsize(blob) + 4 }, "x.dtbo", &arena, &o, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "something follows it"));
	assert_int_equal(fdt_create_empty_tree(large, sizeof(large)), 0);
	assert_int_equal(overlay_read((struct bytes){ large, sizeof(large) }, "x.dtbo", &arena, &o, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "too large"));
}

static void it_reserves_no_memory(void **state)
{
	(void)state;
	assert_int_equal(fdt_add_mem_rsv(blob, 0x20000000, 0x1000), 0);
	refused("it reserves memory");
}

static void a_fragment_is_a_target_and_an_overlay(void **state)
{
	(void)state;
	fdt_setprop_string(blob, node("/fragment@0"), "target-path", "/");
	refused("a fragment is not one target");
	sample(state);
	fdt_setprop_string(blob, node("/fragment@0"), "more", "x");
	refused("a fragment is not one target");
	sample(state);
	fdt_del_node(blob, node("/fragment@0/__overlay__"));
	refused("a fragment is not one target");
	sample(state);
	fdt_add_subnode(blob, node("/fragment@0"), "__overlay__2");
	refused("a fragment is not one target");
	sample(state);
	fdt_del_node(blob, node("/fragment@0"));
	fdt_del_node(blob, node("/__fixups__"));
	refused("it has no fragments");
}

static void its_root_says_for_which_boards_it_is_and_nothing_else(void **state)
{
	(void)state;
	fdt_setprop_string(blob, 0, "model", "x");
	refused("its root has a property beside 'compatible'");
}

/* What libfdt 1.6.1 would read or write without looking where. */
static void references_stay_inside_of_what_is_there(void **state)
{
	static const char *const bad[] = {
		"/fragment@0:target:1", "/fragment@0:target:4294967292", "/fragment@0:target:18446744073709551615", "/fragment@0:target:-4", "/fragment@0:target:",
		"/fragment@0:target:0x", "/fragment@0:target", "/fragment@0", "", ":::", "/fragment@0:none:0", "/nowhere:target:0", "/fragment@0:target:0:0",
		"/fragment@0/__overlay__:status:2",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		sample(state);
		fdt_setprop_string(blob, node("/__fixups__"), "uart1", bad[i]);
		refused("a reference to a label");
	}
	sample(state);
	fdt_setprop(blob, node("/__fixups__"), "uart1", "/fragment@0:target:0", 20);	/* without its end */
	refused("its '__fixups__' are none");
	sample(state);
	fdt_add_subnode(blob, node("/__fixups__"), "deeper");
	refused("its '__fixups__' are none");
}

static void it_has_no_labels_of_its_own(void **state)
{
	static const char *const names[] = { "__local_fixups__", "__symbols__" };

	for (size_t i = 0; i < 2; i++) {
		sample(state);
		fdt_add_subnode(blob, 0, names[i]);
		refused("labels or references to nodes of its own");
	}
}

int main(void)
{
#define BLOB_TEST(name) cmocka_unit_test_setup_teardown(name, sample, give_back)
	const struct CMUnitTest tests[] = {
		BLOB_TEST(a_good_one_is_read),
		BLOB_TEST(each_shorter_one_is_refused),
		BLOB_TEST(nothing_follows_it_and_it_is_not_too_large),
		BLOB_TEST(it_reserves_no_memory),
		BLOB_TEST(a_fragment_is_a_target_and_an_overlay),
		BLOB_TEST(its_root_says_for_which_boards_it_is_and_nothing_else),
		BLOB_TEST(references_stay_inside_of_what_is_there),
		BLOB_TEST(it_has_no_labels_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
