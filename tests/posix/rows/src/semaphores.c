/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <semaphore.h>

#include "rows.h"

static sem_t sem;
static int order[4], got;

/* -1 and this errno. */
#define FAILS(call, error) MUST((errno = 0, (call) == -1) && errno == (error))

static void *wait_and_note(void *argument)
{
	if (sem_wait(&sem) == 0)
		order[got++] = (int)(intptr_t)argument;
	return NULL;
}

static int it_is_taken_as_often_as_it_was_posted(void)
{
	int value = -1;

	MUST(sem_init(&sem, 0, 2) == 0 && sem_wait(&sem) == 0 && sem_trywait(&sem) == 0);
	MUST(sem_getvalue(&sem, &value) == 0 && value == 0);
	FAILS(sem_trywait(&sem), EAGAIN);
	MUST(sem_post(&sem) == 0 && sem_post(&sem) == 0 && sem_getvalue(&sem, &value) == 0 && value == 2 && sem_destroy(&sem) == 0);
	return 0;
}

static int waiters_get_it_by_priority(void)
{
	static const int priority[] = { 10, 12, 11 };
	pthread_t t[3];
	int value;

	got = 0;
	MUST(sem_init(&sem, 0, 0) == 0);
	for (int i = 0; i < 3; i++)
		MUST(start_at(&t[i], priority[i], wait_and_note, (void *)(intptr_t)i) == 0);
	MUST(sem_getvalue(&sem, &value) == 0 && value == 0);
	for (int i = 0; i < 3; i++)
		MUST(got == i && sem_post(&sem) == 0 && got == i + 1);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(order[0] == 1 && order[1] == 2 && order[2] == 0 && sem_destroy(&sem) == 0);
	return 0;
}

static int who_waits_too_long_is_told(void)
{
	struct timespec past = in_msec(CLOCK_REALTIME, -10), soon = in_msec(CLOCK_REALTIME, 20), much = NO_FRACTION, negative = NEGATIVE_FRACTION;
	long long before = now_msec();

	MUST(sem_init(&sem, 0, 2) == 0 && sem_timedwait(&sem, &past) == 0 && sem_timedwait(&sem, &much) == 0);
	FAILS(sem_timedwait(&sem, &past), ETIMEDOUT);
	FAILS(sem_timedwait(&sem, &soon), ETIMEDOUT);
	MUST(now_msec() - before >= 19);
	FAILS(sem_timedwait(&sem, &much), EINVAL);
	FAILS(sem_timedwait(&sem, &negative), EINVAL);
	MUST(sem_post(&sem) == 0 && sem_trywait(&sem) == 0);
	return 0;
}

static int values_have_their_end(void)
{
	FAILS(sem_init(&sem, 0, SEM_VALUE_MAX + 1u), EINVAL);
	MUST(sem_init(&sem, 0, SEM_VALUE_MAX) == 0);
	FAILS(sem_post(&sem), EOVERFLOW);
	MUST(sem_wait(&sem) == 0 && sem_post(&sem) == 0);
	return 0;
}

static int what_is_waited_for_is_not_destroyed(void)
{
	pthread_t t;

	MUST(sem_init(&sem, 0, 0) == 0 && start_at(&t, CEILING, wait_and_note, NULL) == 0);
	got = 0;
	FAILS(sem_destroy(&sem), EBUSY);
	MUST(sem_post(&sem) == 0 && pthread_join(t, NULL) == 0 && sem_destroy(&sem) == 0);
	return 0;
}

static int what_is_no_semaphore_is_refused(void)
{
	struct timespec soon = in_msec(CLOCK_REALTIME, 10);
	int value;

	MUST(sem_init(&sem, 0, 1) == 0 && sem_destroy(&sem) == 0);
	FAILS(sem_destroy(&sem), EINVAL);
	FAILS(sem_wait(&sem), EINVAL);
	FAILS(sem_trywait(&sem), EINVAL);
	FAILS(sem_timedwait(&sem, &soon), EINVAL);
	FAILS(sem_post(&sem), EINVAL);
	FAILS(sem_getvalue(&sem, &value), EINVAL);
	FAILS(sem_close(&sem), EINVAL);
	return 0;
}

static int who_waits_is_cancelled(void)
{
	pthread_t t;
	void *result;

	got = 0;
	MUST(sem_init(&sem, 0, 0) == 0 && start_at(&t, CEILING, wait_and_note, NULL) == 0 && pthread_cancel(t) == 0);
	MUST(pthread_join(t, &result) == 0 && result == PTHREAD_CANCELED && got == 0);
	MUST(sem_post(&sem) == 0 && sem_trywait(&sem) == 0 && sem_destroy(&sem) == 0);
	return 0;
}

static int one_name_is_one_semaphore(void)
{
	sem_t *a = sem_open("/gate", O_CREAT | O_EXCL, 0600, 1u), *b = sem_open("/gate", 0), *c;

	MUST(a != SEM_FAILED && a == b && sem_wait(a) == 0 && sem_trywait(b) == -1 && sem_post(b) == 0);
	MUST(sem_open("/gate", O_CREAT, 0600, 9u) == a && sem_close(a) == 0 && sem_close(a) == 0 && sem_unlink("/gate") == 0);
	c = sem_open("gate", O_CREAT, 0600, 0u);
	MUST(sem_open("/gate", 0) == c && sem_close(c) == 0);
	MUST(c != SEM_FAILED && c != a && sem_trywait(a) == 0 && sem_close(a) == 0 && sem_close(c) == 0 && sem_unlink("/gate") == 0);
	return 0;
}

static int names_that_are_none_are_refused(void)
{
	char name[300];

	memset(name, 'n', sizeof(name));
	name[0] = '/';
	name[sizeof(name) - 1] = '\0';
	errno = 0;
	MUST(sem_open(name, O_CREAT, 0600, 1u) == SEM_FAILED && errno == ENAMETOOLONG);
	FAILS(sem_unlink(name), ENAMETOOLONG);
	FAILS(sem_unlink("/nobody"), ENOENT);
	MUST(sem_open("/nobody", 0) == SEM_FAILED && errno == ENOENT);
	MUST(sem_open("/", O_CREAT, 0600, 1u) == SEM_FAILED && errno == EINVAL && sem_open("", O_CREAT, 0600, 1u) == SEM_FAILED && errno == EINVAL);
	MUST(sem_open("/nobody", O_CREAT, 0600, SEM_VALUE_MAX + 1u) == SEM_FAILED && errno == EINVAL);
	MUST(sem_open("/one", O_CREAT, 0600, 1u) != SEM_FAILED);
	MUST(sem_open("/one", O_CREAT | O_EXCL, 0600, 1u) == SEM_FAILED && errno == EEXIST);
	MUST(sem_close(sem_open("/one", 0)) == 0 && sem_unlink("/one") == 0);
	return 0;
}

const struct row semaphore_rows[] = {
	ROW(sem_init, "success", it_is_taken_as_often_as_it_was_posted),
	ROW(sem_init, "EINVAL", values_have_their_end),
	ROW(sem_destroy, "success", it_is_taken_as_often_as_it_was_posted),
	ROW(sem_destroy, "EBUSY", what_is_waited_for_is_not_destroyed),
	ROW(sem_destroy, "EINVAL", what_is_no_semaphore_is_refused),
	ROW(sem_wait, "success", waiters_get_it_by_priority),
	ROW(sem_wait, "cancelled", who_waits_is_cancelled),
	ROW(sem_wait, "EINVAL", what_is_no_semaphore_is_refused),
	ROW(sem_trywait, "success", it_is_taken_as_often_as_it_was_posted),
	ROW(sem_trywait, "EAGAIN", it_is_taken_as_often_as_it_was_posted),
	ROW(sem_trywait, "EINVAL", what_is_no_semaphore_is_refused),
	ROW(sem_timedwait, "success", who_waits_too_long_is_told),
	ROW(sem_timedwait, "ETIMEDOUT", who_waits_too_long_is_told),
	ROW(sem_timedwait, "EINVAL", who_waits_too_long_is_told),
	ROW(sem_post, "success", waiters_get_it_by_priority),
	ROW(sem_post, "EOVERFLOW", values_have_their_end),
	ROW(sem_post, "EINVAL", what_is_no_semaphore_is_refused),
	ROW(sem_getvalue, "success", it_is_taken_as_often_as_it_was_posted),
	ROW(sem_getvalue, "EINVAL", what_is_no_semaphore_is_refused),
	ROW(sem_open, "success", one_name_is_one_semaphore),
	ROW(sem_open, "ENAMETOOLONG", names_that_are_none_are_refused),
	ROW(sem_open, "ENOENT", names_that_are_none_are_refused),
	ROW(sem_open, "EEXIST", names_that_are_none_are_refused),
	ROW(sem_open, "EINVAL", names_that_are_none_are_refused),
	ROW(sem_close, "success", one_name_is_one_semaphore),
	ROW(sem_close, "EINVAL", what_is_no_semaphore_is_refused),
	ROW(sem_unlink, "success", one_name_is_one_semaphore),
	ROW(sem_unlink, "ENOENT", names_that_are_none_are_refused),
	ROW(sem_unlink, "ENAMETOOLONG", names_that_are_none_are_refused),
	ROWS_END
};
