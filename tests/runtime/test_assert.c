/* SPDX-License-Identifier: Apache-2.0 */
/* What core asserts: each broken invariant ends the program (on a board: the device, with a record), and never in silence. */
#include "core_assert.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "device.h"
#include "fake_port.h"
#include "mapping.h"
#include "message.h"
#include "services.h"

static struct test_service memory[2];
static const struct table_rule rules[2] = {
	{ 1, TABLE_DEVICE << 24 | 0, TABLE_DEVICE_USE, 0 }, { 2, TABLE_DEVICE << 24 | 1, TABLE_DEVICE_USE, 0 },
};
static struct service *first, *second;

/* Two services, a device each. */
static void begin(void)
{
	fake_reset(0);
	core_init();
	for (uint32_t i = 0; i < 2; i++) {
		struct service_plan plan = test_plan(&memory[i], i ? "second" : "first", i + 1, 4);

		plan.rules = &rules[i];
		plan.rule_count = 1;
		assert_int_equal(service_add(&plan), MS_OK);
	}
	first = service_of(1);
	second = service_of(2);
}

/* Does this, done with the two, fail an assertion? */
static bool fails(void (*what)(void))
{
	int status;

	begin();
	pid_t child = fork();

	if (child == 0) {
		signal(SIGILL, SIG_DFL);
		what();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGILL;
}

static void open_own(void)
{
	struct port_region region = { 0 };

	device_region(&rules[0], &region);
	mapping_open(first, &rules[0], &region);
}

static void open_others(void)
{
	struct port_region region = { 0 };

	mapping_open(first, &rules[1], &region);
}

/* A rule among its own that bears another's id. */
static void open_by_wrong_rule(void)
{
	struct port_region region = { 0 };

	first->plan.rules = &rules[1];
	mapping_open(first, &rules[1], &region);
}

static void region_of_unknown(void)
{
	static const struct table_rule unknown = { 1, TABLE_DEVICE << 24 | 30, TABLE_DEVICE_USE, 0 };
	struct port_region region;

	device_region(&unknown, &region);
}

static void region_of_nobodys(void)
{
	static const struct table_rule nobodys = { 1, TABLE_DEVICE << 24 | 2, TABLE_DEVICE_USE, 0 };
	struct port_region region;

	device_region(&nobodys, &region);
}

static void start(void)
{
	service_start(first);
}

static void start_sealed(void)
{
	first->plan.entry += 0x10000;
	service_start(first);
}

static void start_twice(void)
{
	service_start(first);
	service_start(first);
}

static void free_thread_twice(void)
{
	struct thread *t = thread_take(first, 4, 0);

	thread_free(t);
	thread_free(t);
}

static void what_is_in_order_fails_no_assertion(void **state)
{
	(void)state;
	assert_false(fails(open_own));
	assert_false(fails(start));
}

static void what_is_not_granted_is_opened_to_nobody(void **state)
{
	(void)state;
	assert_true(fails(open_others));
	assert_true(fails(open_by_wrong_rule));
	assert_true(fails(region_of_unknown));
	assert_true(fails(region_of_nobodys));
}

static void broken_states_are_found(void **state)
{
	(void)state;
	assert_true(fails(start_sealed));
	assert_true(fails(start_twice));
	assert_true(fails(free_thread_twice));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_in_order_fails_no_assertion),
		cmocka_unit_test(what_is_not_granted_is_opened_to_nobody),
		cmocka_unit_test(broken_states_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
