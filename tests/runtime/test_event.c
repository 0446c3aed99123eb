/* SPDX-License-Identifier: Apache-2.0 */
/* Events in memory that a reset leaves alone; a reset here is a jump back, after which core begins again. */
#include "event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include <ms/abi/abi.h>

#include "capacity.h"
#include "fake_port.h"
#include "log.h"
#include "services.h"

#define SEC UINT64_C(1000000000)

const uint32_t board_watchdog_msec = 2000;

extern uint8_t __start_ms_retained[], __stop_ms_retained[];

static struct test_service a;
static struct service_plan plan;
static jmp_buf back;

static size_t retained_size(void)
{
	return (size_t)(__stop_ms_retained - __start_ms_retained);
}

/* What follows a reset, by whomever: core as from power-up, one service, the earlier records told. */
static void start(void)
{
	unsigned resets = fake.resets;

	fake_reset(0);
	fake.resets = resets;
	fake.reset = &back;
	core_init();
	assert_int_equal(service_add(&plan), MS_OK);
	event_tell();
	service_start_all();
	fake_leave();
}

/* Power-up: the memory holds what it will. */
static void power_up(void)
{
	memset(__start_ms_retained, 0xa5, retained_size());
	fake.resets = 0;
	start();
}

static int begin(void **state)
{
	(void)state;
	plan = test_plan(&a, "a", 1, 8);
	power_up();
	return 0;
}

static void begin_rebooting(uint8_t limit)
{
	plan.restart = TABLE_RESTART_REBOOT;
	plan.restart_limit = limit;
	power_up();
}

static void fault(enum core_cause cause, bool kernel)
{
	core_fault(&(struct core_fault){ .cause = cause, .kernel = kernel, .pc = plan.text + 0x20 });
}

/* Does this reset the device?  Then it has started again. */
static bool resets(enum core_cause cause, bool kernel)
{
	if (!setjmp(back)) {
		fault(cause, kernel);
		return false;
	}
	if (fake.halts)
		return false;
	start();
	return true;
}

static unsigned told(const char *text)
{
	unsigned count = 0;

	for (const char *at = fake.console; (at = strstr(at, text)); at++)
		count++;
	return count;
}

static void what_caused_a_reset_is_told_once_after_it(void **state)
{
	(void)state;
	begin_rebooting(5);
	fake_pass(3 * SEC / 2);
	assert_true(resets(CORE_CAUSE_WRITE, false));
	assert_int_equal(told("* reset 1 in a row\n"), 1);
	assert_int_equal(told("! a write to memory that is not its own pc 0x"), 1);
	assert_int_equal(told(" offset 0x0000000000000020 "), 1);
	assert_int_equal(told(" calls 000012+003,123456+1ff image 0102030405060701 earlier 1.50"), 1);
	start();
	assert_int_equal(told("! "), 0);
}

static void what_was_told_before_a_reset_is_not_told_again(void **state)
{
	struct event e;
	(void)state;

	fault(CORE_CAUSE_WRITE, false);
	assert_int_equal(told("! a write"), 1);
	assert_true(event_get(0, &e));
	assert_false(event_get(1, &e));
	start();
	assert_int_equal(told("! a write"), 0);
	assert_int_equal(told("* reset by the watchdog\n"), 1);	/* nobody else has asked for it */
	assert_true(event_get(0, &e));
	assert_int_equal(e.kind, EVENT_WATCHDOG);
	assert_false(event_get(1, &e));
}

/* The service is no longer there: the record still names its image. */
static void a_record_outlives_its_service(void **state)
{
	(void)state;
	begin_rebooting(5);
	if (!setjmp(back)) {
		fault(CORE_CAUSE_READ, false);
		fail();
	}
	plan = test_plan(&a, "b", 7, 8);
	start();
	assert_int_equal(told("! ? read of memory"), 1);
	assert_int_equal(told(" image 0102030405060701 earlier "), 1);
}

static void garbage_is_no_record(void **state)
{
	(void)state;
	srand(1);
	for (unsigned n = 0; n < 1000; n++) {
		for (uint8_t *at = __start_ms_retained; at < __stop_ms_retained; at++)
			*at = (uint8_t)rand();
		start();
		assert_int_equal(told("! ") + told("* reset"), 0);
	}
}

/* A kernel fault's record in slot 0, and nothing else. */
static void one_record(void)
{
	begin(NULL);
	if (setjmp(back))
		return;
	fault(CORE_CAUSE_KERNEL, true);
	fail();
}

static void a_record_with_a_wrong_bit_is_none(void **state)
{
	uint8_t kept[sizeof(struct event)];
	(void)state;

	one_record();
	memcpy(kept, __start_ms_retained, sizeof(kept));
	for (size_t bit = 0; bit < 8 * offsetof(struct event, told); bit++) {
		memcpy(__start_ms_retained, kept, sizeof(kept));
		__start_ms_retained[bit / 8] ^= (uint8_t)(1 << bit % 8);
		start();
		assert_int_equal(told("! "), 0);
	}
	memcpy(__start_ms_retained, kept, sizeof(kept));
	start();
	assert_int_equal(told("! kernel assertion"), 1);
}

/* That the device was alive before: else the watchdog is told of, too. */
static void forget_life(void)
{
	memset(__start_ms_retained + EVENT_MAX * sizeof(struct event), 0, sizeof(uint32_t));
}

/* Cut the writing of a record off after each byte, in whatever order the bytes come: all but the oldest are there. */
static void a_record_that_was_cut_off_leaves_the_others(void **state)
{
	static uint8_t before[4096], after[4096];
	size_t size = retained_size();
	(void)state;

	assert_true(size <= sizeof(before));
	for (unsigned i = 0; i < EVENT_MAX + 2; i++)
		event_keep(EVENT_FAULT, NULL, &(struct core_fault){ .cause = CORE_CAUSE_READ, .address_valid = true, .address = i }, 0);
	memcpy(before, __start_ms_retained, size);
	event_keep(EVENT_FAULT, NULL, &(struct core_fault){ .cause = CORE_CAUSE_READ, .address_valid = true, .address = EVENT_MAX + 2 }, 0);
	memcpy(after, __start_ms_retained, size);

	for (size_t cut = 0; cut < 2 * size; cut++) {
		for (size_t i = 0; i < size; i++)
			__start_ms_retained[i] = (cut < size ? i < cut : i >= cut - size) ? after[i] : before[i];
		forget_life();
		start();
		assert_in_range(told("! "), EVENT_MAX - 1, EVENT_MAX);
		assert_true(told(" at 0x0000000000000002 ") + told(" at 0x000000000000000a ") <= 1);
		assert_true(cut != size || told(" at 0x000000000000000a ") == 1);
	}
}

/* A record that is whole but lies where its number does not belong, or is older than all that fit, is none. */
static void a_record_in_the_wrong_place_is_none(void **state)
{
	struct event *ring = (struct event *)(void *)__start_ms_retained;
	struct event whole;
	(void)state;

	one_record();
	whole = ring[0];
	memset(ring, 0xa5, EVENT_MAX * sizeof(*ring));
	ring[3] = whole;
	forget_life();
	start();
	assert_int_equal(told("! "), 0);
	assert_int_equal(told("* reset"), 0);

	begin(NULL);
	event_keep(EVENT_FAULT, NULL, &(struct core_fault){ .cause = CORE_CAUSE_READ }, 0);
	whole = ring[0];
	for (unsigned i = 0; i < EVENT_MAX + 1; i++)
		event_keep(EVENT_FAULT, NULL, &(struct core_fault){ .cause = CORE_CAUSE_WRITE }, 0);
	ring[0] = whole;	/* number 0 where 8 was */
	forget_life();
	start();
	assert_int_equal(told("! ? read of memory"), 0);
	assert_int_equal(told("! "), EVENT_MAX - 1);
}

/* Of two records the older one is not what was written: the newer is told, and not the older. */
static void a_changed_record_among_others_is_none(void **state)
{
	struct event *ring = (struct event *)(void *)__start_ms_retained;
	(void)state;

	for (unsigned i = 0; i < 2; i++)
		event_keep(EVENT_FAULT, NULL, &(struct core_fault){ .cause = i ? CORE_CAUSE_WRITE : CORE_CAUSE_READ }, 0);
	ring[0].fault.pc ^= 4;
	forget_life();
	start();
	assert_int_equal(told("! ? read of memory"), 0);
	assert_int_equal(told("! "), 1);
}

static void as_many_events_are_there_as_fit(void **state)
{
	struct event e;
	(void)state;

	for (unsigned i = 0; i < EVENT_MAX + 3; i++)
		event_keep(EVENT_FAULT, NULL, &(struct core_fault){ .cause = CORE_CAUSE_READ, .address = i }, 0);
	assert_true(event_get(EVENT_MAX - 1, &e));
	assert_int_equal(e.fault.address, 3);
	assert_false(event_get(EVENT_MAX, &e));
	assert_false(event_get(UINT32_MAX, &e));
}

static void rebooting_for_a_service_ends_in_its_quarantine(void **state)
{
	(void)state;
	begin_rebooting(4);
	for (unsigned i = 1; i < 4; i++)
		assert_true(resets(CORE_CAUSE_READ, false));
	assert_int_equal(told("* reset 3 in a row\n"), 1);
	assert_false(resets(CORE_CAUSE_READ, false));
	assert_int_equal(told("* a failed too often: quarantined\n"), 1);
	assert_null(core_current());
}

static void good_running_forgives_resets(void **state)
{
	(void)state;
	begin_rebooting(3);
	for (unsigned i = 0; i < 20; i++) {
		assert_true(resets(CORE_CAUSE_READ, false));
		assert_int_equal(told("* reset 1 in a row\n"), 1);
		fake_pass(10 * SEC);
	}
}

static void a_status_resets_the_device_as_a_fault_does(void **state)
{
	(void)state;
	begin_rebooting(0);
	if (!setjmp(back)) {
		fake_call(MS_SYS_exit, 3, 0, 0, 0, 0, 0);
		fail();
	}
	assert_int_equal(told("* a ended with status 3\n"), 1);
	start();
	assert_int_equal(told("* reset 1 in a row\n"), 1);
}

static void the_kernels_own_faults_end_in_a_halt_and_not_in_a_loop(void **state)
{
	unsigned count = 0;
	(void)state;

	while (resets(CORE_CAUSE_KERNEL, true)) {
		assert_int_equal(told("! kernel assertion of the kernel pc 0x"), 1);
		assert_int_equal(event_resets_too_often(), ++count >= EVENT_RESETS);
	}
	assert_int_equal(count, EVENT_RESETS + 1);
	assert_int_equal(fake.halts, 1);
}

static void the_watchdogs_resets_are_counted_too(void **state)
{
	(void)state;
	start();
	for (unsigned i = 0; i < 2 * EVENT_RESETS; i++) {
		assert_int_equal(event_resets_too_often(), i + 1 >= EVENT_RESETS);
		assert_true(told("* reset by the watchdog\n") >= 1);
		start();
	}
	fake_pass(11 * SEC);
	start();
	assert_int_equal(told("* reset 1 in a row\n"), 1);
}

/* While a service runs and runs, and while all sleep. */
static void the_watchdog_is_fed_in_its_time(void **state)
{
	(void)state;
	for (unsigned i = 1; i < 100; i++) {
		unsigned feeds = fake.feeds;

		fake_pass(board_watchdog_msec * UINT64_C(1000000));
		assert_true(fake.feeds > feeds);
		if (i == 50)
			fake_call(MS_SYS_exit, 0, 0, 0, 0, 0, 0);
	}
}

static void the_product_says_what_a_fault_leads_to(void **state)
{
	(void)state;
	event_set_policies(TABLE_POLICY_QUARANTINE << 2 * TABLE_EVENT_FAULT);
	fault(CORE_CAUSE_READ, false);
	assert_int_equal(told("* a quarantined, as the product says\n"), 1);
	power_up();
	event_set_policies(TABLE_POLICY_RESET << 2 * TABLE_EVENT_FAULT);
	assert_true(resets(CORE_CAUSE_READ, false));
}

static void the_product_says_what_a_storm_leads_to(void **state)
{
	(void)state;
	plan.restart_limit = 1;
	power_up();
	event_set_policies(TABLE_POLICY_RESET << 2 * TABLE_EVENT_STORM);
	assert_true(resets(CORE_CAUSE_READ, false));
	assert_int_equal(told("* reset 1 in a row\n"), 1);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_caused_a_reset_is_told_once_after_it),
		TEST(what_was_told_before_a_reset_is_not_told_again),
		TEST(a_record_outlives_its_service),
		TEST(garbage_is_no_record),
		TEST(a_record_with_a_wrong_bit_is_none),
		TEST(a_record_that_was_cut_off_leaves_the_others),
		TEST(a_record_in_the_wrong_place_is_none),
		TEST(a_changed_record_among_others_is_none),
		TEST(as_many_events_are_there_as_fit),
		TEST(rebooting_for_a_service_ends_in_its_quarantine),
		TEST(good_running_forgives_resets),
		TEST(a_status_resets_the_device_as_a_fault_does),
		TEST(the_kernels_own_faults_end_in_a_halt_and_not_in_a_loop),
		TEST(the_watchdogs_resets_are_counted_too),
		TEST(the_watchdog_is_fed_in_its_time),
		TEST(the_product_says_what_a_fault_leads_to),
		TEST(the_product_says_what_a_storm_leads_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
