/* SPDX-License-Identifier: Apache-2.0 */
#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "capacity.h"
#include "event.h"
#include "fake_port.h"
#include "services.h"

#define MSEC UINT64_C(1000000)

static struct test_service a, b;
static struct service_plan plan;

static void begin(void)
{
	fake_reset(0);
	core_init();
	plan = test_plan(&a, "a", 1, 8);
}

static void run(void)
{
	assert_int_equal(service_add(&plan), MS_OK);
	service_start_all();
	fake_leave();
}

static void a_service_starts_at_its_entry_with_clean_memory(void **state)
{
	(void)state;
	begin();
	memset(a.ram, 0xee, sizeof(a.ram));
	run();
	const struct port_context *c = core_context(core_current());

	assert_int_equal(c->entry, (uintptr_t)a.image + 64);
	assert_int_equal(c->argument[0], (uintptr_t)a.image + 64);
	assert_int_equal(c->argument[1], (uintptr_t)a.ram + TEST_STACK);
	assert_int_equal(c->argument[2], (uintptr_t)a.ram + TEST_RAM);
	assert_int_equal(c->argument[3], 1);
	assert_int_equal(c->stack_top, (uintptr_t)a.ram + TEST_STACK);
	for (unsigned i = 0; i < TEST_RAM; i++)
		assert_int_equal(a.ram[i], 0);
}

static void a_service_that_does_not_start_at_boot_does_not_run(void **state)
{
	(void)state;
	begin();
	plan.start = false;
	run();
	assert_null(core_current());
}

static void exit_zero_ends_a_service_for_good(void **state)
{
	(void)state;
	begin();
	run();
	fake_call(MS_SYS_exit, 0, 0, 0, 0, 0, 0);
	fake_pass(100000 * MSEC);
	assert_null(core_current());
	assert_non_null(strstr(fake.console, "* a ended with status 0\n"));
	assert_non_null(strstr(fake.console, "* all services have ended\n"));
}

/* How long after now the service runs again, in ms; 0 when it does not within ten minutes. */
static unsigned restarts_after(void)
{
	for (unsigned msec = 1; msec < 600000; msec++) {
		fake_pass(MSEC);
		if (core_current())
			return msec;
	}
	return 0;
}

static void failures_are_answered_by_a_back_off_that_doubles_up_to_64_times(void **state)
{
	static const unsigned delay[] = { 100, 200, 400, 800, 1600, 3200, 6400, 6400, 6400 };
	(void)state;

	begin();
	plan.restart_limit = 0;
	run();
	for (unsigned i = 0; i < sizeof(delay) / sizeof(*delay); i++) {
		assert_int_equal(core_context(core_current())->argument[3], i + 1);
		fake_call(MS_SYS_exit, 3, 0, 0, 0, 0, 0);
		assert_null(core_current());
		assert_int_equal(restarts_after(), delay[i]);
	}
}

static void too_many_failures_in_a_row_are_quarantine(void **state)
{
	(void)state;
	begin();
	run();
	for (unsigned i = 0; i < 4; i++) {
		fake_call(MS_SYS_exit, (uintptr_t)-1, 0, 0, 0, 0, 0);
		assert_true(restarts_after() > 0);
	}
	fake_call(MS_SYS_exit, 1, 0, 0, 0, 0, 0);
	assert_int_equal(restarts_after(), 0);
	assert_non_null(strstr(fake.console, "a failed too often: quarantined\n"));
}

static void ten_good_seconds_forgive_earlier_failures(void **state)
{
	(void)state;
	begin();
	run();
	for (unsigned i = 0; i < 20; i++) {
		fake_pass(RESTART_GOOD_SEC * 1000 * MSEC);
		fake_call(MS_SYS_exit, 1, 0, 0, 0, 0, 0);
		assert_int_equal(restarts_after(), 100);
	}
}

static void a_product_may_say_never(void **state)
{
	(void)state;
	begin();
	plan.restart = TABLE_RESTART_NEVER;
	run();
	fake_call(MS_SYS_exit, 1, 0, 0, 0, 0, 0);
	assert_int_equal(restarts_after(), 0);
}

static void a_fault_is_recorded_told_and_ends_one_service_only(void **state)
{
	struct core_fault f = { .cause = CORE_CAUSE_WRITE, .address_valid = true, .address = 0x1234 };
	struct event r;
	(void)state;

	begin();
	run();
	plan = test_plan(&b, "b", 2, 4);
	service_add(&plan);
	service_start(service_of(plan.id));
	fake_leave();
	f.pc = (uintptr_t)a.image + 64 + 0x20;
	core_fault(&f);
	assert_true(event_get(0, &r));
	assert_int_equal(r.service, 1);
	assert_int_equal(r.offset, 0x20);
	assert_int_equal(r.fault.address, 0x1234);
	assert_memory_equal(r.image_hash, plan.image_hash, 7);
	assert_non_null(strstr(fake.console, "! a write to memory that is not its own at 0x0000000000001234 pc 0x"));
	assert_non_null(strstr(fake.console, " calls 000012+003,123456+1ff image 0102030405060701\n"));
	assert_int_equal(core_current()->service->plan.id, 2);
}

static void abort_is_a_fault_with_its_place(void **state)
{
	struct event r;
	(void)state;

	begin();
	run();
	fake_call(MS_SYS_exit, MS_EXIT_ABORT, 0, 0, 0, 0, 0);
	assert_true(event_get(0, &r));
	assert_int_equal(r.fault.cause, CORE_CAUSE_ABORT);
	assert_int_equal(r.fault.pc, (uintptr_t)a.image + 64);
}

static void an_eternal_crash_floods_nothing(void **state)
{
	struct core_fault f = { .cause = CORE_CAUSE_INSTRUCTION };
	unsigned lines = 0;
	(void)state;

	begin();
	plan.restart_limit = 0;
	plan.backoff_msec = 0;
	run();
	for (unsigned i = 0; i < 1000; i++) {
		assert_non_null(core_current());
		core_fault(&f);
	}
	for (const char *at = fake.console; (at = strchr(at, '\n')); at++)
		lines++;
	assert_true(lines > 10 && lines <= LOG_LINE_BURST + 2);
}

static bool all_are_said_to_have_ended(void)
{
	return strstr(fake.console, "all services have ended");
}

static void it_is_told_when_all_have_ended_and_not_before(void **state)
{
	struct service_plan other = test_plan(&b, "b", 2, 4);
	(void)state;

	for (unsigned fails = 0; fails < 2; fails++) {
		begin();
		assert_int_equal(service_add(&other), MS_OK);
		run();
		if (fails)
			service_fail(service_of(2), false);
		fake_call(MS_SYS_exit, 0, 0, 0, 0, 0, 0);
		assert_false(all_are_said_to_have_ended());	/* the other runs, or will */
		fake_pass(200 * MSEC);
		assert_int_equal(core_current()->service->plan.id, 2);
		fake_call(MS_SYS_exit, 0, 0, 0, 0, 0, 0);
		assert_true(all_are_said_to_have_ended());
	}
}

/* An interrupt need not wait until all memory of a service is clear. */
static void memory_is_cleared_piece_by_piece(void **state)
{
	(void)state;
	begin();
	memset(a.ram, 0xee, sizeof(a.ram));
	assert_int_equal(service_add(&plan), MS_OK);
	service_start_all();
	assert_true(core_work());
	assert_int_equal(a.ram[0], 0);
	assert_int_equal(a.ram[TEST_RAM - 1], 0xee);
	fake_leave();
	assert_int_equal(a.ram[TEST_RAM - 1], 0);
}

static void endpoints_that_there_is_no_room_for_are_refused(void **state)
{
	static const struct table_rule far[] = {
		{ 1, .object = TABLE_ENDPOINT << 24 | 32, .operations = TABLE_ENDPOINT_RECEIVE | 4 << 8 | 1 << 16, .argument = 0x100 },
	};
	(void)state;

	begin();
	plan.rules = far;
	plan.rule_count = 1;
	assert_int_equal(service_add(&plan), -MS_ENOMEM);
	assert_null(service_of(1));
}

static void the_seventeenth_service_is_refused(void **state)
{
	(void)state;
	begin();
	for (unsigned i = 0; i < SERVICE_MAX; i++)
		assert_int_equal(service_add(&plan), MS_OK);
	assert_int_equal(service_add(&plan), -MS_ENOMEM);
}

static void ranges_are_checked_at_both_ends_and_around_the_top_of_memory(void **state)
{
	uintptr_t ram = (uintptr_t)a.ram, image = (uintptr_t)a.image;
	(void)state;

	begin();
	run();
	const struct service *s = core_current()->service;

	assert_true(service_may_write(s, ram, TEST_RAM));
	assert_true(service_may_write(s, ram + TEST_RAM - 1, 1));
	assert_true(service_may_write(s, 0, 0));
	assert_false(service_may_write(s, ram - 1, 1));
	assert_false(service_may_write(s, ram, TEST_RAM + 1));
	assert_false(service_may_write(s, ram + TEST_RAM, 1));
	assert_false(service_may_write(s, ram + 1, SIZE_MAX));
	assert_false(service_may_write(s, UINTPTR_MAX, 2));
	assert_false(service_may_write(s, image, 1));
	assert_true(service_may_read(s, image, TEST_IMAGE));
	assert_false(service_may_read(s, image + TEST_IMAGE, 1));
	assert_false(service_may_read(s, image - 1, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_starts_at_its_entry_with_clean_memory),
		cmocka_unit_test(a_service_that_does_not_start_at_boot_does_not_run),
		cmocka_unit_test(exit_zero_ends_a_service_for_good),
		cmocka_unit_test(failures_are_answered_by_a_back_off_that_doubles_up_to_64_times),
		cmocka_unit_test(too_many_failures_in_a_row_are_quarantine),
		cmocka_unit_test(ten_good_seconds_forgive_earlier_failures),
		cmocka_unit_test(a_product_may_say_never),
		cmocka_unit_test(a_fault_is_recorded_told_and_ends_one_service_only),
		cmocka_unit_test(abort_is_a_fault_with_its_place),
		cmocka_unit_test(an_eternal_crash_floods_nothing),
		cmocka_unit_test(it_is_told_when_all_have_ended_and_not_before),
		cmocka_unit_test(memory_is_cleared_piece_by_piece),
		cmocka_unit_test(endpoints_that_there_is_no_room_for_are_refused),
		cmocka_unit_test(the_seventeenth_service_is_refused),
		cmocka_unit_test(ranges_are_checked_at_both_ends_and_around_the_top_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
