/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int passes, order[8], got, cleaned;

static void *wait_for_pass(void *argument)
{
	pthread_mutex_lock(&mutex);
	while (!passes)
		pthread_cond_wait(&cond, &mutex);
	passes--;
	order[got++] = (int)(intptr_t)argument;
	pthread_mutex_unlock(&mutex);
	return NULL;
}

/* Threads of these priorities wait, in this order. */
static bool start_waiters(pthread_t *t, const int *priority, int count)
{
	passes = got = 0;
	for (int i = 0; i < count; i++)
		if (start_at(&t[i], priority[i], wait_for_pass, (void *)(intptr_t)i))
			return false;
	return true;
}

static int a_signal_wakes_the_first_by_priority(void)
{
	static const int priority[] = { 10, 12, 12, 9 };
	pthread_t t[4];

	MUST(start_waiters(t, priority, 4));
	for (int i = 0; i < 4; i++) {
		MUST(pthread_mutex_lock(&mutex) == 0);
		passes++;
		MUST(pthread_cond_signal(&cond) == 0 && got == i && pthread_mutex_unlock(&mutex) == 0 && got == i + 1);
	}
	for (int i = 0; i < 4; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(order[0] == 1 && order[1] == 2 && order[2] == 0 && order[3] == 3);
	return 0;
}

static int a_broadcast_wakes_all(void)
{
	static const int priority[] = { 10, 12, 7 };
	pthread_t t[3];

	MUST(start_waiters(t, priority, 3));
	sleep_msec(5);
	MUST(pthread_mutex_lock(&mutex) == 0);
	passes = 3;
	MUST(pthread_cond_broadcast(&cond) == 0 && pthread_mutex_unlock(&mutex) == 0);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(got == 3 && passes == 0 && order[0] == 1 && order[1] == 0);
	return 0;
}

static int nobody_waiting_hears_nothing(void)
{
	struct timespec soon = in_msec(CLOCK_REALTIME, 10);

	MUST(pthread_cond_signal(&cond) == 0 && pthread_cond_broadcast(&cond) == 0 && pthread_mutex_lock(&mutex) == 0);
	MUST(pthread_cond_timedwait(&cond, &mutex, &soon) == ETIMEDOUT && pthread_mutex_unlock(&mutex) == 0);
	return 0;
}

static int a_deadline_is_of_the_variables_clock(void)
{
	pthread_condattr_t a;
	pthread_cond_t c;
	clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC };

	for (int i = 0; i < 2; i++) {
		MUST(pthread_condattr_init(&a) == 0 && pthread_condattr_setclock(&a, clocks[i]) == 0 && pthread_cond_init(&c, &a) == 0);
		struct timespec soon = in_msec(clocks[i], 20), past = in_msec(clocks[i], -20);
		long long before = now_msec();

		MUST(pthread_mutex_lock(&mutex) == 0 && pthread_cond_timedwait(&c, &mutex, &past) == ETIMEDOUT);
		MUST(pthread_cond_timedwait(&c, &mutex, &soon) == ETIMEDOUT && now_msec() - before >= 19 && now_msec() - before < 200);
		MUST(pthread_mutex_unlock(&mutex) == 0 && pthread_cond_destroy(&c) == 0 && pthread_condattr_destroy(&a) == 0);
	}
	return 0;
}

static int who_is_told_in_time_is_not_late(void)
{
	static const int priority[] = { 10 };
	struct timespec late = in_msec(CLOCK_REALTIME, 500);
	pthread_t t;

	MUST(pthread_mutex_lock(&mutex) == 0 && start_waiters(&t, priority, 1));
	passes = 1;
	MUST(pthread_cond_timedwait(&cond, &mutex, &late) == ETIMEDOUT && got == 1);	/* the mutex was free meanwhile */
	MUST(pthread_mutex_unlock(&mutex) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int a_time_that_is_none_is_refused(void)
{
	struct timespec much = NO_FRACTION, negative = NEGATIVE_FRACTION;

	MUST(pthread_mutex_lock(&mutex) == 0);
	MUST(pthread_cond_timedwait(&cond, &mutex, &much) == EINVAL && pthread_cond_timedwait(&cond, &mutex, &negative) == EINVAL);
	MUST(pthread_mutex_unlock(&mutex) == 0);
	return 0;
}

static int who_has_not_the_mutex_does_not_wait(void)
{
	struct timespec soon = in_msec(CLOCK_REALTIME, 10);

	MUST(pthread_cond_wait(&cond, &mutex) == EPERM && pthread_cond_timedwait(&cond, &mutex, &soon) == EPERM);
	return 0;
}

static int all_wait_with_one_mutex(void)
{
	static const int priority[] = { 10 };
	pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
	pthread_t t;

	MUST(start_waiters(&t, priority, 1) && pthread_mutex_lock(&other) == 0 && pthread_cond_wait(&cond, &other) == EINVAL);
	MUST(pthread_mutex_lock(&mutex) == 0);
	passes = 1;
	MUST(pthread_cond_signal(&cond) == 0 && pthread_mutex_unlock(&mutex) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int what_is_waited_for_is_not_destroyed(void)
{
	static const int priority[] = { 10 };
	pthread_t t;

	MUST(start_waiters(&t, priority, 1) && pthread_cond_destroy(&cond) == EBUSY);
	MUST(pthread_mutex_lock(&mutex) == 0);
	passes = 1;
	MUST(pthread_cond_signal(&cond) == 0 && pthread_mutex_unlock(&mutex) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int a_destroyed_one_is_none(void)
{
	pthread_cond_t c;
	struct timespec soon = in_msec(CLOCK_REALTIME, 10);

	MUST(pthread_cond_init(&c, NULL) == 0 && pthread_cond_destroy(&c) == 0 && pthread_cond_destroy(&c) == EINVAL);
	MUST(pthread_cond_signal(&c) == EINVAL && pthread_cond_broadcast(&c) == EINVAL && pthread_mutex_lock(&mutex) == 0);
	MUST(pthread_cond_wait(&c, &mutex) == EINVAL && pthread_cond_timedwait(&c, &mutex, &soon) == EINVAL);
	MUST(pthread_mutex_unlock(&mutex) == 0 && pthread_cond_init(&c, NULL) == 0 && pthread_cond_destroy(&c) == 0);
	return 0;
}

static void unlock(void *m)
{
	cleaned = pthread_mutex_unlock(m) == 0 ? 1 : -1;
}

static void *wait_to_be_cancelled(void *argument)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;)
		pthread_cond_wait(&cond, &mutex);
	pthread_cleanup_pop(1);
	return argument;
}

static int who_is_cancelled_has_the_mutex_again(void)
{
	pthread_t t;
	void *result;

	cleaned = 0;
	MUST(start_at(&t, CEILING, wait_to_be_cancelled, NULL) == 0 && pthread_mutex_lock(&mutex) == 0 && pthread_cancel(t) == 0 && cleaned == 0);
	MUST(pthread_mutex_unlock(&mutex) == 0 && pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED && cleaned == 1);
	MUST(pthread_cond_destroy(&cond) == 0 && pthread_cond_init(&cond, NULL) == 0);
	return 0;
}

static int a_recursive_mutex_comes_back_as_it_was(void)
{
	pthread_mutex_t m;
	pthread_mutexattr_t a;
	struct timespec soon = in_msec(CLOCK_REALTIME, 5);

	MUST(pthread_mutexattr_init(&a) == 0 && pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE) == 0 && pthread_mutex_init(&m, &a) == 0);
	MUST(pthread_mutex_lock(&m) == 0 && pthread_mutex_lock(&m) == 0 && pthread_cond_timedwait(&cond, &m, &soon) == ETIMEDOUT);
	MUST(pthread_mutex_unlock(&m) == 0 && pthread_mutex_unlock(&m) == 0 && pthread_mutex_unlock(&m) == EPERM);
	return 0;
}

static int attributes_are_kept_and_have_their_values(void)
{
	pthread_condattr_t a;
	clockid_t clock;

	MUST(pthread_condattr_init(&a) == 0 && pthread_condattr_getclock(&a, &clock) == 0 && clock == CLOCK_REALTIME);
	MUST(pthread_condattr_setclock(&a, CLOCK_MONOTONIC) == 0 && pthread_condattr_getclock(&a, &clock) == 0 && clock == CLOCK_MONOTONIC);
	MUST(pthread_condattr_setclock(&a, 77) == EINVAL && pthread_condattr_destroy(&a) == 0 && pthread_condattr_destroy(&a) == EINVAL);
	MUST(pthread_condattr_setclock(&a, CLOCK_MONOTONIC) == EINVAL && pthread_condattr_getclock(&a, &clock) == EINVAL);
	MUST(pthread_cond_init(&cond, &a) == EINVAL);
	return 0;
}

const struct row cond_rows[] = {
	ROW(pthread_cond_init, "success", a_deadline_is_of_the_variables_clock),
	ROW(pthread_cond_init, "EINVAL", attributes_are_kept_and_have_their_values),
	ROW(pthread_cond_destroy, "success", a_destroyed_one_is_none),
	ROW(pthread_cond_destroy, "EBUSY", what_is_waited_for_is_not_destroyed),
	ROW(pthread_cond_destroy, "EINVAL", a_destroyed_one_is_none),
	ROW(pthread_cond_wait, "success", a_signal_wakes_the_first_by_priority),
	ROW(pthread_cond_wait, "cancelled", who_is_cancelled_has_the_mutex_again),
	ROW(pthread_cond_wait, "EPERM", who_has_not_the_mutex_does_not_wait),
	ROW(pthread_cond_wait, "EINVAL", all_wait_with_one_mutex),
	ROW(pthread_cond_wait, "recursive", a_recursive_mutex_comes_back_as_it_was),
	ROW(pthread_cond_timedwait, "success", who_is_told_in_time_is_not_late),
	ROW(pthread_cond_timedwait, "ETIMEDOUT", a_deadline_is_of_the_variables_clock),
	ROW(pthread_cond_timedwait, "EINVAL", a_time_that_is_none_is_refused),
	ROW(pthread_cond_timedwait, "EPERM", who_has_not_the_mutex_does_not_wait),
	ROW(pthread_cond_signal, "success", a_signal_wakes_the_first_by_priority),
	ROW(pthread_cond_signal, "nobody", nobody_waiting_hears_nothing),
	ROW(pthread_cond_signal, "EINVAL", a_destroyed_one_is_none),
	ROW(pthread_cond_broadcast, "success", a_broadcast_wakes_all),
	ROW(pthread_cond_broadcast, "EINVAL", a_destroyed_one_is_none),
	ROW(pthread_condattr_init, "success", attributes_are_kept_and_have_their_values),
	ROW(pthread_condattr_destroy, "success", attributes_are_kept_and_have_their_values),
	ROW(pthread_condattr_destroy, "EINVAL", attributes_are_kept_and_have_their_values),
	ROW(pthread_condattr_setclock, "success", attributes_are_kept_and_have_their_values),
	ROW(pthread_condattr_setclock, "EINVAL", attributes_are_kept_and_have_their_values),
	ROW(pthread_condattr_getclock, "success", attributes_are_kept_and_have_their_values),
	ROW(pthread_condattr_getclock, "EINVAL", attributes_are_kept_and_have_their_values),
	ROWS_END
};
