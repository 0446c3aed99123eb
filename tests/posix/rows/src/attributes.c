/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <sched.h>

#include "rows.h"

static void *nothing(void *argument)
{
	return argument;
}

static int attributes_that_were_destroyed_are_none(void)
{
	pthread_t t;
	pthread_attr_t a;
	struct sched_param p;
	void *low;
	size_t size;
	int value;

	MUST(pthread_attr_init(&a) == 0 && pthread_attr_destroy(&a) == 0);
	MUST(pthread_attr_destroy(&a) == EINVAL && pthread_create(&t, &a, nothing, NULL) == EINVAL);
	MUST(pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED) == EINVAL && pthread_attr_getdetachstate(&a, &value) == EINVAL);
	MUST(pthread_attr_getinheritsched(&a, &value) == EINVAL && pthread_attr_getschedpolicy(&a, &value) == EINVAL && pthread_attr_getscope(&a, &value) == EINVAL);
	MUST(pthread_attr_getguardsize(&a, &size) == EINVAL && pthread_attr_getstacksize(&a, &size) == EINVAL && pthread_attr_getstack(&a, &low, &size) == EINVAL);
	MUST(pthread_attr_getschedparam(&a, &p) == EINVAL);
	return 0;
}

static int each_attribute_is_kept(void)
{
	static uint64_t stack[PTHREAD_STACK_MIN / 8];
	pthread_attr_t a;
	struct sched_param p;
	void *low;
	size_t size;
	int value;

	MUST(pthread_attr_init(&a) == 0);
	MUST(pthread_attr_getdetachstate(&a, &value) == 0 && value == PTHREAD_CREATE_JOINABLE);
	MUST(pthread_attr_getinheritsched(&a, &value) == 0 && value == PTHREAD_INHERIT_SCHED);
	MUST(pthread_attr_getscope(&a, &value) == 0 && value == PTHREAD_SCOPE_SYSTEM);
	MUST(pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED) == 0);
	MUST(pthread_attr_getdetachstate(&a, &value) == 0 && value == PTHREAD_CREATE_DETACHED);
	MUST(pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED) == 0);
	MUST(pthread_attr_getinheritsched(&a, &value) == 0 && value == PTHREAD_EXPLICIT_SCHED);
	MUST(pthread_attr_setschedpolicy(&a, SCHED_RR) == 0 && pthread_attr_getschedpolicy(&a, &value) == 0 && value == SCHED_RR);
	p.sched_priority = 11;
	MUST(pthread_attr_setschedparam(&a, &p) == 0);
	p.sched_priority = 0;
	MUST(pthread_attr_getschedparam(&a, &p) == 0 && p.sched_priority == 11);
	MUST(pthread_attr_setstacksize(&a, 3000) == 0 && pthread_attr_getstacksize(&a, &size) == 0 && size == 3000);
	MUST(pthread_attr_setguardsize(&a, 64) == 0 && pthread_attr_getguardsize(&a, &size) == 0 && size == 64);
	MUST(pthread_attr_setstack(&a, stack, sizeof(stack)) == 0);
	MUST(pthread_attr_getstack(&a, &low, &size) == 0 && low == stack && size == sizeof(stack));
	MUST(pthread_attr_setscope(&a, PTHREAD_SCOPE_SYSTEM) == 0 && pthread_attr_destroy(&a) == 0);
	return 0;
}

static int attributes_have_their_values(void)
{
	static uint64_t stack[PTHREAD_STACK_MIN / 8];
	pthread_attr_t a;
	struct sched_param p = { .sched_priority = 32 };

	MUST(pthread_attr_init(&a) == 0);
	MUST(pthread_attr_setdetachstate(&a, 2) == EINVAL && pthread_attr_setinheritsched(&a, -1) == EINVAL);
	MUST(pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN - 1) == EINVAL);
	MUST(pthread_attr_setstack(&a, stack, sizeof(stack) - 8) == EINVAL && pthread_attr_setstack(&a, (char *)stack + 1, sizeof(stack)) == EINVAL);
	MUST(pthread_attr_setstack(&a, (void *)8, sizeof(stack)) == EACCES && pthread_attr_setstack(&a, stack, (size_t)1 << 30) == EACCES);
	MUST(pthread_attr_setguardsize(&a, (size_t)1 << 31) == EINVAL);
	MUST(pthread_attr_setschedparam(&a, &p) == EINVAL && pthread_attr_setscope(&a, 7) == EINVAL);
	p.sched_priority = -1;
	MUST(pthread_attr_setschedparam(&a, &p) == EINVAL);
	return 0;
}

static int what_is_not_supported_is_said(void)
{
	pthread_attr_t a;

	MUST(pthread_attr_init(&a) == 0);
	MUST(pthread_attr_setscope(&a, PTHREAD_SCOPE_PROCESS) == ENOTSUP);
	MUST(pthread_attr_setschedpolicy(&a, 99) == EINVAL);
	return 0;
}

const struct row attribute_rows[] = {
	ROW(pthread_create, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_init, "success", each_attribute_is_kept),
	ROW(pthread_attr_destroy, "success", each_attribute_is_kept),
	ROW(pthread_attr_destroy, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_setdetachstate, "success", each_attribute_is_kept),
	ROW(pthread_attr_setdetachstate, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_getdetachstate, "success", each_attribute_is_kept),
	ROW(pthread_attr_setinheritsched, "success", each_attribute_is_kept),
	ROW(pthread_attr_setinheritsched, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_getinheritsched, "success", each_attribute_is_kept),
	ROW(pthread_attr_setschedpolicy, "success", each_attribute_is_kept),
	ROW(pthread_attr_setschedpolicy, "EINVAL", what_is_not_supported_is_said),
	ROW(pthread_attr_getschedpolicy, "success", each_attribute_is_kept),
	ROW(pthread_attr_setschedparam, "success", each_attribute_is_kept),
	ROW(pthread_attr_setschedparam, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_getschedparam, "success", each_attribute_is_kept),
	ROW(pthread_attr_setscope, "success", each_attribute_is_kept),
	ROW(pthread_attr_setscope, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_setscope, "ENOTSUP", what_is_not_supported_is_said),
	ROW(pthread_attr_getscope, "success", each_attribute_is_kept),
	ROW(pthread_attr_setstacksize, "success", each_attribute_is_kept),
	ROW(pthread_attr_setstacksize, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_getstacksize, "success", each_attribute_is_kept),
	ROW(pthread_attr_setstack, "success", each_attribute_is_kept),
	ROW(pthread_attr_setstack, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_setstack, "EACCES", attributes_have_their_values),
	ROW(pthread_attr_setguardsize, "EINVAL", attributes_have_their_values),
	ROW(pthread_attr_getdetachstate, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getinheritsched, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getschedpolicy, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getschedparam, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getscope, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getstacksize, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getstack, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getguardsize, "EINVAL", attributes_that_were_destroyed_are_none),
	ROW(pthread_attr_getstack, "success", each_attribute_is_kept),
	ROW(pthread_attr_setguardsize, "success", each_attribute_is_kept),
	ROW(pthread_attr_getguardsize, "success", each_attribute_is_kept),
	ROWS_END
};
