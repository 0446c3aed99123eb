/* SPDX-License-Identifier: Apache-2.0 */
/* Devices and interrupts as their owners see them; the board is tests/fakes': device 0 has lines 2 and 3, 1 has line 10, 2 has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "device.h"
#include "fake_port.h"
#include "event.h"
#include "services.h"

#define DEVICE(number, signal, local) .object = TABLE_DEVICE << 24 | (number), .operations = TABLE_DEVICE_USE | (signal) << 8, .argument = (local)

enum { RX = 1 << 5, TX = 1 << 6, TICK = 1 << 4 };	/* signals of the driver: lines 2, 3, 10 */

static struct test_service driver, other;
static const struct table_rule granted[] = { { 1, DEVICE(0, 5, 1) }, { 1, DEVICE(1, 4, 0) }, { 1, DEVICE(2, 0, 9600u << 8 | 7) } };

static struct service_plan plan(struct test_service *s, const char *name, uint32_t id, const struct table_rule *rules, uint32_t count)
{
	struct service_plan p = test_plan(s, name, id, 8);

	p.rules = rules;
	p.rule_count = count;
	return p;
}

static int power_on(void **state)
{
	struct service_plan p = plan(&driver, "driver", 1, granted, 3);
	(void)state;

	fake_reset(0);
	core_init();
	assert_int_equal(service_add(&p), MS_OK);
	service_start_all();
	fake_leave();
	return 0;
}

static int32_t call(uint32_t number, uintptr_t a)
{
	return fake_call(number, a, 0, 0, 0, 0, 0)->context.status;
}

static uint64_t value(uint32_t number, uintptr_t a)
{
	return fake_call(number, a, 0, 0, 0, 0, 0)->context.value;
}

static uint32_t polled(void)
{
	return (uint32_t)fake_call(MS_SYS_psa_wait, UINT32_MAX, 0, 0, 0, 0, 0)->context.value;
}

static struct service *self(void)
{
	return service_of(1);
}

static bool stopped(void)
{
	struct event e;

	return !core_current() && event_get(0, &e) && e.kind == EVENT_FAULT && e.service == 1 && e.fault.cause == CORE_CAUSE_PROTOCOL;
}

static void registers_are_opened_by_the_local_name(void **state)
{
	(void)state;
	assert_int_equal(value(MS_SYS_device_map, 1), 0x40001000);
	assert_int_equal(self()->protection.base[2], 0x40001000);
	assert_int_equal(self()->protection.size[2], 0x1000);
	assert_int_equal(self()->protection.access[2], PORT_DEVICE);
	assert_int_equal(value(MS_SYS_device_map, 7), 9600ull << 32 | 0x40003000);	/* with the speed of its line */
	assert_int_equal(self()->protection.base[3], 0x40003000);
	assert_int_equal(call(MS_SYS_device_map, 2), -MS_ENOENT);
	assert_int_equal(call(MS_SYS_device_map, UINT32_MAX), -MS_ENOENT);
	assert_int_equal(call(MS_SYS_device_map, 0x101), -MS_ENOENT);
	assert_int_equal(call(MS_SYS_device_map, 9600u << 8 | 7), -MS_ENOENT);
}

static void what_is_open_is_opened_once(void **state)
{
	(void)state;
	assert_int_equal(value(MS_SYS_device_map, 0), 0x40002000);
	assert_int_equal(value(MS_SYS_device_map, 0), 0x40002000);
	assert_int_equal(self()->protection.size[3], 0);
	assert_int_equal(call(MS_SYS_device_unmap, 0), MS_OK);
	assert_int_equal(self()->protection.size[2], 0);
	assert_int_equal(call(MS_SYS_device_unmap, 0), -MS_ENOENT);
	assert_int_equal(call(MS_SYS_device_unmap, 9), -MS_ENOENT);
}

static void registers_are_no_memory_for_the_kernel(void **state)
{
	(void)state;
	uintptr_t at = value(MS_SYS_device_map, 0);

	assert_int_equal(fake_call(MS_SYS_log_write, MS_LOG_INFO, at, 4, 0, 0, 0)->context.status, -MS_EFAULT);
	assert_int_equal(fake_call(MS_SYS_random, at, 4, 0, 0, 0, 0)->context.status, -MS_EFAULT);
}

static void a_device_is_made_ready_once_and_may_fail(void **state)
{
	(void)state;
	fake.broken = true;
	assert_int_equal(call(MS_SYS_device_map, 0), -MS_EIO);
	assert_int_equal(self()->protection.size[2], 0);
	fake.broken = false;
	assert_int_equal(call(MS_SYS_device_map, 0), MS_OK);
	assert_int_equal(call(MS_SYS_device_unmap, 0), MS_OK);
	assert_int_equal(call(MS_SYS_device_map, 0), MS_OK);
	assert_int_equal(fake.started[1], 2);
	assert_int_equal(fake.started[0], 0);
}

static void no_line_is_open_until_its_owner_asks(void **state)
{
	(void)state;
	assert_int_equal(fake.open, 0);
	fake_line(2);
	assert_int_equal(polled(), 0);
	call(MS_SYS_irq_enable, RX);
	assert_int_equal(polled(), RX);		/* what came before is not lost */
	assert_int_equal(fake.open, 0);
	call(MS_SYS_irq_enable, TX);
	assert_int_equal(fake.open, 1 << 3);
	call(MS_SYS_irq_enable, TICK);
	assert_int_equal(fake.open, 1 << 3 | 1 << 10);
}

static void a_line_stays_closed_until_the_end_of_its_interrupt(void **state)
{
	(void)state;
	call(MS_SYS_irq_enable, RX);
	fake_line(2);
	assert_int_equal(polled(), RX);
	call(MS_SYS_irq_enable, RX);
	assert_int_equal(fake.open, 0);
	call(MS_SYS_irq_eoi, RX);
	assert_int_equal(fake.open, 1 << 2);
	assert_int_equal(polled(), 0);
	fake_line(2);
	assert_int_equal(polled(), RX);
}

static void an_interrupt_wakes_who_waits_for_it(void **state)
{
	(void)state;
	call(MS_SYS_irq_enable, RX);
	call(MS_SYS_irq_enable, TX);
	struct thread *t = fake_call(MS_SYS_psa_wait, TX, 0x80000000, UINT32_MAX, UINT32_MAX, 0, 0);

	assert_null(core_current());
	fake_line(2);
	assert_null(core_current());
	fake_line(3);
	assert_ptr_equal(core_current(), t);
	assert_int_equal(t->context.value, TX);
}

static void a_disabled_interrupt_sets_nothing(void **state)
{
	(void)state;
	call(MS_SYS_irq_enable, RX);
	assert_int_equal(value(MS_SYS_irq_disable, RX), 1);
	assert_int_equal(value(MS_SYS_irq_disable, RX), 0);
	assert_int_equal(fake.open, 0);
	core_line(2);				/* it was on its way already */
	assert_int_equal(polled(), 0);
}

static void eoi_of_a_disabled_interrupt_opens_nothing(void **state)
{
	(void)state;
	call(MS_SYS_irq_enable, RX);
	fake_line(2);
	call(MS_SYS_irq_disable, RX);
	call(MS_SYS_irq_eoi, RX);
	assert_int_equal(fake.open, 0);
	assert_int_equal(polled(), 0);
}

static void reset_forgets_an_interrupt(void **state)
{
	(void)state;
	call(MS_SYS_irq_enable, RX);
	fake_line(2);
	fake_line(2);
	call(MS_SYS_irq_disable, RX);
	call(MS_SYS_irq_reset, RX);
	assert_int_equal(polled(), 0);
	call(MS_SYS_irq_enable, RX);
	assert_int_equal(polled(), 0);
}

static void what_is_no_single_interrupt_of_the_caller_stops_it(void **state)
{
	static const uint32_t calls[] = { MS_SYS_irq_enable, MS_SYS_irq_disable, MS_SYS_irq_eoi, MS_SYS_irq_reset };
	static const uint32_t wrong[] = { 0, 1, 8, 1 << 7, UINT32_MAX, RX | TX, RX | 1 << 7, RX | 8, 1u << 31 };

	for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		for (unsigned k = 0; k < sizeof(wrong) / sizeof(*wrong); k++) {
			power_on(state);
			call(MS_SYS_irq_enable, RX);
			fake_line(2);
			call(MS_SYS_irq_enable, TX);
			fake_line(3);
			call(calls[i], wrong[k]);
			assert_true(stopped());
			assert_int_equal(fake.open, 0);
		}
}

static void eoi_and_reset_need_an_interrupt_that_came(void **state)
{
	call(MS_SYS_irq_enable, RX);
	call(MS_SYS_irq_eoi, RX);
	assert_true(stopped());
	power_on(state);
	call(MS_SYS_irq_reset, RX);
	assert_true(stopped());
	power_on(state);
	call(MS_SYS_irq_enable, RX);
	fake_line(2);
	call(MS_SYS_irq_reset, RX);		/* enabled */
	assert_true(stopped());
}

static void a_crash_with_an_interrupt_pending_leaves_nothing(void **state)
{
	(void)state;
	call(MS_SYS_device_map, 1);
	call(MS_SYS_irq_enable, RX);
	call(MS_SYS_irq_enable, TICK);
	fake_line(2);
	fake_line(2);
	core_fault(&(struct core_fault){ .cause = CORE_CAUSE_WRITE });
	assert_int_equal(fake.open, 0);
	assert_int_equal(fake.pending, 0);
	assert_int_equal(self()->protection.size[2], 0);
	fake_line(10);				/* the device goes on asking */
	fake_pass(UINT64_C(200000000));
	assert_non_null(core_current());	/* restarted */
	assert_int_equal(polled(), 0);
	assert_int_equal(fake.open, 0);
	assert_int_equal(value(MS_SYS_device_map, 1), 0x40001000);
	assert_int_equal(fake.started[0], 1);
}

static void a_line_of_nobody_is_closed(void **state)
{
	(void)state;
	fake.open = UINT64_C(1) << 20 | 1 << 10;
	core_line(20);
	core_line(10);				/* its owner has not enabled it */
	assert_int_equal(fake.open, 0);
}

/* Another service's device has the same signal: each enables, and loses with its end, its own line. */
static void lines_are_those_of_the_callers_own_device(void **state)
{
	static const struct table_rule first[] = { { 1, DEVICE(0, 4, 0) } }, second[] = { { 2, DEVICE(1, 4, 0) } };
	struct service_plan p = plan(&driver, "driver", 1, first, 1), q = plan(&other, "other", 2, second, 1);
	(void)state;

	q.priority = 9;
	fake_reset(0);
	core_init();
	assert_int_equal(service_add(&p) + service_add(&q), MS_OK);
	service_start_all();
	fake_leave();
	assert_int_equal(core_current()->service->plan.id, 2);
	call(MS_SYS_irq_enable, 1 << 4);
	assert_int_equal(fake.open, 1 << 10);
	fake_call(MS_SYS_clock_sleep, 1000000, 0, 0, 0, 0, 0);
	call(MS_SYS_irq_enable, 1 << 4);
	assert_int_equal(fake.open, 1 << 10 | 1 << 2);
	service_fail(service_of(1), false);
	assert_int_equal(fake.open, 1 << 10);
}

static void each_line_sets_its_own_signal(void **state)
{
	(void)state;
	call(MS_SYS_irq_enable, TICK);
	call(MS_SYS_irq_enable, TX);
	fake_line(10);
	assert_int_equal(polled(), TICK);
	fake_line(3);
	assert_int_equal(polled(), TICK | TX);
}

/* A call that stops its caller does nothing to the lines of others. */
static void a_wrong_call_touches_no_line(void **state)
{
	static const uint32_t calls[] = { MS_SYS_irq_disable, MS_SYS_irq_eoi, MS_SYS_irq_reset };
	const uint64_t others = ~UINT64_C(0x40c);	/* all lines but the driver's own */

	for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		power_on(state);
		fake.open = calls[i] == MS_SYS_irq_disable ? others : 0;
		fake.pending = others & ~fake.open;
		call(calls[i], 1 << 7);
		assert_true(stopped());
		assert_true((fake.open | fake.pending) == others);
	}
}

static int added(const struct table_rule *rules, uint32_t count)
{
	struct service_plan p = plan(&other, "other", 2, rules, count);

	return service_add(&p);
}

static void devices_that_are_not_the_boards_to_give_are_refused(void **state)
{
	(void)state;
	fake_reset(0);
	core_init();
	assert_int_equal(added((struct table_rule[]){ { 2, DEVICE(3, 0, 0) } }, 1), -MS_EFORMAT);
	assert_int_equal(added((struct table_rule[]){ { 2, DEVICE(0xffffff, 0, 0) } }, 1), -MS_EFORMAT);
	assert_int_equal(added((struct table_rule[]){ { 2, DEVICE(0, 31, 0) } }, 1), -MS_EFORMAT);	/* two lines */
	assert_int_equal(added((struct table_rule[]){ { 2, DEVICE(2, 4, 0) } }, 1), -MS_EFORMAT);	/* no line */
	assert_int_equal(added((struct table_rule[]){ { 2, DEVICE(0, 4, 0) }, { 2, DEVICE(1, 5, 1) } }, 2), -MS_EFORMAT);
	static const struct table_rule good[] = { { 2, DEVICE(0, 30, 0) }, { 2, DEVICE(1, 29, 1) } };

	assert_int_equal(added(good, 2), MS_OK);
	struct service_plan p = plan(&driver, "driver", 1, granted, 1);

	assert_int_equal(service_add(&p), -MS_EFORMAT);		/* it has an owner */
	assert_null(service_of(1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(registers_are_opened_by_the_local_name, power_on),
		cmocka_unit_test_setup(what_is_open_is_opened_once, power_on),
		cmocka_unit_test_setup(registers_are_no_memory_for_the_kernel, power_on),
		cmocka_unit_test_setup(a_device_is_made_ready_once_and_may_fail, power_on),
		cmocka_unit_test_setup(no_line_is_open_until_its_owner_asks, power_on),
		cmocka_unit_test_setup(a_line_stays_closed_until_the_end_of_its_interrupt, power_on),
		cmocka_unit_test_setup(an_interrupt_wakes_who_waits_for_it, power_on),
		cmocka_unit_test_setup(a_disabled_interrupt_sets_nothing, power_on),
		cmocka_unit_test_setup(eoi_of_a_disabled_interrupt_opens_nothing, power_on),
		cmocka_unit_test_setup(reset_forgets_an_interrupt, power_on),
		cmocka_unit_test_setup(what_is_no_single_interrupt_of_the_caller_stops_it, power_on),
		cmocka_unit_test_setup(eoi_and_reset_need_an_interrupt_that_came, power_on),
		cmocka_unit_test_setup(a_crash_with_an_interrupt_pending_leaves_nothing, power_on),
		cmocka_unit_test_setup(a_line_of_nobody_is_closed, power_on),
		cmocka_unit_test(lines_are_those_of_the_callers_own_device),
		cmocka_unit_test_setup(each_line_sets_its_own_signal, power_on),
		cmocka_unit_test(a_wrong_call_touches_no_line),
		cmocka_unit_test(devices_that_are_not_the_boards_to_give_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
