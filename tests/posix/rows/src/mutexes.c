/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, other;
static int order[8], got;

static int make(pthread_mutex_t *m, int type, int protocol)
{
	pthread_mutexattr_t a;

	if (pthread_mutexattr_init(&a) || pthread_mutexattr_settype(&a, type) || pthread_mutexattr_setprotocol(&a, protocol))
		return -1;
	if (pthread_mutexattr_setprioceiling(&a, CEILING))
		return -1;
	return pthread_mutex_init(m, &a) || pthread_mutexattr_destroy(&a);
}

/* As another thread, at the highest priority: what a function says of a mutex. */
struct call { int (*function)(pthread_mutex_t *); pthread_mutex_t *mutex; };

static void *make_call(void *at)
{
	const struct call *c = at;

	return (void *)(intptr_t)c->function(c->mutex);
}

static int from_another_thread(int (*function)(pthread_mutex_t *), pthread_mutex_t *m)
{
	struct call c = { function, m };
	pthread_t t;
	void *result;

	if (start_at(&t, CEILING, make_call, &c) || pthread_join(t, &result))
		return -1;
	return (int)(intptr_t)result;
}

static void *lock_and_note(void *argument)
{
	pthread_mutex_lock(&mutex);
	order[got++] = (int)(intptr_t)argument;
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static int waiters_get_it_by_priority(void)
{
	static const int priority[] = { 10, 12, 11, 12, 9 };
	pthread_t t[5];

	got = 0;
	MUST(pthread_mutex_lock(&mutex) == 0);
	for (int i = 0; i < 5; i++)
		MUST(start_at(&t[i], priority[i], lock_and_note, (void *)(intptr_t)i) == 0);
	MUST(got == 0 && pthread_mutex_unlock(&mutex) == 0);
	for (int i = 0; i < 5; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(order[0] == 1 && order[1] == 3 && order[2] == 2 && order[3] == 0 && order[4] == 4);
	return 0;
}

static int one_at_a_time(void)
{
	MUST(pthread_mutex_lock(&mutex) == 0 && from_another_thread(pthread_mutex_trylock, &mutex) == EBUSY);
	MUST(pthread_mutex_unlock(&mutex) == 0);
	MUST(pthread_mutex_trylock(&mutex) == 0 && pthread_mutex_trylock(&mutex) == EBUSY && pthread_mutex_unlock(&mutex) == 0);
	return 0;
}

static int a_locked_mutex_is_not_destroyed(void)
{
	MUST(pthread_mutex_init(&other, NULL) == 0 && pthread_mutex_lock(&other) == 0);
	MUST(pthread_mutex_destroy(&other) == EBUSY && from_another_thread(pthread_mutex_destroy, &other) == EBUSY);
	MUST(pthread_mutex_unlock(&other) == 0 && pthread_mutex_destroy(&other) == 0);
	return 0;
}

static int a_destroyed_mutex_is_none(void)
{
	struct timespec t = in_msec(CLOCK_REALTIME, 10);
	int ceiling;

	MUST(pthread_mutex_init(&other, NULL) == 0 && pthread_mutex_destroy(&other) == 0 && pthread_mutex_destroy(&other) == EINVAL);
	MUST(pthread_mutex_lock(&other) == EINVAL && pthread_mutex_trylock(&other) == EINVAL && pthread_mutex_unlock(&other) == EINVAL);
	MUST(pthread_mutex_timedlock(&other, &t) == EINVAL && pthread_mutex_getprioceiling(&other, &ceiling) == EINVAL);
	MUST(pthread_mutex_init(&other, NULL) == 0 && pthread_mutex_lock(&other) == 0 && pthread_mutex_unlock(&other) == 0);
	return 0;
}

static int only_the_owner_unlocks(void)
{
	for (int type = PTHREAD_MUTEX_NORMAL; type <= PTHREAD_MUTEX_RECURSIVE; type++) {
		MUST(make(&other, type, PTHREAD_PRIO_NONE) == 0 && pthread_mutex_unlock(&other) == EPERM);
		MUST(pthread_mutex_lock(&other) == 0 && from_another_thread(pthread_mutex_unlock, &other) == EPERM);
		MUST(pthread_mutex_unlock(&other) == 0 && pthread_mutex_unlock(&other) == EPERM);
	}
	return 0;
}

static int an_error_checking_one_is_not_locked_twice(void)
{
	struct timespec t = in_msec(CLOCK_REALTIME, 10);

	MUST(make(&other, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_NONE) == 0 && pthread_mutex_lock(&other) == 0);
	MUST(pthread_mutex_lock(&other) == EDEADLK && pthread_mutex_trylock(&other) == EBUSY && pthread_mutex_timedlock(&other, &t) == EDEADLK);
	MUST(pthread_mutex_unlock(&other) == 0 && pthread_mutex_unlock(&other) == EPERM);
	return 0;
}

static int a_recursive_one_is_unlocked_as_often_as_it_was_locked(void)
{
	struct timespec t = in_msec(CLOCK_REALTIME, -10);

	MUST(make(&other, PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE) == 0);
	MUST(pthread_mutex_lock(&other) == 0 && pthread_mutex_trylock(&other) == 0 && pthread_mutex_timedlock(&other, &t) == 0);
	for (int i = 0; i < 3; i++)
		MUST(from_another_thread(pthread_mutex_trylock, &other) == EBUSY && pthread_mutex_unlock(&other) == 0);
	MUST(pthread_mutex_unlock(&other) == EPERM && pthread_mutex_destroy(&other) == 0);
	return 0;
}

/* Nobody counts so far: the number is set. */
static int locks_of_a_recursive_one_have_their_number(void)
{
	struct timespec late = in_msec(CLOCK_REALTIME, 10);
	int old;

	MUST(make(&other, PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_PROTECT) == 0 && pthread_mutex_lock(&other) == 0);
	other.__depth = UINT32_MAX;
	MUST(pthread_mutex_lock(&other) == EAGAIN && pthread_mutex_trylock(&other) == EAGAIN && pthread_mutex_timedlock(&other, &late) == EAGAIN);
	MUST(pthread_mutex_setprioceiling(&other, CEILING, &old) == EAGAIN);
	other.__depth = 0;
	MUST(pthread_mutex_unlock(&other) == 0 && pthread_mutex_destroy(&other) == 0);
	return 0;
}

static int a_ceiling_is_not_set_by_who_has_it(void)
{
	int old;

	MUST(make(&other, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_PRIO_PROTECT) == 0 && pthread_mutex_lock(&other) == 0);
	MUST(pthread_mutex_setprioceiling(&other, CEILING, &old) == EDEADLK && pthread_mutex_unlock(&other) == 0);
	return 0;
}

static int a_normal_one_locked_twice_waits(void)
{
	struct timespec t = in_msec(CLOCK_REALTIME, 20);
	long long before = now_msec();

	MUST(make(&other, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE) == 0 && pthread_mutex_lock(&other) == 0);
	MUST(pthread_mutex_timedlock(&other, &t) == ETIMEDOUT && now_msec() - before >= 19);
	MUST(pthread_mutex_unlock(&other) == 0 && pthread_mutex_lock(&other) == 0 && pthread_mutex_unlock(&other) == 0);
	return 0;
}

static void *hold_for_a_while(void *argument)
{
	pthread_mutex_lock(&mutex);
	sleep_msec(40);
	pthread_mutex_unlock(&mutex);
	return argument;
}

static int who_waits_too_long_is_told(void)
{
	struct timespec past = in_msec(CLOCK_REALTIME, -10), soon = in_msec(CLOCK_REALTIME, 10), late = in_msec(CLOCK_REALTIME, 1000);
	pthread_t t;

	MUST(pthread_mutex_timedlock(&mutex, &past) == 0 && pthread_mutex_unlock(&mutex) == 0);
	MUST(start_at(&t, CEILING, hold_for_a_while, NULL) == 0);
	MUST(pthread_mutex_timedlock(&mutex, &past) == ETIMEDOUT && pthread_mutex_timedlock(&mutex, &soon) == ETIMEDOUT);
	MUST(pthread_mutex_timedlock(&mutex, &late) == 0 && pthread_mutex_unlock(&mutex) == 0 && pthread_join(t, NULL) == 0);
	return 0;
}

static int a_time_that_is_none_is_refused_when_it_matters(void)
{
	struct timespec much = NO_FRACTION, negative = NEGATIVE_FRACTION;
	pthread_t t;

	MUST(pthread_mutex_timedlock(&mutex, &much) == 0 && pthread_mutex_unlock(&mutex) == 0);
	MUST(start_at(&t, CEILING, hold_for_a_while, NULL) == 0);
	MUST(pthread_mutex_timedlock(&mutex, &much) == EINVAL && pthread_mutex_timedlock(&mutex, &negative) == EINVAL);
	MUST(pthread_join(t, NULL) == 0);
	return 0;
}

static volatile bool stop, gave_up;

static void *hold_low(void *argument)
{
	pthread_mutex_lock(argument);
	sleep_msec(5);
	pthread_mutex_unlock(argument);
	return NULL;
}

static void *spin(void *argument)
{
	long long end = now_msec() + 60;

	while (!stop && !gave_up)
		gave_up = now_msec() > end;
	return argument;
}

/* Low holds it, high waits for it, middle never sleeps: 0 when high gets it before middle gives up, 1 if not. */
static int inversion(int protocol)
{
	pthread_t low, middle;

	stop = gave_up = false;
	if (make(&other, PTHREAD_MUTEX_NORMAL, protocol) || start_at(&low, 4, hold_low, &other))
		return -1;
	sleep_msec(1);
	if (start_at(&middle, 6, spin, NULL) || pthread_mutex_lock(&other))
		return -1;
	int late = gave_up;

	stop = true;
	pthread_mutex_unlock(&other);
	return pthread_join(low, NULL) || pthread_join(middle, NULL) ? -1 : late;
}

static int the_owner_inherits_the_waiters_priority(void)
{
	MUST(inversion(PTHREAD_PRIO_INHERIT) == 0 && inversion(PTHREAD_PRIO_PROTECT) == 0 && inversion(PTHREAD_PRIO_NONE) == 1);
	return 0;
}

static void *note_priority(void *argument)
{
	order[got++] = (int)(intptr_t)argument;
	return NULL;
}

static int the_owner_runs_at_the_ceiling(void)
{
	pthread_t t;

	got = 0;
	MUST(make(&other, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_PROTECT) == 0 && pthread_mutex_lock(&other) == 0);
	MUST(start_at(&t, CEILING - 1, note_priority, (void *)1) == 0 && got == 0);
	MUST(pthread_mutex_unlock(&other) == 0 && got == 1 && pthread_join(t, NULL) == 0);
	MUST(pthread_mutex_destroy(&other) == 0);
	return 0;
}

static int who_is_above_the_ceiling_does_not_get_it(void)
{
	int old = 0;

	MUST(make(&other, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_PROTECT) == 0);
	MUST(pthread_mutex_setprioceiling(&other, 5, &old) == 0 && old == CEILING);
	MUST(pthread_mutex_lock(&other) == EINVAL && pthread_mutex_trylock(&other) == EINVAL);
	MUST(pthread_setschedprio(pthread_self(), 5) == 0 && pthread_mutex_lock(&other) == 0 && pthread_mutex_unlock(&other) == 0);
	MUST(pthread_setschedprio(pthread_self(), MAIN_PRIORITY) == 0);
	return 0;
}

static int a_ceiling_is_kept_and_has_its_values(void)
{
	int ceiling = 0, old = 0;

	MUST(make(&other, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_PROTECT) == 0);
	MUST(pthread_mutex_getprioceiling(&other, &ceiling) == 0 && ceiling == CEILING);
	MUST(pthread_mutex_setprioceiling(&other, 10, &old) == 0 && old == CEILING && pthread_mutex_getprioceiling(&other, &ceiling) == 0 && ceiling == 10);
	MUST(pthread_mutex_setprioceiling(&other, 0, &old) == EINVAL && pthread_mutex_setprioceiling(&other, 32, &old) == EINVAL);
	MUST(pthread_mutex_setprioceiling(&other, CEILING + 1, &old) == EPERM);
	MUST(make(&other, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE) == 0);
	MUST(pthread_mutex_getprioceiling(&other, &ceiling) == EINVAL && pthread_mutex_setprioceiling(&other, 10, &old) == EINVAL);
	return 0;
}

static int a_ceiling_above_the_services_is_refused(void)
{
	pthread_mutexattr_t a;

	MUST(pthread_mutexattr_init(&a) == 0 && pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_PROTECT) == 0);
	MUST(pthread_mutexattr_setprioceiling(&a, CEILING + 1) == 0 && pthread_mutex_init(&other, &a) == EPERM);
	return 0;
}

static int attributes_are_kept(void)
{
	pthread_mutexattr_t a;
	int value;

	MUST(pthread_mutexattr_init(&a) == 0 && pthread_mutexattr_gettype(&a, &value) == 0 && value == PTHREAD_MUTEX_DEFAULT);
	MUST(pthread_mutexattr_getprotocol(&a, &value) == 0 && value == PTHREAD_PRIO_NONE);
	MUST(pthread_mutexattr_settype(&a, PTHREAD_MUTEX_RECURSIVE) == 0 && pthread_mutexattr_gettype(&a, &value) == 0 && value == PTHREAD_MUTEX_RECURSIVE);
	MUST(pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT) == 0);
	MUST(pthread_mutexattr_getprotocol(&a, &value) == 0 && value == PTHREAD_PRIO_INHERIT);
	MUST(pthread_mutexattr_setprioceiling(&a, 7) == 0 && pthread_mutexattr_getprioceiling(&a, &value) == 0 && value == 7);
	MUST(pthread_mutexattr_destroy(&a) == 0);
	return 0;
}

static int attributes_have_their_values(void)
{
	pthread_mutexattr_t a;
	int value;

	MUST(pthread_mutexattr_init(&a) == 0 && pthread_mutexattr_settype(&a, 3) == EINVAL && pthread_mutexattr_settype(&a, -1) == EINVAL);
	MUST(pthread_mutexattr_setprioceiling(&a, 0) == EINVAL && pthread_mutexattr_setprioceiling(&a, 32) == EINVAL);
	MUST(pthread_mutexattr_setprotocol(&a, 3) == ENOTSUP);
	MUST(pthread_mutexattr_destroy(&a) == 0 && pthread_mutexattr_destroy(&a) == EINVAL && pthread_mutex_init(&other, &a) == EINVAL);
	MUST(pthread_mutexattr_settype(&a, PTHREAD_MUTEX_NORMAL) == EINVAL && pthread_mutexattr_gettype(&a, &value) == EINVAL);
	MUST(pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_NONE) == EINVAL && pthread_mutexattr_getprotocol(&a, &value) == EINVAL);
	MUST(pthread_mutexattr_setprioceiling(&a, 5) == EINVAL && pthread_mutexattr_getprioceiling(&a, &value) == EINVAL);
	return 0;
}

enum { THREADS = 4, TURNS = 200 };
static volatile unsigned sum;

static void *add(void *argument)
{
	for (int i = 0; i < TURNS; i++) {
		pthread_mutex_lock(&mutex);
		unsigned seen = sum;

		if (i % 16 == 0)
			sched_yield();
		sum = seen + 1;
		pthread_mutex_unlock(&mutex);
	}
	return argument;
}

static int nothing_is_lost_between_threads(void)
{
	pthread_t t[THREADS];

	sum = 0;
	for (int i = 0; i < THREADS; i++)
		MUST(pthread_create(&t[i], NULL, add, NULL) == 0);
	for (int i = 0; i < THREADS; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(sum == THREADS * TURNS);
	return 0;
}

const struct row mutex_rows[] = {
	ROW(pthread_mutex_init, "success", a_destroyed_mutex_is_none),
	ROW(pthread_mutex_init, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutex_init, "EPERM", a_ceiling_above_the_services_is_refused),
	ROW(pthread_mutex_destroy, "success", a_locked_mutex_is_not_destroyed),
	ROW(pthread_mutex_destroy, "EBUSY", a_locked_mutex_is_not_destroyed),
	ROW(pthread_mutex_destroy, "EINVAL", a_destroyed_mutex_is_none),
	ROW(pthread_mutex_lock, "success", nothing_is_lost_between_threads),
	ROW(pthread_mutex_lock, "priority", waiters_get_it_by_priority),
	ROW(pthread_mutex_lock, "inherit", the_owner_inherits_the_waiters_priority),
	ROW(pthread_mutex_lock, "protect", the_owner_runs_at_the_ceiling),
	ROW(pthread_mutex_lock, "normal", a_normal_one_locked_twice_waits),
	ROW(pthread_mutex_lock, "recursive", a_recursive_one_is_unlocked_as_often_as_it_was_locked),
	ROW(pthread_mutex_lock, "EDEADLK", an_error_checking_one_is_not_locked_twice),
	ROW(pthread_mutex_lock, "EINVAL", a_destroyed_mutex_is_none),
	ROW(pthread_mutex_lock, "EINVAL-ceiling", who_is_above_the_ceiling_does_not_get_it),
	ROW(pthread_mutex_trylock, "success", one_at_a_time),
	ROW(pthread_mutex_trylock, "EBUSY", one_at_a_time),
	ROW(pthread_mutex_trylock, "EINVAL", a_destroyed_mutex_is_none),
	ROW(pthread_mutex_timedlock, "success", who_waits_too_long_is_told),
	ROW(pthread_mutex_timedlock, "ETIMEDOUT", who_waits_too_long_is_told),
	ROW(pthread_mutex_timedlock, "EINVAL", a_time_that_is_none_is_refused_when_it_matters),
	ROW(pthread_mutex_timedlock, "EDEADLK", an_error_checking_one_is_not_locked_twice),
	ROW(pthread_mutex_unlock, "success", nothing_is_lost_between_threads),
	ROW(pthread_mutex_unlock, "EPERM", only_the_owner_unlocks),
	ROW(pthread_mutex_unlock, "EINVAL", a_destroyed_mutex_is_none),
	ROW(pthread_mutex_getprioceiling, "success", a_ceiling_is_kept_and_has_its_values),
	ROW(pthread_mutex_getprioceiling, "EINVAL", a_ceiling_is_kept_and_has_its_values),
	ROW(pthread_mutex_setprioceiling, "success", a_ceiling_is_kept_and_has_its_values),
	ROW(pthread_mutex_setprioceiling, "EINVAL", a_ceiling_is_kept_and_has_its_values),
	ROW(pthread_mutex_setprioceiling, "EPERM", a_ceiling_is_kept_and_has_its_values),
	ROW(pthread_mutex_setprioceiling, "EAGAIN", locks_of_a_recursive_one_have_their_number),
	ROW(pthread_mutex_setprioceiling, "EDEADLK", a_ceiling_is_not_set_by_who_has_it),
	ROW(pthread_mutex_lock, "EAGAIN", locks_of_a_recursive_one_have_their_number),
	ROW(pthread_mutex_trylock, "EAGAIN", locks_of_a_recursive_one_have_their_number),
	ROW(pthread_mutex_timedlock, "EAGAIN", locks_of_a_recursive_one_have_their_number),
	ROW(pthread_mutexattr_init, "success", attributes_are_kept),
	ROW(pthread_mutexattr_destroy, "success", attributes_are_kept),
	ROW(pthread_mutexattr_destroy, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutexattr_settype, "success", attributes_are_kept),
	ROW(pthread_mutexattr_settype, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutexattr_gettype, "success", attributes_are_kept),
	ROW(pthread_mutexattr_gettype, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutexattr_setprotocol, "success", attributes_are_kept),
	ROW(pthread_mutexattr_setprotocol, "ENOTSUP", attributes_have_their_values),
	ROW(pthread_mutexattr_setprotocol, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutexattr_getprotocol, "success", attributes_are_kept),
	ROW(pthread_mutexattr_getprotocol, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutexattr_setprioceiling, "success", attributes_are_kept),
	ROW(pthread_mutexattr_setprioceiling, "EINVAL", attributes_have_their_values),
	ROW(pthread_mutexattr_getprioceiling, "success", attributes_are_kept),
	ROW(pthread_mutexattr_getprioceiling, "EINVAL", attributes_have_their_values),
	ROWS_END
};
