/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of a board from its device tree; the tree of mps2-an386, and the same with one thing wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libfdt.h>
#include <string.h>

#include <ms/abi/abi.h>

#include "board.h"
#include "file.h"
#include "given.h"

#define DTB "out/boards/mps2-an386/board.dtb"

static struct bytes load(void)
{
	struct bytes dtb;
	struct err e = { 0 };

	assert_int_equal(file_read(DTB, 1 << 20, &arena, &dtb, &e), MS_OK);
	return dtb;
}

static void the_default_board_is_read(void **state)
{
	(void)state;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_open(DTB, &arena, &b, &e), MS_OK);
	assert_string_equal(b.name, "mps2-an386");
	assert_string_equal(b.qemu_machine, "mps2-an386");
	assert_int_equal(b.target, MS_TARGET_V7EM_FP);
	assert_int_equal(b.mpu, MPU_V7);
	assert_int_equal(b.mpu_regions, 8);
	assert_string_equal(b.processor, "cortex-m4f");
	assert_int_equal(b.part[BOARD_RUNTIME].base, b.flash.base);
	assert_int_equal(b.runtime_ram.base, b.ram.base);
	assert_int_equal(b.runtime_ram.size + b.services_ram.size, b.ram.size);
}

static void the_runtime_gets_the_same_facts(void **state)
{
	(void)state;
	struct board_files files;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_open(DTB, &arena, &b, &e), MS_OK);
	assert_int_equal(board_facts(load(), DTB, &arena, &files, &e), MS_OK);
	assert_non_null(strstr((const char *)files.header.at, arena_printf(&arena, "#define BOARD_TABLE_A_BASE 0x%x\n", b.part[BOARD_TABLE_A].base)));
	assert_non_null(strstr((const char *)files.header.at, arena_printf(&arena, "#define BOARD_SERVICES_RAM_SIZE 0x%x\n", b.services_ram.size)));
	assert_non_null(strstr((const char *)files.header.at, "#define BOARD_CONSOLE_TX_IRQ 0x1\n"));
	assert_non_null(strstr((const char *)files.script.at, arena_printf(&arena, "LENGTH = 0x%x", b.part[BOARD_RUNTIME].size)));
}

static void devices_are_what_aliases_name(void **state)
{
	(void)state;
	struct board_files files;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_open(DTB, &arena, &b, &e), MS_OK);
	const struct board_device *uart = board_device_find(&b, "uart1");

	assert_non_null(uart);
	assert_int_equal(uart->reg.base, 0x40005000);
	assert_int_equal(uart->line, 2);
	assert_int_equal(uart->line_count, 2);
	assert_false(uart->console);
	assert_null(board_device_find(&b, "console"));
	assert_int_equal(board_facts(load(), DTB, &arena, &files, &e), MS_OK);
	assert_non_null(strstr((const char *)files.header.at, "{ 0x40005000, 0x1000, 2, 2, 0, 0 }, /* uart1 */"));
	assert_non_null(strstr((const char *)files.header.at, arena_printf(&arena, "#define BOARD_DEVICE_COUNT 0x%x\n", b.device_count)));
}

static void a_board_without_protection_and_one_with_steps_of_setup_are_read(void **state)
{
	(void)state;
	struct board_files files;
	struct bytes dtb;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_open("out/boards/microbit/board.dtb", &arena, &b, &e), MS_OK);
	assert_int_equal(b.target, MS_TARGET_V6M);
	assert_int_equal(b.mpu, MPU_NONE);
	assert_int_equal(file_read("out/boards/netduinoplus2/board.dtb", 1 << 20, &arena, &dtb, &e), MS_OK);
	assert_int_equal(board_read(dtb, "board.dtb", &arena, &b, &e), MS_OK);
	const struct board_device *uart = board_device_find(&b, "uart2");

	assert_int_equal(uart->step_count, 6);
	assert_int_equal(uart->step[0].address, 0x40023830);
	assert_false(uart->step[0].wait);
	assert_true(board_device_find(&b, "uart1")->console);
	assert_int_equal(board_facts(dtb, "board.dtb", &arena, &files, &e), MS_OK);
	assert_non_null(strstr((const char *)files.header.at, "{ 0x40023830, 0x1, 0x1 }, /* uart2 */"));
}

static void the_sources_of_clocks_and_random_bytes_are_facts_where_there_are_some(void **state)
{
	(void)state;
	struct board_files files;
	struct bytes dtb;
	struct err e = { 0 };

	assert_int_equal(file_read("out/boards/nucleo-f446re/board.dtb", 1 << 20, &arena, &dtb, &e), MS_OK);
	assert_int_equal(board_facts(dtb, "board.dtb", &arena, &files, &e), MS_OK);
	assert_non_null(strstr((const char *)files.header.at, "#define BOARD_CRYSTAL_HZ 0x7a1200\n#define BOARD_CRYSTAL_BYPASS 0x1\n"));
	assert_null(strstr((const char *)files.header.at, "BOARD_ENTROPY"));
	assert_int_equal(file_read("out/boards/netduinoplus2/board.dtb", 1 << 20, &arena, &dtb, &e), MS_OK);
	assert_int_equal(board_facts(dtb, "board.dtb", &arena, &files, &e), MS_OK);
	assert_non_null(strstr((const char *)files.header.at, "#define BOARD_CRYSTAL_HZ 0x17d7840\n#define BOARD_CRYSTAL_BYPASS 0x0\n#define BOARD_ENTROPY_BASE 0x50060800\n"));
	assert_int_equal(board_facts(load(), DTB, &arena, &files, &e), MS_OK);
	assert_null(strstr((const char *)files.header.at, "BOARD_CRYSTAL"));
}

static void the_emulator_s_serial_lines_are_counted_unless_the_tree_says_which(void **state)
{
	(void)state;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_open(DTB, &arena, &b, &e), MS_OK);
	assert_int_equal(b.console.serial, 0);
	assert_int_equal(board_device_find(&b, "uart1")->serial, 1);
	assert_int_equal(board_device_find(&b, "uart2")->serial, 2);
	assert_int_equal(board_open("out/boards/nucleo-f446re/board.dtb", &arena, &b, &e), MS_OK);
	assert_int_equal(b.console.serial, 1);
	assert_int_equal(board_device_find(&b, "uart1")->serial, 0);
	assert_int_equal(board_device_find(&b, "uart6")->serial, 5);
}

/* Refused with this sentence, by both readers, and nothing is given. */
static void refuses(const void *fdt, const char *sentence)
{
	struct bytes dtb = { fdt, fdt_totalsize(fdt) };
	struct board_files files = { 0 };
	struct board b = { .cpu_hz = 42 };
	struct err e = { 0 };

	assert_int_equal(board_facts(dtb, "board.dtb", &arena, &files, &e), -MS_EFORMAT);
	assert_null(files.header.at);
	if (!strstr(e.text, sentence))
		fail_msg("'%s' does not say '%s'", e.text, sentence);
	(void)board_read(dtb, "board.dtb", &arena, &b, &e);
	if (b.cpu_hz != 42)
		assert_string_equal(sentence, "has no 'stdout-path'");
}

static void *changed(const char *node, const char *property, const void *value, int size)
{
	struct bytes dtb = load();
	void *fdt = (void *)(uintptr_t)dtb.at;
	int at = fdt_path_offset(fdt, node);

	assert_true(at >= 0);
	if (value)
		assert_int_equal(fdt_setprop_inplace(fdt, at, property, value, size), 0);
	else
		assert_int_equal(fdt_nop_property(fdt, at, property), 0);
	return fdt;
}

static void *with_reg(const char *node, uint32_t base, uint32_t size)
{
	fdt32_t reg[2] = { cpu_to_fdt32(base), cpu_to_fdt32(size) };

	return changed(node, "reg", reg, sizeof(reg));
}

static void each_missing_property_is_named_with_its_node(void **state)
{
	(void)state;
	refuses(changed("/", "ms,target", NULL, 0), "node '/' has no 'ms,target'");
	refuses(changed("/", "model", NULL, 0), "has no 'model'");
	refuses(changed("/", "compatible", NULL, 0), "has no 'compatible'");
	refuses(changed("/cpus/cpu@0", "clock-frequency", NULL, 0), "'/cpus/cpu@0' has no 'clock-frequency'");
	refuses(changed("/cpus/cpu@0", "arm,num-mpu-regions", NULL, 0), "'/cpus/cpu@0' has no 'arm,num-mpu-regions'");
	refuses(changed("/flash@0", "reg", NULL, 0), "'/flash@0' has no 'reg'");
	refuses(changed("/flash@0", "erase-block-size", NULL, 0), "has no 'erase-block-size'");
	refuses(changed("/partitions/partition@18000", "label", NULL, 0), "has no child with the label 'table-a'");
	refuses(changed("/chosen", "stdout-path", NULL, 0), "has no 'stdout-path'");
}

static void each_contradiction_is_named(void **state)
{
	(void)state;
	fdt32_t blocks = cpu_to_fdt32(3000);

	refuses(changed("/", "ms,target", "v9em-fp", 8), "names the target 'v9em-fp', which is not known");
	refuses(changed("/", "ms,target", "v7em-fpx", 8), "has a 'ms,target' that is no text");
	refuses(changed("/flash@0", "erase-block-size", &blocks, 4), "no power of two");
	refuses(with_reg("/flash@0", 0, 0), "is empty or ends above 4 GiB");
	refuses(with_reg("/flash@0", 0xfffff000, 0x2000), "is empty or ends above 4 GiB");
	refuses(with_reg("/services-ram@20008000", 0x20000000, 0x400000), "leaves no RAM to the runtime");
	refuses(with_reg("/services-ram@20008000", 0x20008000, 0x400000), "lies outside the memory");
	refuses(with_reg("/partitions/partition@40000", 0x40000, 0x400000), "lies outside the flash");
	refuses(with_reg("/partitions/partition@20000", 0x1f000, 0x8000), "overlaps 'table-a'");
	refuses(with_reg("/partitions/partition@20000", 0x20800, 0x8000), "is not whole erase blocks");
}

/* The tree of the board with a node /ms,capacity that says one thing. */
static void *with_capacity(const char *property, const void *value, int size)
{
	struct bytes dtb = load();
	int room = (int)dtb.size + 1024;
	void *fdt = arena_array(&arena, char, (size_t)room);

	assert_int_equal(fdt_open_into(dtb.at, fdt, room), 0);
	int node = fdt_add_subnode(fdt, 0, "ms,capacity");

	assert_true(node > 0);
	assert_int_equal(fdt_setprop(fdt, node, property, value, size), 0);
	return fdt;
}

static void *with_number(const char *property, uint32_t number)
{
	fdt32_t cell = cpu_to_fdt32(number);

	return with_capacity(property, &cell, sizeof(cell));
}

static void what_masters_the_bus_or_gives_clocks_is_granted_to_nobody(void **state)
{
	static const char *const kinds[] = { "#clock-cells", "#reset-cells", "#dma-cells", "dmas" };
	struct bytes dtb = load();
	int room = (int)dtb.size + 1024;
	(void)state;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		void *fdt = arena_array(&arena, char, (size_t)room);

		assert_int_equal(fdt_open_into(dtb.at, fdt, room), 0);
		assert_int_equal(fdt_setprop_u32(fdt, fdt_path_offset(fdt, "/soc/timer@40002000"), kinds[i], 1), 0);
		refuses(fdt, "cannot be in /aliases: clocks, resets, pins and masters of the bus stay with the runtime");
	}
}

static void a_device_without_interrupts_shares_none(void **state)
{
	(void)state;
	void *fdt = changed("/soc/serial@40005000", "interrupts", NULL, 0);
	struct bytes dtb = { fdt, fdt_totalsize(fdt) };
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_read(dtb, "board.dtb", &arena, &b, &e), MS_OK);
	assert_int_equal(board_device_find(&b, "uart1")->line_count, 0);
}

static void capacity_is_what_the_tree_says_or_a_default(void **state)
{
	(void)state;
	void *fdt = with_number("log-size", 512);
	struct bytes dtb = { fdt, fdt_totalsize(fdt) };
	struct board_files files;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(board_read(dtb, "board.dtb", &arena, &b, &e), MS_OK);
	assert_int_equal(b.limit[BOARD_LIMIT_LOG_SIZE], 512);
	assert_int_equal(b.limit[BOARD_LIMIT_SERVICE_MAX], 16);
	assert_int_equal(board_facts(dtb, "board.dtb", &arena, &files, &e), MS_OK);
	assert_non_null(strstr((const char *)files.capacity.at, "#define BOARD_LOG_SIZE 512\n"));
	assert_non_null(strstr((const char *)files.capacity.at, "#define BOARD_SERVICE_MAX 16\n"));
	assert_non_null(strstr((const char *)files.script.at, "KERNEL_STACK_SIZE = 2048;\n"));
}

static void each_mistake_in_a_capacity_is_named(void **state)
{
	(void)state;
	refuses(with_number("services", 0), "node '/ms,capacity' has a 'services' that is not 1 to 64");
	refuses(with_number("services", 65), "has a 'services' that is not 1 to 64");
	refuses(with_number("log-size", 1000), "has a 'log-size' that is no power of two");
	refuses(with_number("kernel-stack-size", 1001), "has a 'kernel-stack-size' that is no multiple of 8");
	refuses(with_number("kernel-stack-size", 32768), "has a 'kernel-stack-size' that fills all of the runtime's RAM");
	refuses(with_number("threads", 8), "has fewer 'threads' than 'services'");
	refuses(with_number("thread", 8), "has a 'thread', which is no capacity");
	refuses(with_capacity("threads", "many", 5), "has a 'threads' that is not one number");
}

/* A device of the default board with steps. */
static void *with_steps(const char *property, const fdt32_t *cells, int size)
{
	enum { ROOM = 1024 };
	struct bytes dtb = load();
	void *fdt = arena_array(&arena, uint8_t, dtb.size + ROOM);

	assert_int_equal(fdt_open_into(dtb.at, fdt, (int)dtb.size + ROOM), 0);
	assert_int_equal(fdt_setprop(fdt, fdt_path_offset(fdt, "/soc/serial@40005000"), property, cells, size), 0);
	return fdt;
}

static void each_mistake_in_a_device_is_named(void **state)
{
	(void)state;
	fdt32_t apart[2] = { cpu_to_fdt32(2), cpu_to_fdt32(4) }, high[2] = { cpu_to_fdt32(480), cpu_to_fdt32(481) };
	fdt32_t shared[2] = { cpu_to_fdt32(3), cpu_to_fdt32(4) }, kept[2] = { cpu_to_fdt32(7), cpu_to_fdt32(8) };

	refuses(with_reg("/soc/serial@40005000", 0x40005000, 0x1010), "'/soc/serial@40005000' has a 'reg' that the memory protection cannot cover exactly");
	refuses(changed("/soc/serial@40005000", "interrupts", apart, sizeof(apart)), "has 'interrupts' that do not follow each other");
	refuses(changed("/soc/serial@40005000", "interrupts", high, sizeof(high)), "has 'interrupts' above 480");
	refuses(changed("/soc/serial@40005000", "reg", NULL, 0), "has no 'reg'");
	refuses(changed("/aliases", "uart1", "/soc/serial@40005009", 21), "has no child '/soc/serial@40005009'");
	refuses(changed("/aliases", "dualtimer", "/soc/timer@40000000", 20), "is the runtime's own and cannot be in /aliases");
	refuses(with_steps("ms,qemu-serial", high, 4), "has an 'ms,qemu-serial' above 15");
	refuses(with_reg("/soc/serial@40005000", 0x20000000, 0x1000), "'/soc/serial@40005000' has a 'reg' that lies in flash or RAM");
	refuses(with_reg("/soc/serial@40006000", 0x40005000, 0x1000), "'/soc/serial@40006000' has a 'reg' that overlaps that of 'uart1'");
	refuses(changed("/soc/serial@40006000", "interrupts", shared, sizeof(shared)), "has an interrupt line of 'uart1'");
	refuses(changed("/soc/serial@40006000", "interrupts", kept, sizeof(kept)), "has an interrupt line that is the runtime's ('ms,clock')");
}

static void each_mistake_in_the_steps_of_a_device_is_named(void **state)
{
	(void)state;
	fdt32_t unaligned[3] = { cpu_to_fdt32(0x40001002), cpu_to_fdt32(1), cpu_to_fdt32(1) };
	fdt32_t outside[3] = { cpu_to_fdt32(0x40001000), cpu_to_fdt32(1), cpu_to_fdt32(3) };
	fdt32_t many[3 * (BOARD_STEP_MAX + 1)] = { 0 };

	refuses(with_steps("ms,setup", outside, 8), "has a 'ms,setup' that is not made of <address mask value>");
	refuses(with_steps("ms,ready", unaligned, sizeof(unaligned)), "has a 'ms,ready' with an address that is not aligned");
	refuses(with_steps("ms,ready", outside, sizeof(outside)), "has a 'ms,ready' with a value that has bits outside its mask");
	refuses(with_steps("ms,setup", many, sizeof(many)), "has more than 8 steps in 'ms,setup' and 'ms,ready'");
}

static void a_transport_that_no_probe_has_is_named(void **state)
{
	(void)state;
	struct bytes dtb;
	struct board b;
	struct err e = { 0 };

	assert_int_equal(file_read("out/boards/nrf52840-dk/board.dtb", 1 << 20, &arena, &dtb, &e), MS_OK);
	assert_int_equal(board_read(dtb, "board.dtb", &arena, &b, &e), MS_OK);
	assert_string_equal(b.probe.transport, "swd");
	void *fdt = (void *)(uintptr_t)dtb.at;

	assert_int_equal(fdt_setprop_inplace(fdt, fdt_path_offset(fdt, "/debug"), "ms,openocd-transport", "swx", 4), 0);
	assert_int_equal(board_read(dtb, "board.dtb", &arena, &b, &e), -MS_EFORMAT);
	assert_non_null(strstr(e.text, "has an 'ms,openocd-transport' that is neither 'swd' nor 'swd-multidrop'"));
}

static void what_is_no_device_tree_is_refused(void **state)
{
	(void)state;
	struct bytes dtb = load();
	struct board b;
	struct err e = { 0 };

	for (size_t size = 0; size < dtb.size; size += size < 128 ? 1 : 37)
		assert_int_equal(board_read(bytes_part(dtb, 0, size), "cut.dtb", &arena, &b, &e), -MS_EFORMAT);
	assert_int_equal(board_open("no/such.dtb", &arena, &b, &e), -MS_ENOENT);
}

/* Whatever byte is changed: a board or a sentence, and never beyond the bytes (the sanitizers watch). */
static void a_tree_of_an_old_version_is_refused(void **state)
{
	struct board b;
	struct err e = { 0 };
	struct bytes dtb = load();
	uint8_t *version = (uint8_t *)(uintptr_t)dtb.at + offsetof(struct fdt_header, version) + 3;
	(void)state;

	assert_int_equal(*version, 17);
	for (*version = 0; *version < 17; ++*version) {
		assert_int_equal(board_read(dtb, "x.dtb", &arena, &b, &e), -MS_EFORMAT);
		assert_non_null(strstr(e.text, "FDT_ERR_BADVERSION"));
	}
	assert_int_equal(board_read(dtb, "x.dtb", &arena, &b, &e), MS_OK);
}

static void garbage_is_survived(void **state)
{
	(void)state;
	struct bytes dtb = load();
	uint32_t random = 1;

	for (int i = 0; i < 3000; i++) {
		struct arena a = { 0 };
		struct bytes copy = arena_copy(&a, dtb);
		struct board_files files;
		struct err e = { 0 };

		for (int k = 0; k < 3; k++) {
			random = random * 1664525 + 1013904223;
			((uint8_t *)(uintptr_t)copy.at)[(random >> 8) % copy.size] ^= (uint8_t)(1u << (random >> 29));
		}
		int rc = board_facts(copy, "flipped.dtb", &a, &files, &e);
		assert_true(rc == MS_OK || rc == -MS_EFORMAT);
		arena_done(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_default_board_is_read, give_back),
		cmocka_unit_test_teardown(the_runtime_gets_the_same_facts, give_back),
		cmocka_unit_test_teardown(the_sources_of_clocks_and_random_bytes_are_facts_where_there_are_some, give_back),
		cmocka_unit_test_teardown(the_emulator_s_serial_lines_are_counted_unless_the_tree_says_which, give_back),
		cmocka_unit_test_teardown(devices_are_what_aliases_name, give_back),
		cmocka_unit_test_teardown(a_board_without_protection_and_one_with_steps_of_setup_are_read, give_back),
		cmocka_unit_test_teardown(each_mistake_in_a_device_is_named, give_back),
		cmocka_unit_test_teardown(each_mistake_in_the_steps_of_a_device_is_named, give_back),
		cmocka_unit_test_teardown(a_device_without_interrupts_shares_none, give_back),
		cmocka_unit_test_teardown(what_masters_the_bus_or_gives_clocks_is_granted_to_nobody, give_back),
		cmocka_unit_test_teardown(capacity_is_what_the_tree_says_or_a_default, give_back),
		cmocka_unit_test_teardown(each_mistake_in_a_capacity_is_named, give_back),
		cmocka_unit_test_teardown(each_missing_property_is_named_with_its_node, give_back),
		cmocka_unit_test_teardown(each_contradiction_is_named, give_back),
		cmocka_unit_test_teardown(a_transport_that_no_probe_has_is_named, give_back),
		cmocka_unit_test_teardown(what_is_no_device_tree_is_refused, give_back),
		cmocka_unit_test_teardown(a_tree_of_an_old_version_is_refused, give_back),
		cmocka_unit_test_teardown(garbage_is_survived, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
