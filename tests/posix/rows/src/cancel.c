/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

static int cleaned, step;

static void clean(void *argument)
{
	cleaned = cleaned * 10 + (int)(intptr_t)argument;
}

static void *sleep_guarded(void *argument)
{
	pthread_cleanup_push(clean, (void *)1);
	pthread_cleanup_push(clean, (void *)2);
	sleep_msec(1000);
	step = 99;
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return argument;
}

static int a_sleeping_thread_is_cancelled(void)
{
	pthread_t t;
	void *result;
	long long before = now_msec();

	cleaned = step = 0;
	MUST(start_at(&t, CEILING, sleep_guarded, NULL) == 0 && pthread_cancel(t) == 0);
	MUST(pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED && cleaned == 21 && step == 0);
	MUST(now_msec() - before < 500);
	return 0;
}

static void *never_now(void *argument)
{
	int old = -1, oldtype = -1;

	if (pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old) || old != PTHREAD_CANCEL_ENABLE)
		return NULL;
	if (pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &oldtype) || oldtype != PTHREAD_CANCEL_DEFERRED)
		return NULL;
	step = 1;
	sleep_msec(10);
	pthread_testcancel();
	step = 2;
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	step = 3;
	pthread_testcancel();
	step = 4;
	return argument;
}

static int a_disabled_cancellation_waits(void)
{
	pthread_t t;
	void *result;

	step = 0;
	MUST(start_at(&t, CEILING, never_now, NULL) == 0 && step == 1 && pthread_cancel(t) == 0);
	MUST(pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED && step == 3);
	return 0;
}

static void *asynchronous(void *argument)
{
	int old;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	sleep_msec(10);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old);
	step = 1;
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
	step = 2;
	return argument;
}

static int an_asynchronous_one_ends_when_it_is_enabled(void)
{
	pthread_t t;
	void *result;

	step = 0;
	MUST(start_at(&t, CEILING, asynchronous, NULL) == 0 && pthread_cancel(t) == 0);
	MUST(pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED && step == 1);
	return 0;
}

static int states_have_their_values(void)
{
	int old = -1;

	MUST(pthread_setcancelstate(2, &old) == EINVAL && pthread_setcanceltype(2, &old) == EINVAL && old == -1);
	return 0;
}

static int who_has_ended_is_not_cancelled(void)
{
	pthread_t t;

	MUST(pthread_create(&t, NULL, asynchronous, NULL) == 0);
	sleep_msec(20);
	MUST(pthread_cancel(t) == 0);
	MUST(pthread_join(t, NULL) == 0 && pthread_cancel(t) == ESRCH);
	return 0;
}

static pthread_t sleeper;

static void *join_sleeper(void *argument)
{
	pthread_join(sleeper, NULL);
	return argument;
}

static int who_joins_is_cancelled_and_the_other_can_be_joined(void)
{
	pthread_t t;
	void *result;

	MUST(start_at(&sleeper, CEILING, sleep_guarded, NULL) == 0 && start_at(&t, CEILING, join_sleeper, NULL) == 0);
	MUST(pthread_cancel(t) == 0 && pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED);
	MUST(pthread_cancel(sleeper) == 0 && pthread_join(sleeper, &result) == 0 && result == PTHREAD_CANCELED);
	return 0;
}

static void *pop_both(void *argument)
{
	pthread_cleanup_push(clean, (void *)1);
	pthread_cleanup_push(clean, (void *)2);
	pthread_cleanup_pop(1);
	pthread_cleanup_push(clean, (void *)3);
	pthread_cleanup_pop(0);
	if (argument)
		pthread_exit(argument);
	pthread_cleanup_pop(0);
	return NULL;
}

static int handlers_are_called_when_popped_and_at_the_end(void)
{
	pthread_t t;

	cleaned = 0;
	MUST(pthread_create(&t, NULL, pop_both, NULL) == 0 && pthread_join(t, NULL) == 0 && cleaned == 2);
	cleaned = 0;
	MUST(pthread_create(&t, NULL, pop_both, &t) == 0 && pthread_join(t, NULL) == 0 && cleaned == 21);
	return 0;
}

static void sleep_in_handler(void *argument)
{
	sleep_msec(5);
	clean(argument);
}

static void *sleep_with_handlers(void *argument)
{
	pthread_cleanup_push(clean, (void *)1);
	pthread_cleanup_push(sleep_in_handler, (void *)2);
	sleep_msec(1000);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return argument;
}

/* Who is ending is not cancelled again by what its handlers wait for. */
static int a_handler_may_wait(void)
{
	pthread_t t;
	long long before = now_msec();

	cleaned = 0;
	MUST(start_at(&t, CEILING, sleep_with_handlers, NULL) == 0 && pthread_cancel(t) == 0 && pthread_join(t, NULL) == 0);
	MUST(cleaned == 21 && now_msec() - before >= 5);
	return 0;
}

const struct row cancel_rows[] = {
	ROW(pthread_cancel, "success", a_sleeping_thread_is_cancelled),
	ROW(pthread_cancel, "join", who_joins_is_cancelled_and_the_other_can_be_joined),
	ROW(pthread_cancel, "ESRCH", who_has_ended_is_not_cancelled),
	ROW(pthread_setcancelstate, "success", a_disabled_cancellation_waits),
	ROW(pthread_setcancelstate, "EINVAL", states_have_their_values),
	ROW(pthread_setcanceltype, "success", an_asynchronous_one_ends_when_it_is_enabled),
	ROW(pthread_setcanceltype, "EINVAL", states_have_their_values),
	ROW(pthread_testcancel, "success", a_disabled_cancellation_waits),
	ROW(pthread_cleanup_push, "success", handlers_are_called_when_popped_and_at_the_end),
	ROW(pthread_cleanup_pop, "success", handlers_are_called_when_popped_and_at_the_end),
	ROW(pthread_cancel, "handlers", a_handler_may_wait),
	ROWS_END
};
