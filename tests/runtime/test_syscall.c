/* SPDX-License-Identifier: Apache-2.0 */
/* System calls: what each refuses, and that a refusal changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>

#include <ms/abi/abi.h>

#include "capacity.h"
#include "fake_port.h"
#include "fault.h"
#include "log.h"
#include "services.h"

#define MSEC UINT64_C(1000000)

static struct test_service a, b;

static void begin(void)
{
	struct service_plan pa = test_plan(&a, "a", 1, 8), pb = test_plan(&b, "b", 2, 4);

	fake_reset(0);
	core_init();
	service_add(&pa);
	service_add(&pb);
	service_start_all();
	fake_leave();
}

static uintptr_t ram(size_t offset)
{
	return (uintptr_t)a.ram + offset;
}

static int32_t status(struct thread *t)
{
	return core_context(t)->status;
}

static uint64_t value(struct thread *t)
{
	return core_context(t)->value;
}

#define CALL(name, ...) CALL_(name, __VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define CALL_(name, a0, a1, a2, a3, a4, a5, a6, ...) fake_call(MS_SYS_##name, (uintptr_t)(a0), (uintptr_t)(a1), (uintptr_t)(a2), (uintptr_t)(a3), (uintptr_t)(a4), (uintptr_t)(a5))

static void every_number_that_is_no_call_is_enosys(void **state)
{
	(void)state;
	begin();
	for (uint32_t number = 0; number < 300; number++) {
		switch (number) {
#define MS_SYSCALL(nr, name, arguments, speed, doc) case nr: continue;
#include <ms/abi/syscalls.def>
#undef MS_SYSCALL
		}
		assert_int_equal(status(fake_call(number, 0, 0, 0, 0, 0, 0)), -MS_ENOSYS);
	}
	assert_int_equal(status(fake_call(0xffffffff, 0, 0, 0, 0, 0, 0)), -MS_ENOSYS);
}

static void clock_get_gives_nanoseconds(void **state)
{
	(void)state;
	begin();
	fake_pass(5000000000);
	assert_int_equal(value(CALL(clock_get, 0)), 5000000000);
}

static void info_tells_and_refuses_the_unknown(void **state)
{
	static const struct { uint32_t what; uint64_t is; } known[] = {
		{ MS_INFO_ABI, 0x10000 }, { MS_INFO_ISOLATION, 7 }, { MS_INFO_SERVICE, 1 }, { MS_INFO_RUN_COUNT, 1 },
		{ MS_INFO_RAM_SIZE, TEST_RAM }, { MS_INFO_TICK_NSEC, 40 }, { MS_INFO_QUANTUM_NSEC, 10000000 },
	};
	(void)state;

	begin();
	for (unsigned i = 0; i < sizeof(known) / sizeof(*known); i++) {
		assert_int_equal(status(CALL(info, known[i].what)), MS_OK);
		assert_int_equal(value(core_current()), known[i].is);
	}
	assert_int_equal(status(CALL(info, 0)), -MS_EINVAL);
	assert_int_equal(status(CALL(info, 8)), -MS_EINVAL);
}

static void random_fills_own_memory_only(void **state)
{
	(void)state;
	begin();
	assert_int_equal(status(CALL(random, ram(2000), 256)), MS_OK);
	assert_int_equal(a.ram[1999], 0);
	assert_int_equal(a.ram[2000], 0xa5);
	assert_int_equal(a.ram[2255], 0xa5);
	assert_int_equal(a.ram[2256], 0);
	assert_int_equal(status(CALL(random, ram(0), 257)), -MS_EINVAL);
	assert_int_equal(status(CALL(random, ram(TEST_RAM - 8), 9)), -MS_EFAULT);
	assert_int_equal(a.ram[TEST_RAM - 1], 0);
	assert_int_equal(status(CALL(random, a.image, 4)), -MS_EFAULT);
	assert_int_equal(status(CALL(random, b.ram, 4)), -MS_EFAULT);
	assert_int_equal(status(CALL(random, &fake, 4)), -MS_EFAULT);
}

static void log_write_takes_text_from_ram_or_image_and_cleans_it(void **state)
{
	(void)state;
	begin();
	memcpy(a.ram + 100, "one\ntwo\x1b[31m\x7f", 13);
	memcpy(a.image + 100, "const", 5);
	assert_int_equal(status(CALL(log_write, MS_LOG_INFO, ram(100), 13)), MS_OK);
	assert_int_equal(status(CALL(log_write, MS_LOG_ERROR, a.image + 100, 5)), MS_OK);
	assert_non_null(strstr(fake.console, "a info: one?two?[31m?\n"));
	assert_non_null(strstr(fake.console, "a error: const\n"));
	assert_int_equal(status(CALL(log_write, 2, ram(100), 3)), -MS_EINVAL);
	assert_int_equal(status(CALL(log_write, 8, ram(100), 3)), -MS_EINVAL);
	assert_int_equal(status(CALL(log_write, MS_LOG_INFO, b.ram, 3)), -MS_EFAULT);
	assert_int_equal(status(CALL(log_write, MS_LOG_INFO, ram(0), SIZE_MAX)), -MS_EFAULT);
}

static void a_long_line_is_cut(void **state)
{
	(void)state;
	begin();
	memset(a.ram, 'x', 200);
	CALL(log_write, MS_LOG_INFO, ram(0), 200);
	const char *text = strstr(fake.console, "a info: ") + 8;

	assert_int_equal(strchr(text, '\n') - text, MS_LOG_LINE_MAX);
}

static void a_service_that_logs_too_fast_loses_lines_and_it_is_told(void **state)
{
	unsigned lost = 0;
	(void)state;

	begin();
	for (unsigned i = 0; i < LOG_LINE_BURST + 50; i++)
		lost += status(CALL(log_write, MS_LOG_INFO, ram(0), 1)) == -MS_EAGAIN;
	assert_int_equal(lost, 50);
	fake_pass(1000 * MSEC);
	assert_int_equal(status(CALL(log_write, MS_LOG_INFO, ram(0), 1)), MS_OK);
	assert_non_null(strstr(fake.console, "* a lost 50 lines of its log\n"));
}

static void a_wire_that_is_slow_delays_nobody_and_garbles_nothing(void **state)
{
	(void)state;
	begin();
	fake.console_room = 10;
	for (unsigned i = 0; i < 60; i++)
		CALL(log_write, MS_LOG_INFO, a.image, 5);
	while (fake.console_room == 0 || fake.console_used < 1800) {
		size_t before = fake.console_used;

		fake.console_room = 7;
		core_console_ready();
		if (fake.console_used == before)
			break;
	}
	/* Whole lines only, from the first on. */
	assert_int_equal(fake.console[fake.console_used - 1], '\n');
	for (const char *at = fake.console; *at; at = strchr(at, '\n') + 1)
		assert_int_equal(*at, '[');
}

static void the_kernels_own_lines_are_dropped_whole_too(void **state)
{
	unsigned fit = 0;
	(void)state;

	begin();
	core_console_ready();
	fake.console_room = 0;
	while (log_event(NULL, "line %d", fit))
		assert_in_range(++fit, 1, 200);
	log_refused((struct bytes){ (const uint8_t *)"last", 4 }, "why");
	fake.console_room = sizeof(fake.console) - fake.console_used;
	core_console_ready();
	fake.console[fake.console_used] = 0;
	assert_null(strstr(fake.console, "last"));
	for (unsigned i = 0; i < fit; i++) {
		char line[32];

		snprintf(line, sizeof(line), "* line %u\n", i);
		assert_non_null(strstr(fake.console, line));
	}
}

static void thread_create_refuses_what_is_not_its_own(void **state)
{
	uintptr_t entry = (uintptr_t)a.image + 64;
	(void)state;

	begin();
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(2048), 248)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(2048), (UINT64_C(1) << 32) + 512)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(2052), 512)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(2048), 508)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(2048), 512, 0, 32)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(2048), 512, 0, 21)), -MS_EPERM);
	assert_int_equal(status(CALL(thread_create, entry, 7, ram(TEST_RAM - 256), 512)), -MS_EFAULT);
	assert_int_equal(status(CALL(thread_create, entry, 7, b.ram, 512)), -MS_EFAULT);
	assert_int_equal(status(CALL(thread_create, a.image, 7, a.image, 512)), -MS_EFAULT);
	assert_int_equal(status(CALL(thread_create, b.image, 7, ram(2048), 512)), -MS_EFAULT);
	assert_int_equal(value(CALL(thread_self, 0)), 0);
}

static void a_thread_starts_with_its_argument_and_its_service_ends_with_the_last(void **state)
{
	(void)state;
	begin();
	struct thread *main_thread = CALL(thread_create, (uintptr_t)a.image + 65, 7, ram(2048), 512, 0x1234, 9);

	assert_true(value(main_thread) > 0);
	struct thread *t = core_current();
	const struct port_context *c = core_context(t);

	assert_ptr_not_equal(t, main_thread);
	assert_int_equal(c->entry, (uintptr_t)a.image + 64);
	assert_int_equal(c->argument[0], 7);
	assert_int_equal(c->thread_pointer, 0x1234);
	assert_int_equal(c->stack_low, ram(2048));
	assert_int_equal(c->stack_top, ram(2560));
	assert_int_equal(c->guard_size, 64);
	CALL(thread_exit, 0);
	assert_ptr_equal(core_current(), main_thread);
	CALL(thread_exit, 0);
	assert_int_equal(core_current()->service->plan.id, 2);
	assert_non_null(strstr(fake.console, "* a ended with status 0\n"));
}

static void threads_run_out_and_come_back(void **state)
{
	unsigned made = 0;
	(void)state;

	begin();
	while (status(CALL(thread_create, (uintptr_t)a.image + 64, 0, ram(2048), 256, 0, 1)) == MS_OK)
		made++;
	assert_int_equal(status(core_current()), -MS_EAGAIN);
	assert_int_equal(made, THREAD_MAX - 2);
	CALL(exit, 1);
	assert_int_equal(core_current()->service->plan.id, 2);
	fake_pass(200 * MSEC);
	assert_int_equal(core_current()->service->plan.id, 1);
	assert_int_equal(status(CALL(thread_create, (uintptr_t)a.image + 64, 0, ram(2048), 256, 0, 1)), MS_OK);
}

/* b ends: what it leaves is kept for its next start, though a asks for more again and again. */
static void who_takes_all_threads_keeps_nobody_from_starting_again(void **state)
{
	(void)state;
	begin();
	while (status(CALL(thread_create, (uintptr_t)a.image + 64, 0, ram(2048), 256, 0, 1)) == MS_OK)
		;
	fault_thread(thread_next(service_find(BYTES_LITERAL("b")), NULL), CORE_CAUSE_INSTRUCTION);
	assert_int_equal(status(CALL(thread_create, (uintptr_t)a.image + 64, 0, ram(2048), 256, 0, 1)), -MS_EAGAIN);
	fake_pass(200 * MSEC);
	assert_non_null(thread_next(service_find(BYTES_LITERAL("b")), NULL));
	assert_int_equal(service_find(BYTES_LITERAL("b"))->state, SERVICE_RUNNING);
}

static void priority_is_changed_within_the_ceiling(void **state)
{
	(void)state;
	begin();
	assert_int_equal(status(CALL(thread_priority, 0, 20)), MS_OK);
	assert_int_equal(value(core_current()), 8);
	assert_int_equal(status(CALL(thread_priority, 0, 21)), -MS_EPERM);
	assert_int_equal(status(CALL(thread_priority, 0, 32)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_priority, 0, 0)), -MS_EINVAL);
	assert_int_equal(status(CALL(thread_priority, UINT64_C(1) << 32, 4)), -MS_ENOENT);
	assert_int_equal(status(CALL(thread_priority, 1, 5)), -MS_ENOENT);
	assert_int_equal(status(CALL(thread_priority, 99, 5)), -MS_ENOENT);
	assert_int_equal(status(CALL(thread_priority, 0, 3)), MS_OK);
	assert_int_equal(core_current()->service->plan.id, 2);
}

static void futex_wait_checks_the_word_before_it_sleeps(void **state)
{
	(void)state;
	begin();
	assert_int_equal(status(CALL(futex_wait, ram(1), 0)), -MS_EINVAL);
	assert_int_equal(status(CALL(futex_wait, b.ram, 0)), -MS_EFAULT);
	assert_int_equal(status(CALL(futex_wait, a.image, 0)), -MS_EFAULT);
	assert_int_equal(status(CALL(futex_wait, ram(8), 1)), -MS_EAGAIN);
	assert_int_equal(status(CALL(futex_wake, b.ram, 1)), -MS_EFAULT);
}

static uint32_t word_at(uintptr_t at)
{
	uint32_t value;

	port_copy_in(&value, at, sizeof(value));
	return value;
}

static void futex_swap_writes_only_over_what_is_expected(void **state)
{
	(void)state;
	begin();
	assert_int_equal(status(CALL(futex_swap, ram(1), 0, 7)), -MS_EINVAL);
	assert_int_equal(status(CALL(futex_swap, b.ram, 0, 7)), -MS_EFAULT);
	assert_int_equal(status(CALL(futex_swap, a.image, 0, 7)), -MS_EFAULT);
	assert_int_equal(status(CALL(futex_swap, ram(8), 1, 7)), -MS_EAGAIN);
	assert_int_equal(value(core_current()), 0);
	assert_int_equal(word_at(ram(8)), 0);
	assert_int_equal(status(CALL(futex_swap, ram(8), 0, 7)), MS_OK);
	assert_int_equal(value(core_current()), 0);
	assert_int_equal(word_at(ram(8)), 7);
	assert_int_equal(status(CALL(futex_swap, ram(8), 0, 9)), -MS_EAGAIN);
	assert_int_equal(value(core_current()), 7);
	assert_int_equal(word_at(ram(8)), 7);
}

static void a_futex_times_out(void **state)
{
	(void)state;
	begin();
	struct thread *t = CALL(futex_wait, ram(8), 0, 5000000, 0);

	assert_ptr_not_equal(core_current(), t);
	fake_pass(4 * MSEC);
	assert_int_equal(core_context(t)->results, 0);
	fake_pass(2 * MSEC);
	assert_int_equal(status(t), -MS_ETIMEDOUT);
	assert_ptr_equal(core_current(), t);
}

static struct thread *start(uint8_t priority)
{
	CALL(thread_create, (uintptr_t)a.image + 64, 0, ram(2048), 256, 0, priority);
	return core_current();
}

static void wakers_choose_by_priority_then_by_arrival(void **state)
{
	struct thread *wait[4];
	static const uint8_t priority[] = { 12, 15, 12, 15 };
	(void)state;

	begin();
	for (unsigned i = 0; i < 4; i++) {
		wait[i] = start(priority[i]);
		CALL(futex_wait, ram(8), 0, UINT32_MAX, UINT32_MAX);
	}
	assert_int_equal(value(CALL(futex_wake, ram(12), 9)), 0);
	assert_int_equal(value(CALL(futex_wake, ram(8), 1)), 1);
	assert_ptr_equal(core_current(), wait[1]);
	CALL(thread_exit, 0);
	assert_int_equal(value(CALL(futex_wake, ram(8), 1)), 1);
	assert_ptr_equal(core_current(), wait[3]);
	CALL(thread_exit, 0);
	assert_int_equal(value(CALL(futex_wake, ram(8), 9)), 2);
	assert_ptr_equal(core_current(), wait[0]);
	CALL(thread_exit, 0);
	assert_ptr_equal(core_current(), wait[2]);
}

static void a_thread_that_ends_says_so_in_a_word(void **state)
{
	uint32_t *word = (uint32_t *)ram(8);
	(void)state;

	begin();
	struct thread *main_thread = core_current(), *t = start(12);

	assert_int_equal(status(CALL(thread_exit, (uintptr_t)b.ram)), -MS_EFAULT);
	assert_int_equal(status(CALL(thread_exit, 3)), -MS_EFAULT);
	assert_ptr_equal(core_current(), t);
	*word = 7;
	start(15);
	CALL(futex_wait, ram(8), 7, UINT32_MAX, UINT32_MAX);
	assert_ptr_equal(core_current(), t);
	CALL(thread_exit, ram(8));
	assert_int_equal(*word, 0);
	assert_int_equal(t->state, THREAD_FREE);
	assert_int_equal(core_current()->priority, 15);
	CALL(thread_exit, 0);
	assert_ptr_equal(core_current(), main_thread);
}

static void another_services_futex_of_the_same_address_is_another(void **state)
{
	(void)state;
	begin();
	struct thread *t = CALL(futex_wait, ram(8), 0, UINT32_MAX, UINT32_MAX);

	assert_int_equal(core_current()->service->plan.id, 2);
	assert_int_equal(status(CALL(futex_wake, ram(8), 1)), -MS_EFAULT);
	assert_int_equal(core_context(t)->results, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_number_that_is_no_call_is_enosys),
		cmocka_unit_test(clock_get_gives_nanoseconds),
		cmocka_unit_test(info_tells_and_refuses_the_unknown),
		cmocka_unit_test(random_fills_own_memory_only),
		cmocka_unit_test(log_write_takes_text_from_ram_or_image_and_cleans_it),
		cmocka_unit_test(a_long_line_is_cut),
		cmocka_unit_test(a_service_that_logs_too_fast_loses_lines_and_it_is_told),
		cmocka_unit_test(a_wire_that_is_slow_delays_nobody_and_garbles_nothing),
		cmocka_unit_test(the_kernels_own_lines_are_dropped_whole_too),
		cmocka_unit_test(thread_create_refuses_what_is_not_its_own),
		cmocka_unit_test(a_thread_starts_with_its_argument_and_its_service_ends_with_the_last),
		cmocka_unit_test(threads_run_out_and_come_back),
		cmocka_unit_test(who_takes_all_threads_keeps_nobody_from_starting_again),
		cmocka_unit_test(priority_is_changed_within_the_ceiling),
		cmocka_unit_test(futex_wait_checks_the_word_before_it_sleeps),
		cmocka_unit_test(futex_swap_writes_only_over_what_is_expected),
		cmocka_unit_test(a_futex_times_out),
		cmocka_unit_test(wakers_choose_by_priority_then_by_arrival),
		cmocka_unit_test(a_thread_that_ends_says_so_in_a_word),
		cmocka_unit_test(another_services_futex_of_the_same_address_is_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
