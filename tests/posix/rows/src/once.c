/* SPDX-License-Identifier: Apache-2.0 */
/* What is done once for all threads, and values that each thread has of its own. */
#include <limits.h>
#include <stdlib.h>

#include "rows.h"

static int times;
static pthread_once_t once = PTHREAD_ONCE_INIT, cancelled_once = PTHREAD_ONCE_INIT;

static void count_slowly(void)
{
	sleep_msec(5);
	times++;
}

static void *call_once(void *argument)
{
	(void)argument;
	pthread_once(&once, count_slowly);
	return (void *)(intptr_t)times;
}

static int once_is_once(void)
{
	pthread_t t[3];
	void *seen;

	times = 0;
	once = (pthread_once_t)PTHREAD_ONCE_INIT;
	for (int i = 0; i < 3; i++)
		MUST(pthread_create(&t[i], NULL, call_once, NULL) == 0);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], &seen) == 0 && (intptr_t)seen == 1);
	MUST(pthread_once(&once, count_slowly) == 0 && times == 1);
	return 0;
}

static void wait_for_the_end(void)
{
	times++;
	if (times == 1)
		sleep_msec(1000);
}

static void *be_cancelled_in_once(void *argument)
{
	pthread_once(&cancelled_once, wait_for_the_end);
	return argument;
}

static int once_was_not_when_it_was_cancelled(void)
{
	pthread_t t;
	void *result;

	times = 0;
	cancelled_once = (pthread_once_t)PTHREAD_ONCE_INIT;
	MUST(start_at(&t, CEILING, be_cancelled_in_once, NULL) == 0 && times == 1 && pthread_cancel(t) == 0);
	MUST(pthread_once(&cancelled_once, wait_for_the_end) == 0 && times == 2);
	MUST(pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED);
	return 0;
}

static int a_control_that_is_none_is_refused(void)
{
	pthread_once_t none;

	memset(&none, 0xee, sizeof(none));
	MUST(pthread_once(&none, count_slowly) == EINVAL);
	return 0;
}

static pthread_key_t key, other_key;
static int destroyed;

static void destroy(void *value)
{
	destroyed++;
	if (value == &key && destroyed < 3)
		pthread_setspecific(key, &key);
}

static void *use_key(void *value)
{
	if (pthread_getspecific(key))
		return &key;
	return pthread_setspecific(key, value) ? &other_key : NULL;
}

static int values_are_each_threads_own(void)
{
	pthread_t t;
	void *result;

	destroyed = 0;
	MUST(pthread_key_create(&key, destroy) == 0 && pthread_key_create(&other_key, NULL) == 0);
	MUST(pthread_getspecific(key) == NULL && pthread_setspecific(key, &once) == 0 && pthread_getspecific(key) == &once);
	MUST(pthread_create(&t, NULL, use_key, &times) == 0 && pthread_join(t, &result) == 0 && result == NULL && destroyed == 1);
	MUST(pthread_getspecific(key) == &once && pthread_getspecific(other_key) == NULL);
	MUST(pthread_key_delete(other_key) == 0 && pthread_key_delete(key) == 0 && destroyed == 1);
	return 0;
}

static int destructors_are_called_again_while_values_come(void)
{
	pthread_t t;

	destroyed = 0;
	MUST(pthread_key_create(&key, destroy) == 0);
	MUST(pthread_create(&t, NULL, use_key, &key) == 0 && pthread_join(t, NULL) == 0 && destroyed == 3);
	MUST(pthread_key_delete(key) == 0);
	return 0;
}

static int keys_end(void)
{
	static pthread_key_t many[PTHREAD_KEYS_MAX];
	pthread_key_t more;
	int count = 0;

	while (count < PTHREAD_KEYS_MAX && pthread_key_create(&many[count], NULL) == 0)
		count++;
	MUST(count == PTHREAD_KEYS_MAX && pthread_key_create(&more, NULL) == EAGAIN);
	while (count)
		MUST(pthread_key_delete(many[--count]) == 0);
	return 0;
}

static int a_key_that_is_none_has_no_value(void)
{
	MUST(pthread_key_create(&key, NULL) == 0 && pthread_setspecific(key, &key) == 0 && pthread_key_delete(key) == 0);
	MUST(pthread_key_delete(key) == EINVAL && pthread_setspecific(key, &key) == EINVAL);
	return 0;
}

const struct row once_rows[] = {
	ROW(pthread_once, "success", once_is_once),
	ROW(pthread_once, "cancelled", once_was_not_when_it_was_cancelled),
	ROW(pthread_once, "EINVAL", a_control_that_is_none_is_refused),
	ROW(pthread_key_create, "success", values_are_each_threads_own),
	ROW(pthread_key_create, "again", destructors_are_called_again_while_values_come),
	ROW(pthread_key_create, "EAGAIN", keys_end),
	ROW(pthread_key_delete, "success", values_are_each_threads_own),
	ROW(pthread_key_delete, "EINVAL", a_key_that_is_none_has_no_value),
	ROW(pthread_setspecific, "success", values_are_each_threads_own),
	ROW(pthread_setspecific, "EINVAL", a_key_that_is_none_has_no_value),
	ROW(pthread_getspecific, "success", values_are_each_threads_own),
	ROWS_END
};
