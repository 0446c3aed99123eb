/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <sched.h>
#include <stdlib.h>

#include "rows.h"

static void *give_back(void *argument)
{
	return argument;
}

static void *nap(void *argument)
{
	sleep_msec(20);
	return argument;
}

static int a_thread_runs_and_gives_its_result(void)
{
	pthread_t t;
	void *result = NULL;

	MUST(pthread_create(&t, NULL, give_back, &t) == 0);
	MUST(pthread_join(t, &result) == 0 && result == &t);
	MUST(pthread_create(&t, NULL, nap, &result) == 0);
	MUST(pthread_join(t, &result) == 0 && result == &result);
	MUST(pthread_create(&t, NULL, nap, NULL) == 0);
	MUST(pthread_join(t, NULL) == 0);
	return 0;
}

static int a_thread_is_joined_once(void)
{
	pthread_t t;

	MUST(pthread_create(&t, NULL, give_back, NULL) == 0);
	MUST(pthread_join(t, NULL) == 0);
	MUST(pthread_join(t, NULL) == ESRCH);
	MUST(pthread_detach(t) == ESRCH);
	MUST(pthread_cancel(t) == ESRCH);
	return 0;
}

static int ids_are_not_given_again(void)
{
	pthread_t first, t;

	MUST(pthread_create(&first, NULL, give_back, NULL) == 0 && pthread_join(first, NULL) == 0);
	for (int i = 0; i < 100; i++) {
		MUST(pthread_create(&t, NULL, give_back, NULL) == 0);
		MUST(!pthread_equal(first, t) && pthread_join(first, NULL) == ESRCH);
		MUST(pthread_join(t, NULL) == 0);
	}
	return 0;
}

static int nobody_joins_itself(void)
{
	MUST(pthread_join(pthread_self(), NULL) == EDEADLK);
	return 0;
}

static void *join_it(void *thread)
{
	return (void *)(intptr_t)pthread_join(*(pthread_t *)thread, NULL);
}

static int two_do_not_join_each_other(void)
{
	pthread_t self = pthread_self(), t;

	MUST(start_at(&t, CEILING, join_it, &self) == 0);
	MUST(pthread_join(t, NULL) == EDEADLK);
	MUST(pthread_cancel(t) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int one_thread_joins_another(void)
{
	pthread_t t, second;
	void *result;

	MUST(pthread_create(&t, NULL, nap, NULL) == 0 && start_at(&second, CEILING, join_it, &t) == 0);
	MUST(pthread_join(t, NULL) == EINVAL);
	MUST(pthread_join(second, &result) == 0 && result == NULL);
	return 0;
}

static volatile bool over;

static void *nap_and_tell(void *argument)
{
	sleep_msec(5);
	over = true;
	return argument;
}

static int a_detached_thread_is_nobodys(void)
{
	pthread_t t;
	pthread_attr_t a;

	over = false;
	MUST(pthread_attr_init(&a) == 0 && pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED) == 0);
	MUST(pthread_create(&t, &a, nap_and_tell, NULL) == 0);
	MUST(pthread_join(t, NULL) == EINVAL && pthread_detach(t) == EINVAL);
	sleep_msec(20);
	MUST(over && pthread_join(t, NULL) == ESRCH);

	over = false;
	MUST(pthread_create(&t, NULL, nap_and_tell, NULL) == 0 && pthread_detach(t) == 0);
	MUST(pthread_detach(t) == EINVAL && pthread_join(t, NULL) == EINVAL);
	sleep_msec(20);
	MUST(over && pthread_detach(t) == ESRCH);

	MUST(pthread_create(&t, NULL, give_back, NULL) == 0);
	sleep_msec(5);
	MUST(pthread_detach(t) == 0 && pthread_join(t, NULL) == ESRCH);
	return 0;
}

/* More of them than the heap could hold at once. */
static int memory_of_ended_threads_comes_back(void)
{
	pthread_t t;

	for (int i = 0; i < 60; i++) {
		MUST(pthread_create(&t, NULL, give_back, NULL) == 0);
		if (i % 2)
			MUST(pthread_detach(t) == 0);
		else
			MUST(pthread_join(t, NULL) == 0);
		sleep_msec(1);
	}
	return 0;
}

static int what_the_heap_cannot_hold_is_not_started(void)
{
	pthread_t t = 7, many[64];
	pthread_attr_t a;
	int count = 0, rc = 0;

	MUST(pthread_attr_init(&a) == 0 && pthread_attr_setstacksize(&a, 1024 * 1024) == 0);
	MUST(pthread_create(&t, &a, give_back, NULL) == EAGAIN && t == 7);
	MUST(pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN) == 0);
	while (count < 64 && (rc = pthread_create(&many[count], &a, nap, NULL)) == 0)
		count++;
	for (int i = 0; i < count; i++)
		MUST(pthread_join(many[i], NULL) == 0);
	MUST(rc == EAGAIN && count > 3);
	MUST(pthread_create(&t, NULL, give_back, NULL) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static void *where(void *argument)
{
	char here;

	*(uintptr_t *)argument = (uintptr_t)&here;
	return NULL;
}

/* On the PC threads run on stacks of the simulation's; there it is enough that the thread runs. */
static int a_thread_runs_on_the_stack_it_is_given(void)
{
	static uint64_t stack[2 * PTHREAD_STACK_MIN / 8];
	pthread_attr_t a;
	pthread_t t;
	uintptr_t at = 0, low = (uintptr_t)stack;

	MUST(pthread_attr_init(&a) == 0 && pthread_attr_setstack(&a, stack, sizeof(stack)) == 0);
	for (int i = 0; i < 3; i++) {
		MUST(pthread_create(&t, &a, where, &at) == 0 && pthread_join(t, NULL) == 0);
		memset(stack, 0xff, sizeof(stack));
	}
#ifdef __arm__
	MUST(at > low && at < low + sizeof(stack));
#else
	MUST(at != low);
#endif
	return 0;
}

static int the_smallest_stack_is_enough(void)
{
	pthread_attr_t a;
	pthread_t t;

	MUST(pthread_attr_init(&a) == 0 && pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN) == 0);
	MUST(pthread_create(&t, &a, nap, NULL) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int a_priority_above_the_ceiling_is_not_granted(void)
{
	struct sched_param p = { .sched_priority = CEILING + 1 };
	pthread_t t;

	MUST(start_at(&t, CEILING + 1, give_back, NULL) == EPERM);
	MUST(pthread_setschedparam(pthread_self(), SCHED_FIFO, &p) == EPERM && pthread_setschedprio(pthread_self(), CEILING + 1) == EPERM);
	MUST(start_at(&t, CEILING, give_back, NULL) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int order[4], ran;

static void *note(void *argument)
{
	order[ran++] = (int)(intptr_t)argument;
	return NULL;
}

static int threads_run_by_their_priority(void)
{
	pthread_t t[3];

	ran = 0;
	MUST(start_at(&t[0], MAIN_PRIORITY - 2, note, (void *)1) == 0);
	MUST(start_at(&t[1], MAIN_PRIORITY - 1, note, (void *)2) == 0);
	MUST(ran == 0 && start_at(&t[2], MAIN_PRIORITY + 1, note, (void *)3) == 0 && ran == 1);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(order[0] == 3 && order[1] == 2 && order[2] == 1);
	return 0;
}

static int priority_and_policy_are_kept(void)
{
	struct sched_param p;
	pthread_t self = pthread_self();
	int policy;

	MUST(pthread_getschedparam(self, &policy, &p) == 0 && p.sched_priority == MAIN_PRIORITY);
	p.sched_priority = 12;
	MUST(pthread_setschedparam(self, SCHED_RR, &p) == 0 && pthread_setschedprio(self, 13) == 0);
	MUST(pthread_getschedparam(self, &policy, &p) == 0 && p.sched_priority == 13 && policy == SCHED_RR);
	p.sched_priority = MAIN_PRIORITY;
	MUST(pthread_setschedparam(self, SCHED_OTHER, &p) == 0);
	p.sched_priority = 0;
	MUST(pthread_setschedparam(self, SCHED_FIFO, &p) == EINVAL && pthread_setschedparam(self, 99, &p) == EINVAL);
	MUST(pthread_setschedprio(self, 32) == EINVAL && pthread_setschedprio(self, 0) == EINVAL);
	return 0;
}

static volatile bool raised;

static void *raise_itself(void *argument)
{
	struct sched_param p = { .sched_priority = MAIN_PRIORITY + 2 };

	raised = pthread_setschedparam(pthread_self(), SCHED_FIFO, &p) == 0;
	return argument;
}

/* Who raises its priority does not lose its turn meanwhile. */
static int who_is_raised_goes_on(void)
{
	pthread_t t;

	raised = false;
	MUST(pthread_create(&t, NULL, raise_itself, NULL) == 0);
	for (int i = 0; i < 10 && !raised; i++)
		sched_yield();
	MUST(raised && pthread_join(t, NULL) == 0);
	return 0;
}

static int a_thread_that_ended_has_no_priority(void)
{
	struct sched_param p = { .sched_priority = 5 };
	pthread_t t;
	int policy;

	MUST(pthread_create(&t, NULL, give_back, NULL) == 0 && pthread_join(t, NULL) == 0);
	MUST(pthread_setschedparam(t, SCHED_FIFO, &p) == ESRCH && pthread_getschedparam(t, &policy, &p) == ESRCH);
	MUST(pthread_setschedprio(t, 5) == ESRCH);
	return 0;
}

static void *who(void *argument)
{
	*(pthread_t *)argument = pthread_self();
	return NULL;
}

static int everybody_knows_who_it_is(void)
{
	pthread_t t, itself = 0;

	MUST(pthread_create(&t, NULL, who, &itself) == 0 && pthread_join(t, NULL) == 0);
	MUST(pthread_equal(t, itself) && !pthread_equal(t, pthread_self()) && pthread_equal(pthread_self(), pthread_self()));
	return 0;
}

static int *volatile errno_of_thread;

static void *set_errno(void *argument)
{
	errno = 99;
	errno_of_thread = &errno;
	return argument;
}

static int errno_is_each_threads_own(void)
{
	pthread_t t;

	errno = 5;
	MUST(pthread_create(&t, NULL, set_errno, NULL) == 0 && pthread_join(t, NULL) == 0 && errno == 5);
	return 0;
}

static int handlers_of_fork_are_accepted(void)
{
	MUST(pthread_atfork(NULL, NULL, NULL) == 0);
	return 0;
}

static void *exit_with(void *argument)
{
	pthread_exit(argument);
}

static int an_exit_gives_the_result(void)
{
	pthread_t t;
	void *result;

	MUST(pthread_create(&t, NULL, exit_with, &result) == 0 && pthread_join(t, &result) == 0 && result == &result);
	return 0;
}

const struct row thread_rows[] = {
	/* First: nobody has asked for main's priority yet. */
	ROW(pthread_setschedparam, "raised", who_is_raised_goes_on),
	ROW(pthread_create, "success", a_thread_runs_and_gives_its_result),
	ROW(pthread_create, "stack", a_thread_runs_on_the_stack_it_is_given),
	ROW(pthread_create, "stack-min", the_smallest_stack_is_enough),
	ROW(pthread_create, "priority", threads_run_by_their_priority),
	ROW(pthread_create, "EAGAIN", what_the_heap_cannot_hold_is_not_started),
	ROW(pthread_create, "EPERM", a_priority_above_the_ceiling_is_not_granted),
	ROW(pthread_create, "errno", errno_is_each_threads_own),
	ROW(pthread_join, "success", a_thread_runs_and_gives_its_result),
	ROW(pthread_join, "memory", memory_of_ended_threads_comes_back),
	ROW(pthread_join, "ESRCH", a_thread_is_joined_once),
	ROW(pthread_join, "ESRCH-later", ids_are_not_given_again),
	ROW(pthread_join, "EDEADLK", nobody_joins_itself),
	ROW(pthread_join, "EDEADLK-both", two_do_not_join_each_other),
	ROW(pthread_join, "EINVAL", one_thread_joins_another),
	ROW(pthread_detach, "success", a_detached_thread_is_nobodys),
	ROW(pthread_detach, "EINVAL", a_detached_thread_is_nobodys),
	ROW(pthread_detach, "ESRCH", a_thread_is_joined_once),
	ROW(pthread_exit, "success", an_exit_gives_the_result),
	ROW(pthread_self, "success", everybody_knows_who_it_is),
	ROW(pthread_equal, "success", everybody_knows_who_it_is),
	ROW(pthread_atfork, "success", handlers_of_fork_are_accepted),
	ROW(pthread_setschedparam, "success", priority_and_policy_are_kept),
	ROW(pthread_setschedparam, "EINVAL", priority_and_policy_are_kept),
	ROW(pthread_setschedparam, "EPERM", a_priority_above_the_ceiling_is_not_granted),
	ROW(pthread_setschedparam, "ESRCH", a_thread_that_ended_has_no_priority),
	ROW(pthread_getschedparam, "success", priority_and_policy_are_kept),
	ROW(pthread_getschedparam, "ESRCH", a_thread_that_ended_has_no_priority),
	ROW(pthread_setschedprio, "success", priority_and_policy_are_kept),
	ROW(pthread_setschedprio, "EINVAL", priority_and_policy_are_kept),
	ROW(pthread_setschedprio, "EPERM", a_priority_above_the_ceiling_is_not_granted),
	ROW(pthread_setschedprio, "ESRCH", a_thread_that_ended_has_no_priority),
	ROWS_END
};
