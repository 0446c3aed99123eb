/* SPDX-License-Identifier: Apache-2.0 */
/* Whose devices and shared memory are: what rules follow from manifests and grants, and what is refused by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "rulebook.h"

#include "given.h"

enum { OWNER, DRIVER, OTHER, COUNT };

/* On a board with a console, a UART of two lines and a timer of one. */
struct sample {
	struct board board;
	struct manifest manifests[COUNT];
	struct device_service services[COUNT];
	struct device device;
	struct table_rule rules[TABLE_RULE_MAX];
	struct rulebook book;
	struct err e;
};

static struct sample s;

static int sample(void **state)
{
	static const char *const names[] = { "owner", "driver", "other" };
	(void)state;

	memset(&s, 0, sizeof(s));
	s.board = (struct board){
		.name = "fake", .device_count = 3, .services_ram = { 0x20000000, 0x10000 },
		.devices = { { .name = "uart0", .line_count = 1, .console = true }, { .name = "uart1", .line_count = 2 }, { .name = "timer", .line_count = 1 } },
	};
	for (uint32_t i = 0; i < COUNT; i++)
		s.services[i] = (struct device_service){ .name = names[i], .id = i + 1, .manifest = &s.manifests[i] };
	s.device = (struct device){ .board = &s.board, .services = s.services, .service_count = COUNT };
	s.book.at = s.rules;
	s.manifests[OWNER].shared[0] = (struct manifest_mapped){ BYTES_LITERAL("frames"), 1000 / 32 * 32, 0 };
	s.manifests[OWNER].shared_count = 1;
	s.manifests[DRIVER].provide_count = 2;
	s.manifests[DRIVER].devices[0] = (struct manifest_mapped){ BYTES_LITERAL("uart1"), 2, 0 };
	s.manifests[DRIVER].devices[1] = (struct manifest_mapped){ BYTES_LITERAL("timer"), 1, 0 };
	s.manifests[DRIVER].device_count = 2;
	s.manifests[DRIVER].shared[0] = (struct manifest_mapped){ BYTES_LITERAL("frames"), 0, MANIFEST_WRITE };
	s.manifests[DRIVER].shared_count = 1;
	return 0;
}

static int make(void)
{
	int rc = rulebook_console(&s.device, &arena, &s.e);

	if (rc >= 0)
		rc = rulebook_devices(&s.device, &s.book, &arena, &s.device.talk, &s.e);

	if (rc >= 0)
		rc = rulebook_blocks(&s.device, &arena, &s.device.talk, &s.e);
	for (uint32_t i = 0; i < s.device.block_count; i++)
		s.device.blocks[i].at.ram = (struct board_window){ 0x20004000 + 0x1000 * i, 1024 };
	if (rc >= 0)
		rc = rulebook_shared(&s.device, &s.book, &s.e);
	rulebook_sort(&s.book);
	return rc;
}

static void refused(const char *sentence, const char *fix)
{
	assert_int_equal(make(), -MS_EINCOMPATIBLE);
	if (!strstr(s.e.text, sentence) || !strstr(s.e.fix, fix))
		fail_msg("%s (%s), not %s (%s)", s.e.text, s.e.fix, sentence, fix);
}

static void what_is_requested_becomes_rules(void **state)
{
	static const struct table_rule expected[] = {
		{ 1, 0x03000000, 0x00200007, 0x4000 },	/* 32 units of 32 bytes, local index 0 */
		{ 2, 0x01000001, 0x00000601, 0 },	/* signals 6 and 7, behind two interfaces */
		{ 2, 0x01000002, 0x00000801, 1 },
		{ 2, 0x03000000, 0x00000003, 0 },
	};
	(void)state;

	assert_int_equal(make(), MS_OK);
	assert_int_equal(s.book.count, 4);
	assert_memory_equal(s.rules, expected, sizeof(expected));
	assert_int_equal(s.device.talk.granted.count, 3);
}

static void who_takes_no_interrupt_has_no_signal_for_it(void **state)
{
	(void)state;
	s.manifests[DRIVER].devices[0].number = 0;
	assert_int_equal(make(), MS_OK);
	assert_int_equal(s.rules[1].operations, 1);
	assert_int_equal(s.rules[2].operations, 0x601);
}

static void the_board_has_what_it_has(void **state)
{
	(void)state;
	s.manifests[DRIVER].devices[0].name = BYTES_LITERAL("uart2");
	refused("'driver' asks for the device 'uart2', which fake has not", "did you mean 'uart");
	assert_non_null(strstr(s.e.fix, "timer"));
	sample(state);
	s.manifests[DRIVER].devices[0].name = BYTES_LITERAL("uart0");	/* the console stays with the kernel */
	refused("'driver' asks for the device 'uart0'", "");
	sample(state);
	s.manifests[DRIVER].devices[1].number = 2;
	refused("'driver' is for a device 'timer' with 2 interrupts, on fake it has 1", "");
}

static void a_device_and_a_block_go_to_one_service(void **state)
{
	(void)state;
	s.manifests[OTHER] = s.manifests[DRIVER];
	refused("'driver' and 'other' both ask for the device 'uart1'", "grant it to one");
	sample(state);
	s.manifests[OTHER].shared[0] = s.manifests[DRIVER].shared[0];
	s.manifests[OTHER].shared_count = 1;
	refused("'driver' and 'other' both ask for the shared memory 'frames' of 'owner'", "grant it to one");
	sample(state);
	s.manifests[OTHER].shared[0] = s.manifests[OWNER].shared[0];
	s.manifests[OTHER].shared_count = 1;
	refused("'driver' asks for the shared memory 'frames', which more than one service here have", "leave out");
	sample(state);
	s.manifests[OWNER].shared_count = 0;
	refused("'driver' asks for the shared memory 'frames', which no other service here has", "add the service");
}

static void only_what_is_granted_becomes_a_rule(void **state)
{
	const char *timer = "timer", *wrong = "uart0";
	struct texts one = { &timer, 1 }, none = { NULL, 0 };
	(void)state;

	s.services[DRIVER].granted_devices = &one;
	s.services[DRIVER].granted_shared = &none;
	assert_int_equal(make(), MS_OK);
	assert_int_equal(s.book.count, 2);
	assert_int_equal(s.rules[1].object, 0x01000002);
	assert_int_equal(s.rules[1].operations, 0x801);	/* as it was built */
	assert_int_equal(s.device.talk.warnings.count, 2);
	one.at = &wrong;
	refused("'driver' is granted 'uart0', which it does not ask for", "did you mean 'uart1'?");
}

/* DRIVER asks for the console, too. */
static void ask_for_console(void)
{
	s.manifests[DRIVER].devices[2] = (struct manifest_mapped){ BYTES_LITERAL("uart0"), 1, 0 };
	s.manifests[DRIVER].device_count = 3;
}

static void the_console_is_whose_the_product_says(void **state)
{
	const char *uart = "uart0";
	struct texts one = { &uart, 1 }, none = { NULL, 0 };
	(void)state;

	ask_for_console();
	s.services[DRIVER].granted_devices = s.services[DRIVER].granted_shared = &none;
	s.device.console = "driver";
	assert_int_equal(make(), MS_OK);
	assert_int_equal(s.book.count, 2);
	assert_int_equal(s.rules[1].object, 0x01000000);
	assert_int_equal(s.device.talk.warnings.count, 3);	/* the other devices and the block */

	sample(state);
	ask_for_console();
	s.services[DRIVER].granted_devices = &one;
	s.device.console = NULL;		/* as before there was such a key */
	assert_int_equal(make(), MS_OK);
	s.book.count = 0;
	s.device.console = "driver";		/* said twice */
	assert_int_equal(make(), MS_OK);
}

static void the_console_is_refused_to_all_others(void **state)
{
	const char *uart = "uart0";
	struct texts one = { &uart, 1 };
	(void)state;

	ask_for_console();
	s.services[DRIVER].granted_devices = &one;
	s.device.console = "log";
	refused("'driver' is granted 'uart0', the console, which by 'console: log' is the log's", "write 'console: driver'");
	s.manifests[OTHER] = s.manifests[DRIVER];
	s.services[OTHER].granted_devices = &one;
	s.device.console = "other";
	refused("'driver' is granted 'uart0', the console, which by 'console: other' is another's", "take it out");
	s.device.console = "owner";
	refused("'owner' does not ask for 'uart0', the console of fake", "request the device 'uart0'");
	s.device.console = "drover";
	refused("'console' names 'drover', which is no service of this product", "did you mean 'driver'?");
	s.device.console = "nobody";
	refused("'console' names 'nobody'", "or 'log'");
	s.board.devices[0].console = false;
	s.device.console = "driver";
	refused("fake has no console that a service could have", "console: log");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_requested_becomes_rules, sample, give_back),
		cmocka_unit_test_setup_teardown(who_takes_no_interrupt_has_no_signal_for_it, sample, give_back),
		cmocka_unit_test_setup_teardown(the_board_has_what_it_has, sample, give_back),
		cmocka_unit_test_setup_teardown(a_device_and_a_block_go_to_one_service, sample, give_back),
		cmocka_unit_test_setup_teardown(only_what_is_granted_becomes_a_rule, sample, give_back),
		cmocka_unit_test_setup_teardown(the_console_is_whose_the_product_says, sample, give_back),
		cmocka_unit_test_setup_teardown(the_console_is_refused_to_all_others, sample, give_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
