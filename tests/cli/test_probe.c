/* SPDX-License-Identifier: Apache-2.0 */
/* Probes among USB devices, as the kernel shows them: a folder for each, with a file for each attribute. */
#include "probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "given.h"

static const char *root;

static void attribute(const char *device, const char *name, const char *value)
{
	struct err e = { 0 };
	const char *folder = path_join(&arena, root, device), *text = arena_printf(&arena, "%s\n", value);

	assert_int_equal(file_make_folders(folder, &arena, &e), MS_OK);
	assert_int_equal(file_replace(path_join(&arena, folder, name), (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, &arena, &e), MS_OK);
}

static void device(const char *name, const char *vendor, const char *product_id, const char *product, const char *serial)
{
	attribute(name, "idVendor", vendor);
	attribute(name, "idProduct", product_id);
	attribute(name, "product", product);
	if (serial)
		attribute(name, "serial", serial);
}

static int make_root(void **state)
{
	(void)state;
	root = mkdtemp(arena_printf(&arena, "/tmp/ms-probes-XXXXXX"));
	return !root;
}

static int remove_root(void **state)
{
	struct err ignored = { 0 };

	file_remove_tree(root, &ignored);
	return give_back(state);
}

static void chooses(const char *name, const char *kind, const char *serial)
{
	struct probe p;
	struct err e = { 0 };

	assert_int_equal(probe_choose_in(root, name, &arena, &p, &e), MS_OK);
	assert_string_equal(p.kind, kind);
	if (serial)
		assert_string_equal(p.serial, serial);
	else
		assert_null(p.serial);
}

static void refuses(const char *name, const char *id, const char *words)
{
	struct probe p;
	struct err e = { 0 };

	assert_true(probe_choose_in(root, name, &arena, &p, &e) < 0);
	assert_string_equal(e.id, id);
	if (!strstr(e.fix, words))
		fail_msg("'%s' does not say '%s'", e.fix, words);
}

static void without_a_probe_nothing_is_chosen(void **state)
{
	(void)state;
	device("1-1", "046d", "c52b", "USB Receiver", NULL);
	device("usb1", "1d6b", "0002", "xHCI Host Controller", "0000:00:14.0");
	refuses(NULL, "MS2502", "plug one in");
	chooses("stlink", "stlink", NULL);
	chooses("jlink:000261005533", "jlink", "000261005533");
}

static void the_one_that_is_plugged_in_is_taken(void **state)
{
	(void)state;
	device("1-1", "046d", "c52b", "USB Receiver", NULL);
	device("1-2", "0483", "374b", "STM32 STLink", "066DFF495056805087103742");
	chooses(NULL, "stlink", "066DFF495056805087103742");
	chooses("stlink", "stlink", "066DFF495056805087103742");
	refuses("stlink:066DFF", "MS2503", "stlink:066DFF495056805087103742");
}

static void of_two_one_has_to_be_named(void **state)
{
	(void)state;
	device("1-1", "0483", "3748", "STM32 STLink", "AAAA");
	device("1-2", "0483", "374e", "STLINK-V3", "BBBB");
	refuses(NULL, "MS2503", "stlink:AAAA, stlink:BBBB");
	refuses("stlink", "MS2503", "stlink:AAAA, stlink:BBBB");
	refuses("stlink:CCCC", "MS2503", "stlink:AAAA, stlink:BBBB");
	chooses("stlink:BBBB", "stlink", "BBBB");
	device("1-3", "0d28", "0204", "BBC micro:bit CMSIS-DAP", "9904");
	chooses("cmsis-dap", "cmsis-dap", "9904");
	refuses(NULL, "MS2503", "cmsis-dap:9904");
}

/* Old ST-Links have bytes as serial numbers that no name can have: they are not told apart, and reached by their kind. */
static void a_serial_number_of_other_bytes_is_no_name(void **state)
{
	(void)state;
	device("1-1", "0483", "3748", "STM32 STLink", "\x12\xff]; shutdown; [");
	chooses(NULL, "stlink", NULL);
	chooses("stlink:AAAA", "stlink", "AAAA");
}

/* What is configured for one probe names it, and can name nothing else. */
static void openocd_is_told_which(void **state)
{
	(void)state;
	static const struct board board = { .name = "test", .probe.target = "target/stm32f4x.cfg" };
	struct probe p;
	struct err e = { 0 };

	device("1-1", "1366", "0101", "J-Link", "000261005533");
	assert_int_equal(probe_choose_in(root, NULL, &arena, &p, &e), MS_OK);
	const char *config = probe_config(&p, &board, &arena);

	assert_non_null(strstr(config, "source [find interface/jlink.cfg]\nadapter serial 000261005533\n"));
	assert_string_equal(probe_word("a \"b\" [c] $d \\", &arena), "\"a \\\"b\\\" \\[c\\] \\$d \\\\\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_a_probe_nothing_is_chosen, make_root, remove_root),
		cmocka_unit_test_setup_teardown(the_one_that_is_plugged_in_is_taken, make_root, remove_root),
		cmocka_unit_test_setup_teardown(of_two_one_has_to_be_named, make_root, remove_root),
		cmocka_unit_test_setup_teardown(a_serial_number_of_other_bytes_is_no_name, make_root, remove_root),
		cmocka_unit_test_setup_teardown(openocd_is_told_which, make_root, remove_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
