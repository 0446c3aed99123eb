/* SPDX-License-Identifier: Apache-2.0 */
/* Priorities that are inherited by whoever is waited for: through calls, through futexes, in chains, and undone exactly. */
#include "talk.h"

enum { CEILING = 20 };		/* of each service (services.h) */

static uint8_t priority_of(uint32_t id)
{
	return service_at(id)->main->priority;
}

/* Servers below clients: 2 at 4, 4 at 3; 1 and 3 sleep until they are wanted. */
static const uint8_t inverted[TALKERS] = { 12, 4, 9, 3, 6 };

static void sleep_until(uint64_t msec)
{
	fake_call(MS_SYS_clock_sleep, (uint32_t)(msec * MSEC), 0, 0, 0, 0, 0);
}

static void a_server_runs_at_its_callers_priority(void **state)
{
	(void)state;
	talk_begin(inverted);
	struct thread *one = request(HANDLE_STATELESS);

	assert_int_equal(running(), 2);		/* before 3, at 9, and 5, at 6 */
	assert_int_equal(priority_of(2), 12);
	talk_check();
	get(SIGNAL_STATELESS);
	assert_int_equal(priority_of(2), 12);
	reply(taken(2).handle, 0);
	assert_int_equal(priority_of(2), 4);
	assert_ptr_equal(core_current(), one);
	talk_check();
}

/* 3 and 5 are equals; the server, 2, runs before both. */
static void who_called_goes_on_before_its_equals(void **state)
{
	static const uint8_t equals[TALKERS] = { 9, 12, 8, 12, 8 };

	(void)state;
	talk_ready(equals);
	sleep_until(5);
	assert_int_equal(running(), 3);
	request(HANDLE_STATELESS);
	assert_int_equal(running(), 2);
	get(SIGNAL_STATELESS);
	reply(taken(2).handle, 0);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);
	assert_int_equal(running(), 3);
	talk_check();
}

/* 2, 3 and 5 are equals: who called comes next after its server, which runs, and the other after it. */
static void of_a_server_that_is_its_equal_too(void **state)
{
	static const uint8_t equals[TALKERS] = { 9, 8, 8, 12, 8 };

	(void)state;
	talk_begin(equals);
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);	/* 4 */
	sleep_until(5);					/* 1 */
	wait_for(PSA_WAIT_ANY, PSA_BLOCK, NEVER);	/* 2 */
	assert_int_equal(running(), 3);
	request(HANDLE_STATELESS);
	assert_int_equal(running(), 5);
	fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	assert_int_equal(running(), 2);
	get(SIGNAL_STATELESS);
	reply(taken(2).handle, 0);
	assert_int_equal(running(), 2);
	fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	assert_int_equal(running(), 3);
	fake_call(MS_SYS_yield, 0, 0, 0, 0, 0, 0);
	assert_int_equal(running(), 5);
	talk_check();
}

static void above_its_ceiling_too_but_its_new_threads_do_not(void **state)
{
	(void)state;
	talk_begin(inverted);
	service_at(2)->plan.ceiling = 5;
	request(HANDLE_STATELESS);
	assert_int_equal(priority_of(2), 12);
	fake_call(MS_SYS_thread_create, image_at(64), 0, at(1024), 256, 0, 0);
	const struct thread *made = thread_next(service_at(2), service_at(2)->main);

	assert_int_equal(made->priority, 4);
	talk_check();
}

static void of_several_the_highest_counts_until_it_is_served(void **state)
{
	(void)state;
	talk_begin(inverted);
	sleep_until(5);
	request(HANDLE_STATELESS);		/* 3, at 9 */
	assert_int_equal(priority_of(2), 9);
	get(SIGNAL_STATELESS);
	assert_int_equal(taken(2).client_id, 3);
	fake_pass(6 * MSEC);
	assert_int_equal(running(), 1);
	request(HANDLE_STATELESS);		/* 1 waits behind 3's */
	assert_int_equal(priority_of(2), 12);
	reply(taken(2).handle, 0);
	assert_int_equal(running(), 2);		/* 3 is ready, 1 matters more */
	assert_int_equal(priority_of(2), 12);
	get(SIGNAL_STATELESS);
	reply(taken(2).handle, 0);
	assert_int_equal(priority_of(2), 4);
	talk_check();
}

static void chains_are_raised_and_lowered_whole(void **state)
{
	(void)state;
	talk_begin(inverted);
	sleep_until(5);
	sleep_until(5);
	sleep_until(50);			/* 5 */
	do_connect(SID_OTHER, 1, NEVER);	/* 2 calls 4 */
	assert_int_equal(priority_of(4), 4);
	fake_pass(6 * MSEC);
	struct thread *one = request(HANDLE_STATELESS);

	(void)one;
	assert_int_equal(priority_of(2), 12);
	assert_int_equal(priority_of(4), 12);
	assert_int_equal(running(), 4);
	talk_check();
	/* The highest gives up: what is left is the next. */
	service_fail(service_at(1), false);
	assert_int_equal(priority_of(2), 4);
	assert_int_equal(priority_of(4), 4);
	talk_check();
}

static void a_deadline_ends_it(void **state)
{
	(void)state;
	talk_begin(inverted);
	call(HANDLE_STATELESS, 0, 0, 0, 0, 0, 3 * MSEC);
	assert_int_equal(priority_of(2), 12);
	fake_pass(4 * MSEC);
	assert_int_equal(priority_of(2), 4);
	talk_check();
}

static void a_server_that_is_restarted_inherits_again(void **state)
{
	(void)state;
	talk_begin(inverted);
	service_fail(service_at(2), false);
	request(HANDLE_STATELESS);
	assert_null(core_current()->helps);
	fake_pass(101 * MSEC);
	assert_int_equal(priority_of(2), 12);
	assert_int_equal(running(), 2);
	talk_check();
}

static void waiting_senders_are_served_by_priority_then_arrival(void **state)
{
	static const uint8_t level[TALKERS] = { 9, 2, 14, 9, 1 };
	static const int32_t order[] = { 3, 1, 4 };
	(void)state;

	talk_begin(level);
	sleep_until(5);				/* 3 comes last */
	request(HANDLE_STATELESS);		/* 1 */
	request(HANDLE_STATELESS);		/* 4 */
	fake_pass(6 * MSEC);
	request(HANDLE_STATELESS);
	for (unsigned i = 0; i < 3; i++) {
		while (running() != 2)
			wait_for(PSA_DOORBELL, PSA_BLOCK, NEVER);
		get(SIGNAL_STATELESS);
		assert_int_equal(taken(2).client_id, order[i]);
		reply(taken(2).handle, 0);
		talk_check();
	}
}

/* Who owns a mutex runs at the priority of who waits for it, no higher than the ceiling. */
static struct thread *owner_and_waiter(uint8_t owner, uint8_t waiter)
{
	struct thread *main_thread = new_thread(owner);
	const struct thread *first = thread_next(service_at(1), main_thread);
	uint32_t number = first->number;

	fake_call(MS_SYS_thread_priority, 0, waiter, 0, 0, 0, 0);
	fake_call(MS_SYS_futex_wait, at(8), 0, (uint32_t)(5 * MSEC), 0, number + 1, 0);
	talk_check();
	return (struct thread *)(uintptr_t)first;
}

static void the_owner_of_a_mutex_inherits(void **state)
{
	(void)state;
	talk_begin(inverted);
	struct thread *owner = owner_and_waiter(2, 15);

	assert_ptr_equal(core_current(), owner);
	assert_int_equal(owner->priority, 15);
	fake_call(MS_SYS_futex_wake, at(8), 1, 0, 0, 0, 0);
	assert_int_equal(owner->priority, 2);
	talk_check();
}

static void it_inherits_until_the_deadline(void **state)
{
	(void)state;
	talk_begin(inverted);
	struct thread *owner = owner_and_waiter(2, 15);

	fake_pass(6 * MSEC);
	assert_int_equal(owner->priority, 2);
	assert_int_equal(status(core_current()), -MS_ETIMEDOUT);
	talk_check();
}

static void no_higher_than_the_ceiling(void **state)
{
	static const uint8_t level[TALKERS] = { 12, 4, 25, 3, 6 };
	(void)state;

	talk_begin(level);			/* 3 is above the ceiling of the others */
	sleep_until(2);
	struct thread *owner = owner_and_waiter(2, 15);

	fake_pass(3 * MSEC);			/* 3 calls 1, whose main thread waits for the mutex */
	assert_int_equal(running(), 3);
	do_connect(SID_BACK, 1, NEVER);
	assert_int_equal(priority_of(1), 25);
	assert_int_equal(owner->priority, CEILING);
	talk_check();
	fake_pass(4 * MSEC);
	assert_int_equal(owner->priority, 2);
	assert_int_equal(priority_of(1), 25);
	talk_check();
}

static void an_owner_that_is_none_is_ignored(void **state)
{
	static const uint32_t owner[] = { 1, 31, 33, 99, UINT32_MAX };	/* itself, free ones, none, another's */
	(void)state;

	for (unsigned i = 0; i < sizeof(owner) / sizeof(*owner); i++) {
		talk_begin(inverted);
		struct thread *t = fake_call(MS_SYS_futex_wait, at(8), 0, (uint32_t)(5 * MSEC), 0, owner[i], 0);

		assert_null(t->helps);
		talk_check();
	}
	talk_begin(inverted);
	const struct thread *other = service_at(2)->main;
	uint32_t index = 0;

	while (thread_at(index) != other)
		index++;
	assert_null(fake_call(MS_SYS_futex_wait, at(8), 0, (uint32_t)(5 * MSEC), 0, index + 2, 0)->helps);
	talk_check();
}

/* An owner that ends leaves nobody raised: its place may be another service's thread next. */
static void an_owner_that_ends_is_forgotten(void **state)
{
	(void)state;
	talk_begin(inverted);
	struct thread *owner = owner_and_waiter(2, 15);
	struct thread *waiter = service_at(1)->main;

	assert_ptr_equal(core_current(), owner);
	fake_call(MS_SYS_thread_exit, 0, 0, 0, 0, 0, 0);
	assert_null(waiter->helps);
	talk_check();
	fake_pass(6 * MSEC);
	assert_int_equal(status(waiter), -MS_ETIMEDOUT);
}

/* Two that wait for each other hurt nobody, and are free again when one gives up. */
static void a_circle_of_mutexes_does_no_harm(void **state)
{
	(void)state;
	talk_begin(inverted);
	struct thread *owner = owner_and_waiter(2, 15);

	fake_call(MS_SYS_futex_wait, at(16), 0, UINT32_MAX, UINT32_MAX, 1, 0);
	talk_check();
	assert_int_equal(running(), 3);
	fake_pass(6 * MSEC);
	assert_int_equal(running(), 1);
	assert_int_equal(owner->priority, 2);
	talk_check();
}

static void ones_own_priority_changes_below_what_is_inherited(void **state)
{
	(void)state;
	talk_begin(inverted);
	struct thread *one = request(HANDLE_STATELESS);

	assert_int_equal(value(fake_call(MS_SYS_thread_priority, 0, 7, 0, 0, 0, 0)), 4);
	assert_int_equal(priority_of(2), 12);
	get(SIGNAL_STATELESS);
	reply(taken(2).handle, 0);
	assert_int_equal(priority_of(2), 7);
	assert_ptr_equal(core_current(), one);
	talk_check();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_server_runs_at_its_callers_priority),
		cmocka_unit_test(who_called_goes_on_before_its_equals),
		cmocka_unit_test(of_a_server_that_is_its_equal_too),
		cmocka_unit_test(above_its_ceiling_too_but_its_new_threads_do_not),
		cmocka_unit_test(of_several_the_highest_counts_until_it_is_served),
		cmocka_unit_test(chains_are_raised_and_lowered_whole),
		cmocka_unit_test(a_deadline_ends_it),
		cmocka_unit_test(a_server_that_is_restarted_inherits_again),
		cmocka_unit_test(waiting_senders_are_served_by_priority_then_arrival),
		cmocka_unit_test(the_owner_of_a_mutex_inherits),
		cmocka_unit_test(it_inherits_until_the_deadline),
		cmocka_unit_test(no_higher_than_the_ceiling),
		cmocka_unit_test(an_owner_that_is_none_is_ignored),
		cmocka_unit_test(an_owner_that_ends_is_forgotten),
		cmocka_unit_test(a_circle_of_mutexes_does_no_harm),
		cmocka_unit_test(ones_own_priority_changes_below_what_is_inherited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
