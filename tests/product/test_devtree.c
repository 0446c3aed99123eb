/* SPDX-License-Identifier: Apache-2.0 */
/* The device tree of a product: what overlays may say of the default board's devices, and what is refused, where, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "device.h"
#include "file.h"
#include "rulebook.h"

#include "given.h"

#define DTB "out/boards/mps2-an386/board.dtb"

enum { UART, OTHER, COUNT };

static struct sample {
	struct board board;
	struct manifest manifests[COUNT];
	struct device_service services[COUNT];
	struct device device;
	struct table_rule rules[TABLE_RULE_MAX];
	struct rulebook book;
	struct overlay overlays[4];	/* 0 and 1: the driver's, 2 and 3: the product's */
	struct err e;
} s;

static char folder[] = "/tmp/overlays.XXXXXX";

static int begin(void **state)
{
	(void)state;
	return !mkdtemp(folder);
}

static int end(void **state)
{
	struct err e = { 0 };
	(void)state;

	return file_remove_tree(folder, &e) < 0;
}

/* A driver that is granted uart1 and asks for uart3, too; another service without devices. */
static int sample(void **state)
{
	(void)state;
	memset(&s, 0, sizeof(s));
	assert_int_equal(board_open(DTB, &arena, &s.board, &s.e), MS_OK);
	s.services[UART] = (struct device_service){ .name = "uart", .id = 1, .manifest = &s.manifests[UART], .overlays = s.overlays };
	s.services[OTHER] = (struct device_service){ .name = "other", .id = 2, .manifest = &s.manifests[OTHER] };
	s.manifests[UART].devices[0] = (struct manifest_mapped){ BYTES_LITERAL("uart1"), 2, 0 };
	s.manifests[UART].devices[1] = (struct manifest_mapped){ BYTES_LITERAL("uart3"), 2, 0 };
	s.manifests[UART].device_count = 2;
	s.device = (struct device){ .board = &s.board, .services = s.services, .service_count = COUNT, .overlays = s.overlays + 2 };
	s.rules[0] = (struct table_rule){ 1, table_object(TABLE_DEVICE, 0), TABLE_DEVICE_USE, 0 };
	s.book = (struct rulebook){ s.rules, 1 };
	return 0;
}

static int compile(const char *name, const char *text, struct overlay *out)
{
	const char *path = path_join(&arena, folder, name);

	assert_int_equal(file_replace(path, (struct bytes){ (const uint8_t *)text, strlen(text) }, 0644, &arena, &s.e), MS_OK);
	s.e = (struct err){ 0 };
	return overlay_compile(path, &arena, out, &s.e);
}

static void given_by_driver(const char *text)
{
	assert_int_equal(compile("driver.dtso", text, &s.overlays[s.services[UART].overlay_count++]), MS_OK);
}

static void given_by_product(const char *text)
{
	assert_int_equal(compile("board.overlay", text, &s.overlays[2 + s.device.overlay_count++]), MS_OK);
}

static int merge(void)
{
	s.e = (struct err){ 0 };
	return devtree_merge(&s.device, &s.book, &arena, &s.device.tree, &s.e);
}

static const struct devtree_device *device(const char *name)
{
	return &s.device.tree.devices[board_device_find(&s.board, name) - s.board.devices];
}

static void refused_as(int rc, int code, const char *sentence, const char *fix, int line, int column)
{
	if (rc != code || !strstr(s.e.text, sentence) || !strstr(s.e.fix, fix) || s.e.line != line || s.e.column != column)
		fail_msg("%d at %d:%d: %s (%s), not %d at %d:%d: %s (%s)", rc, s.e.line, s.e.column, s.e.text, s.e.fix, code, line, column, sentence, fix);
}

static void without_overlays_a_grant_decides(void **state)
{
	(void)state;
	assert_int_equal(merge(), MS_OK);
	assert_ptr_equal(device("uart1")->owner, &s.services[UART]);
	assert_null(device("uart2")->owner);
	assert_int_equal(device("uart1")->said, DEVTREE_UNSAID);
}

static void what_the_board_has_as_disabled_is_in_use_only_when_an_overlay_says_so(void **state)
{
	(void)state;
	s.rules[0].object = table_object(TABLE_DEVICE, 6);
	refused_as(merge(), -MS_EINCOMPATIBLE, "'uart' is granted 'uart3', which is disabled on mps2-an386", "'&uart3 { status = \"okay\"; };'", 0, 0);
	given_by_product("&uart3 { status = \"okay\"; };\n");
	assert_int_equal(merge(), MS_OK);
	assert_ptr_equal(device("uart3")->said_by, &s.overlays[2]);
}

static void an_overlay_may_say_status_and_speed(void **state)
{
	(void)state;
	given_by_product("&uart1 { status = \"okay\"; current-speed = <9600>; };\n");
	assert_int_equal(merge(), MS_OK);
	assert_int_equal(device("uart1")->speed, 9600);
	assert_int_equal(device("uart1")->said, DEVTREE_ON);
	assert_int_equal(device("uart2")->speed, 0);
}

static void it_may_repeat_what_the_board_says(void **state)
{
	(void)state;
	given_by_product("/dts-v1/;\n/plugin/;\n&uart1 { compatible = \"arm,cmsdk-uart\"; reg = <0x40005000 0x1000>; interrupts = <2>, <3>; };\n");
	assert_int_equal(merge(), MS_OK);
}

static void the_product_has_the_last_word(void **state)
{
	(void)state;
	given_by_driver("&uart1 { status = \"okay\"; current-speed = <9600>; };\n");
	given_by_product("&uart1 { current-speed = <19200>; };\n");
	assert_int_equal(merge(), MS_OK);
	assert_int_equal(device("uart1")->speed, 19200);
	assert_ptr_equal(device("uart1")->speed_by, &s.overlays[2]);
	assert_ptr_equal(device("uart1")->said_by, &s.overlays[0]);
	given_by_product("&uart1 {\n\tstatus = \"disabled\";\n};\n");
	refused_as(merge(), -MS_EINCOMPATIBLE, "'uart1' is disabled, and granted to 'uart'", "take the line out", 2, 2);
}

static void what_a_driver_says_counts_where_it_is_granted_the_device(void **state)
{
	(void)state;
	given_by_driver("&uart3 { status = \"okay\"; current-speed = <9600>; };\n");
	assert_int_equal(merge(), MS_OK);
	assert_int_equal(device("uart3")->speed, 0);
	assert_int_equal(device("uart3")->said, DEVTREE_UNSAID);
	s.rules[0].object = table_object(TABLE_DEVICE, 6);
	assert_int_equal(merge(), MS_OK);
	assert_int_equal(device("uart3")->speed, 9600);
}

static void a_driver_speaks_of_what_it_asks_for_only(void **state)
{
	(void)state;
	given_by_driver("&uart1 { status = \"okay\"; };\n&uart2 {\n\tstatus = \"disabled\";\n};\n");
	refused_as(merge(), -MS_ESIGNATURE, "it came with 'uart' and is about '/soc/serial@40006000', which that service does not ask for", "", 2, 8);
	sample(state);
	given_by_driver("&{/chosen} { stdout-path = \"/soc/serial@40005000\"; };\n");
	refused_as(merge(), -MS_ESIGNATURE, "is about '/chosen'", "", 1, 12);
	sample(state);
	given_by_driver("&{/} { ms,target = \"v8m\"; };\n");
	refused_as(merge(), -MS_ESIGNATURE, "is about '/', which that service does not ask for", "", 1, 6);
	sample(state);
	given_by_driver("&uart1 { status = \"okay\"; };\n&uart3 { status = \"okay\"; };\n");
	refused_as(merge(), -MS_ESIGNATURE, "is granted some only", "grant all of them or none", 1, 8);
}

static void a_driver_says_which_boards_it_speaks_of(void **state)
{
	(void)state;
	given_by_driver("/ { compatible = \"nordic,nrf51\"; };\n&uart0 { status = \"okay\"; };\n");
	given_by_driver("/ { compatible = \"x,y\", \"arm,mps2\"; };\n&uart1 { current-speed = <300>; };\n");
	assert_int_equal(merge(), MS_OK);
	assert_int_equal(device("uart1")->speed, 300);
	given_by_product("/ { compatible = \"nordic,nrf51\"; };\n&uart1 { status = \"okay\"; };\n");
	refused_as(merge(), -MS_EINCOMPATIBLE, "it is for other boards than mps2-an386", "take it out of 'overlays'", 1, 5);
}

/* Of an overlay of the product: what is wrong, and the line of it. */
static void each_thing_that_an_overlay_must_not_is_refused_at_its_line(void **state)
{
	static const struct { const char *text; const char *sentence, *fix; int line, column; } cases[] = {
		{ "&uart2 {\n\tstatus = \"okay\";\n};\n", "'uart2' is enabled, and no service is granted it", "ms product grant SERVICE uart2", 2, 2 },
		{ "\n&uart4 { status = \"okay\"; };\n", "is about '&uart4', and the board has no such label", "did you mean '&uart", 2, 8 },
		{ "&{/soc/serial@1} { status = \"okay\"; };\n", "is about '/soc/serial@1', and the board has no such node", "", 1, 18 },
		{ "&uart1 { status = \"on\"; };\n", "neither \"okay\" nor \"disabled\"", "status = \"okay\"", 1, 10 },
		{ "&uart1 { current-speed = <0>; };\n", "a 'current-speed' that is not 1 to 16777215", "<115200>", 1, 10 },
		{ "&uart1 { current-speed = \"fast\"; };\n", "a 'current-speed' that is not 1 to 16777215", "<115200>", 1, 10 },
		{ "&dualtimer { current-speed = <9600>; };\n", "'/soc/timer@40002000' is no serial line", "", 1, 14 },
		{ "&console { current-speed = <9600>; };\n", "'uart0' is the kernel's console", "", 1, 12 },
		{ "&uart1 { reg = <0x40005000 0x2000>; };\n", "'reg' of '/soc/serial@40005000' cannot be changed", "", 1, 10 },
		{ "&uart1 { interrupts = <8>, <9>; };\n", "'interrupts' of '/soc/serial@40005000' cannot be changed", "", 1, 10 },
		{ "&uart1 { compatible = \"x,y\"; };\n", "'compatible' of '/soc/serial@40005000' cannot be changed", "", 1, 10 },
		{ "&uart1 { ms,setup = <0x40000000 1 1>; };\n", "'ms,setup' of '/soc/serial@40005000' cannot be changed", "", 1, 10 },
		{ "&uart1 { dmas = <&uart2 1>; };\n", "'dmas' of '/soc/serial@40005000' cannot be changed", "", 1, 10 },
		{ "&clock { status = \"disabled\"; };\n", "'status' of '/soc/timer@40000000' cannot be changed: that node is the kernel's own", "", 1, 10 },
		{ "&watchdog { timeout-sec = <0>; };\n", "'timeout-sec' of '/soc/watchdog@40008000' cannot be changed: that node is the kernel's own", "", 1, 13 },
		{ "&{/chosen} { ms,clock = \"/soc\"; };\n", "says what the kernel takes for itself", "", 1, 14 },
		{ "&{/aliases} { dma = \"/soc\"; };\n", "numbers the devices that the runtime was compiled with", "", 1, 15 },
		{ "&{/memory@20000000} { reg = <0 0>; };\n", "is the kernel's memory", "", 1, 23 },
		{ "&{/partitions/partition@0} { label = \"x\"; };\n", "says where the kernel's flash is", "", 1, 30 },
		{ "&{/cpus/cpu@0} { arm,num-mpu-regions = <0>; };\n", "says what the processor is", "", 1, 18 },
		{ "&{/} { ms,target = \"v8m\"; };\n", "'ms,target' of '/' cannot be changed", "", 1, 8 },
		{ "&{/} {\n\treserved-memory { };\n};\n", "'/reserved-memory' is new", "", 2, 18 },
		{ "&{/soc} { dma@1 {\n\tcompatible = \"arm,pl081\"; reg = <0x40005800 0x100>; }; };\n", "its registers overlap those of 'uart1'", "'&uart1 { ... };'", 2, 28 },
		{ "&{/soc} { x@1 {\n\treg = <0x50000000 0x100>;\n\tinterrupts = <30>, <3>; }; };\n", "its interrupt 3 is that of 'uart1'", "'&uart1 { ... };'", 3, 2 },
		{ "&{/soc} { x@1 {\n\treg = <0x20000000 0x100>; }; };\n", "its 'reg' lies in RAM", "'shared'", 2, 2 },
		{ "&{/soc} { x@1 {\n\treg = <0xe000e000 0x100>; }; };\n", "its 'reg' lies in the processor's own registers", "", 2, 2 },
		{ "&{/soc} { x@1 {\n\tcompatible = \"x,y\"; reg = <0x50000000 0x100>; }; };\n", "no device of mps2-an386 is compatible with what it says", "ms board show", 2, 2 },
		{ "&{/soc} {\n x@1 { compatible = \"arm,cmsdk-uart\"; reg = <0x50000000 0x100>; }; };\n", "says no 'interrupts', of which 'uart1'", "", 2, 6 },
		{ "&{/soc} {\n x@1 { compatible = \"arm,cmsdk-uart\"; reg = <0x50000000 0x100>; interrupts = <30>, <31>; }; };\n", "compiled without it", "porting.md", 2, 6 },
		{ "&uart1 {\n\tsensor@1 { reg = <1>; };\n};\n", "nothing reads a part of 'uart1'", "driver's source", 2, 11 },
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sample(state);
		given_by_product(cases[i].text);
		refused_as(merge(), -MS_EINCOMPATIBLE, cases[i].sentence, cases[i].fix, cases[i].line, cases[i].column);
		assert_non_null(strstr(s.e.file, "board.overlay"));
	}
}

static void what_dtc_does_not_understand_is_shown_at_its_place(void **state)
{
	static const struct { const char *text; const char *sentence, *fix; int line, column; } cases[] = {
		{ "&uart1 {\n\tstatus = okay;\n};\n", "dtc: syntax error", "texts stand in", 2, 11 },
		{ "#include <x.h>\n", "dtc: syntax error", "no #include", 1, 1 },
		{ "/dts-v1/;\n&uart1 { };\n", "Label or path uart1 not found", "/plugin/", 2, 8 },
		{ "/dts-v1/;\n/plugin/;\n/include/ \"nowhere.dtsi\"\n", "nowhere.dtsi", "", 0, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		sample(state);
		refused_as(compile("board.overlay", cases[i].text, &s.overlays[0]), -MS_EPROJECT, cases[i].sentence, cases[i].fix, cases[i].line, cases[i].column);
	}
}

static void places_are_those_of_the_file_that_is_taken_in(void **state)
{
	struct overlay unused;
	(void)state;

	compile("part.dtsi", "\n\n&uart2 {\n\tstatus = \"okay\";\n};\n", &unused);
	given_by_product("&uart1 { status = \"okay\"; };\n/include/ \"part.dtsi\"\n");
	refused_as(merge(), -MS_EINCOMPATIBLE, "'uart2' is enabled", "", 4, 2);
	assert_non_null(strstr(s.e.file, "part.dtsi"));
}

static void two_devices_in_use_share_no_pin(void **state)
{
	uint32_t uart6, gpioc;
	(void)state;

	assert_int_equal(board_open("out/boards/netduinoplus2/board.dtb", &arena, &s.board, &s.e), MS_OK);
	uart6 = (uint32_t)(board_device_find(&s.board, "uart6") - s.board.devices);
	gpioc = (uint32_t)(board_device_find(&s.board, "gpioc") - s.board.devices);
	s.rules[0].object = table_object(TABLE_DEVICE, uart6);
	s.rules[1] = (struct table_rule){ 2, table_object(TABLE_DEVICE, gpioc), TABLE_DEVICE_USE, 0 };
	given_by_product("\n&uart6 { status = \"okay\"; };\n");
	assert_int_equal(merge(), MS_OK);
	s.book.count = 2;
	refused_as(merge(), -MS_EINCOMPATIBLE, "'gpioc' ('/soc/gpio@40020800') and 'uart6' ('/soc/serial@40011400') both need the pin PC6", "grant one of them", 2, 10);
}

static void what_the_driver_must_know_goes_into_its_rule(void **state)
{
	(void)state;
	s.rules[0].argument = 3;
	given_by_product("&uart1 { current-speed = <9600>; };\n");
	assert_int_equal(merge(), MS_OK);
	devtree_tell(&s.device.tree, &s.book);
	assert_int_equal(table_device_speed(&s.rules[0]), 9600);
	assert_int_equal(table_device_index(&s.rules[0]), 3);
}

/* A text of the written tree, by path and property. */
static const char *text_at(struct bytes blob, const char *path, const char *property)
{
	int node = fdt_path_offset(blob.at, path);
	const char *text = node < 0 ? NULL : fdt_getprop(blob.at, node, property, NULL);

	return text ? text : "-";
}

static void the_written_tree_has_an_owner_for_each_device_in_use(void **state)
{
	static const struct { const char *path, *status, *owner; } expected[] = {
		{ "/soc/serial@40005000", "okay", "uart" }, { "/soc/serial@40006000", "disabled", "-" }, { "/soc/serial@40004000", "okay", "kernel" },
		{ "/soc/timer@40000000", "-", "kernel" }, { "/soc/timer@40001000", "-", "kernel" }, { "/soc/serial@40007000", "disabled", "-" },
	};
	struct bytes blob = { 0 };
	struct board again;
	(void)state;

	given_by_product("&uart1 { current-speed = <9600>; };\n");
	assert_int_equal(merge(), MS_OK);
	s.device.block_count = 1;
	s.device.blocks[0] = (struct device_block){ &s.services[OTHER], &s.services[UART], &(struct manifest_mapped){ BYTES_LITERAL("frames"), 1024, 0 }, 0, 0, false,
						    { .ram = { 0x20010000, 1024 } } };
	assert_int_equal(devtree_write(&s.device, &arena, &blob, &s.e), MS_OK);
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		assert_string_equal(text_at(blob, expected[i].path, "status"), expected[i].status);
		assert_string_equal(text_at(blob, expected[i].path, "ms,owner"), expected[i].owner);
	}
	assert_string_equal(text_at(blob, "/reserved-memory/frames@20010000", "ms,owner"), "other");
	assert_string_equal(text_at(blob, "/reserved-memory/frames@20010000", "ms,borrower"), "uart");
	assert_int_equal(fdt32_ld((const fdt32_t *)text_at(blob, "/soc/serial@40005000", "current-speed")), 9600);
	/* It is the tree of that board still. */
	assert_int_equal(board_read(blob, "written", &arena, &again, &s.e), MS_OK);
	assert_int_equal(again.device_count, s.board.device_count);
}

int main(void)
{
#define OVERLAY_TEST(name) cmocka_unit_test_setup_teardown(name, sample, give_back)
	const struct CMUnitTest tests[] = {
		OVERLAY_TEST(without_overlays_a_grant_decides),
		OVERLAY_TEST(what_the_board_has_as_disabled_is_in_use_only_when_an_overlay_says_so),
		OVERLAY_TEST(an_overlay_may_say_status_and_speed),
		OVERLAY_TEST(it_may_repeat_what_the_board_says),
		OVERLAY_TEST(the_product_has_the_last_word),
		OVERLAY_TEST(what_a_driver_says_counts_where_it_is_granted_the_device),
		OVERLAY_TEST(a_driver_speaks_of_what_it_asks_for_only),
		OVERLAY_TEST(a_driver_says_which_boards_it_speaks_of),
		OVERLAY_TEST(each_thing_that_an_overlay_must_not_is_refused_at_its_line),
		OVERLAY_TEST(what_dtc_does_not_understand_is_shown_at_its_place),
		OVERLAY_TEST(places_are_those_of_the_file_that_is_taken_in),
		OVERLAY_TEST(two_devices_in_use_share_no_pin),
		OVERLAY_TEST(what_the_driver_must_know_goes_into_its_rule),
		OVERLAY_TEST(the_written_tree_has_an_owner_for_each_device_in_use),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
