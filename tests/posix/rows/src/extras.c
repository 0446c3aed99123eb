/* SPDX-License-Identifier: Apache-2.0 */
/* Locks for readers and writers, barriers, spin locks. */
#include "rows.h"

#include <signal.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin;
static int order[4], got;

static void *read_it(void *argument)
{
	int rc = pthread_rwlock_rdlock(&lock);

	order[got++] = (int)(intptr_t)argument;
	return (void *)(intptr_t)(rc || pthread_rwlock_unlock(&lock));
}

static void *write_it(void *argument)
{
	int rc = pthread_rwlock_wrlock(&lock);

	order[got++] = (int)(intptr_t)argument;
	return (void *)(intptr_t)(rc || pthread_rwlock_unlock(&lock));
}

static void *try_both(void *argument)
{
	struct timespec past = in_msec(CLOCK_REALTIME, -10);
	int *rc = argument;

	rc[0] = pthread_rwlock_tryrdlock(&lock);
	if (!rc[0])
		pthread_rwlock_unlock(&lock);
	rc[1] = pthread_rwlock_trywrlock(&lock);
	rc[2] = pthread_rwlock_timedwrlock(&lock, &past);
	rc[3] = pthread_rwlock_timedrdlock(&lock, &past);
	if (!rc[3])
		pthread_rwlock_unlock(&lock);
	return NULL;
}

static bool seen_by_another(int *rc)
{
	pthread_t t;

	return start_at(&t, CEILING, try_both, rc) == 0 && pthread_join(t, NULL) == 0;
}

static int readers_share_and_writers_do_not(void)
{
	int rc[4];

	MUST(pthread_rwlock_rdlock(&lock) == 0 && seen_by_another(rc));
	MUST(rc[0] == 0 && rc[1] == EBUSY && rc[2] == ETIMEDOUT && rc[3] == 0);
	MUST(pthread_rwlock_unlock(&lock) == 0 && pthread_rwlock_wrlock(&lock) == 0 && seen_by_another(rc));
	MUST(rc[0] == EBUSY && rc[1] == EBUSY && rc[2] == ETIMEDOUT && rc[3] == ETIMEDOUT && pthread_rwlock_unlock(&lock) == 0);
	return 0;
}

static int writers_that_wait_go_first(void)
{
	pthread_t t[3];

	got = 0;
	MUST(pthread_rwlock_rdlock(&lock) == 0 && start_at(&t[0], CEILING, write_it, (void *)1) == 0);
	MUST(start_at(&t[1], CEILING, read_it, (void *)2) == 0 && start_at(&t[2], CEILING, read_it, (void *)3) == 0);
	MUST(got == 0 && pthread_rwlock_unlock(&lock) == 0 && got == 3);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(order[0] == 1 && order[1] == 2 && order[2] == 3);
	return 0;
}

static int a_reader_of_higher_priority_does_not_wait_for_a_waiting_writer(void)
{
	pthread_t t[3];

	got = 0;
	MUST(pthread_rwlock_rdlock(&lock) == 0 && start_at(&t[0], CEILING - 2, write_it, (void *)1) == 0);
	MUST(start_at(&t[1], CEILING - 1, read_it, (void *)2) == 0 && got == 1 && start_at(&t[2], CEILING - 3, read_it, (void *)3) == 0 && got == 1);
	MUST(pthread_rwlock_unlock(&lock) == 0);
	for (int i = 0; i < 3; i++)
		MUST(pthread_join(t[i], NULL) == 0);
	MUST(order[0] == 2 && order[1] == 1 && order[2] == 3);
	return 0;
}

static int a_writer_does_not_lock_again(void)
{
	struct timespec soon = in_msec(CLOCK_REALTIME, 10), none = NO_FRACTION;

	MUST(pthread_rwlock_unlock(&lock) == EPERM && pthread_rwlock_wrlock(&lock) == 0);
	MUST(pthread_rwlock_wrlock(&lock) == EDEADLK && pthread_rwlock_rdlock(&lock) == EDEADLK && pthread_rwlock_destroy(&lock) == EBUSY);
	MUST(pthread_rwlock_timedwrlock(&lock, &soon) == EDEADLK && pthread_rwlock_timedrdlock(&lock, &soon) == EDEADLK);
	MUST(pthread_rwlock_unlock(&lock) == 0 && pthread_rwlock_rdlock(&lock) == 0 && pthread_rwlock_timedwrlock(&lock, &none) == EINVAL);
	MUST(pthread_rwlock_unlock(&lock) == 0);
	return 0;
}

static int a_destroyed_lock_is_none(void)
{
	struct timespec late = in_msec(CLOCK_REALTIME, 10);
	pthread_rwlockattr_t a;
	pthread_rwlock_t l;

	MUST(pthread_rwlockattr_init(&a) == 0 && pthread_rwlock_init(&l, &a) == 0 && pthread_rwlockattr_destroy(&a) == 0);
	MUST(pthread_rwlockattr_destroy(&a) == EINVAL && pthread_rwlock_destroy(&l) == 0 && pthread_rwlock_destroy(&l) == EINVAL);
	MUST(pthread_rwlock_rdlock(&l) == EINVAL && pthread_rwlock_wrlock(&l) == EINVAL && pthread_rwlock_unlock(&l) == EINVAL);
	MUST(pthread_rwlock_tryrdlock(&l) == EINVAL && pthread_rwlock_trywrlock(&l) == EINVAL && pthread_rwlock_init(&l, &a) == EINVAL);
	MUST(pthread_rwlock_timedrdlock(&l, &late) == EINVAL && pthread_rwlock_timedwrlock(&l, &late) == EINVAL);
	return 0;
}

/* Nobody counts so far: the number is set. */
static int readers_have_their_number(void)
{
	struct timespec late = in_msec(CLOCK_REALTIME, 10);
	pthread_rwlock_t l = { .__readers = UINT32_MAX };

	MUST(pthread_rwlock_rdlock(&l) == EAGAIN && pthread_rwlock_tryrdlock(&l) == EAGAIN && pthread_rwlock_timedrdlock(&l, &late) == EAGAIN);
	MUST(pthread_rwlock_unlock(&l) == 0 && pthread_rwlock_tryrdlock(&l) == 0);
	return 0;
}

static void *meet(void *argument)
{
	int rc = pthread_barrier_wait(&barrier);

	got++;
	(void)argument;
	return (void *)(intptr_t)rc;
}

static int all_meet_at_a_barrier(void)
{
	pthread_t t[2];
	void *rc[2];

	MUST(pthread_barrier_init(&barrier, NULL, 3) == 0);
	for (int round = 0; round < 3; round++) {
		got = 0;
		for (int i = 0; i < 2; i++)
			MUST(start_at(&t[i], CEILING, meet, NULL) == 0);
		MUST(got == 0 && pthread_barrier_destroy(&barrier) == EBUSY);
		int mine = pthread_barrier_wait(&barrier);

		for (int i = 0; i < 2; i++)
			MUST(pthread_join(t[i], &rc[i]) == 0 && rc[i] == NULL);
		MUST(mine == PTHREAD_BARRIER_SERIAL_THREAD && got == 2);
	}
	MUST(pthread_barrier_destroy(&barrier) == 0 && pthread_barrier_destroy(&barrier) == EINVAL && pthread_barrier_wait(&barrier) == EINVAL);
	return 0;
}

/* All come while the handler sleeps: the thread is there all the same. */
static volatile bool in_handler, all_came;

static void until_all_came(int number)
{
	(void)number;
	in_handler = true;
	while (!all_came)
		usleep(1000);
}

static int a_handler_does_not_leave_the_barrier(void)
{
	struct sigaction handle = { .sa_handler = until_all_came };
	pthread_t t;
	void *rc;

	in_handler = all_came = false;
	got = 0;
	MUST(sigaction(SIGUSR1, &handle, NULL) == 0 && pthread_barrier_init(&barrier, NULL, 2) == 0);
	MUST(start_at(&t, CEILING, meet, NULL) == 0 && pthread_kill(t, SIGUSR1) == 0);
	while (!in_handler)
		usleep(1000);
	MUST(pthread_barrier_destroy(&barrier) == EBUSY && pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD && got == 0);
	all_came = true;
	MUST(pthread_join(t, &rc) == 0 && rc == NULL && got == 1 && pthread_barrier_destroy(&barrier) == 0);
	return 0;
}

static int a_barrier_is_for_somebody(void)
{
	pthread_barrierattr_t a;

	MUST(pthread_barrier_init(&barrier, NULL, 0) == EINVAL && pthread_barrierattr_init(&a) == 0 && pthread_barrier_init(&barrier, &a, 1) == 0);
	MUST(pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD && pthread_barrierattr_destroy(&a) == 0);
	MUST(pthread_barrierattr_destroy(&a) == EINVAL && pthread_barrier_init(&barrier, &a, 1) == EINVAL);
	return 0;
}

static void *spin_and_note(void *argument)
{
	intptr_t rc = pthread_spin_trylock(&spin) == EBUSY && pthread_spin_unlock(&spin) == EPERM && pthread_spin_destroy(&spin) == EBUSY ? 0 : 1;

	rc |= pthread_spin_lock(&spin);
	got++;
	(void)argument;
	return (void *)(rc | pthread_spin_unlock(&spin));
}

static int a_spin_lock_is_taken_by_one(void)
{
	pthread_t t;
	void *wrong;

	got = 0;
	MUST(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE) == 0 && pthread_spin_lock(&spin) == 0 && start_at(&t, CEILING, spin_and_note, NULL) == 0);
	MUST(got == 0 && pthread_spin_lock(&spin) == EDEADLK && pthread_spin_trylock(&spin) == EBUSY && pthread_spin_unlock(&spin) == 0);
	MUST(pthread_join(t, &wrong) == 0 && wrong == NULL && got == 1 && pthread_spin_unlock(&spin) == EPERM && pthread_spin_destroy(&spin) == 0);
	MUST(pthread_spin_lock(&spin) == EINVAL && pthread_spin_trylock(&spin) == EINVAL && pthread_spin_unlock(&spin) == EINVAL && pthread_spin_destroy(&spin) == EINVAL);
	return 0;
}

#define SHARED_BY(kind) \
	static int kind##s_are_of_one_process(void) \
	{ \
		pthread_##kind##attr_t a; \
		int shared = -1; \
 \
		MUST(pthread_##kind##attr_init(&a) == 0 && pthread_##kind##attr_getpshared(&a, &shared) == 0 && shared == PTHREAD_PROCESS_PRIVATE); \
		MUST(pthread_##kind##attr_setpshared(&a, PTHREAD_PROCESS_PRIVATE) == 0 && pthread_##kind##attr_setpshared(&a, PTHREAD_PROCESS_SHARED) == ENOTSUP); \
		MUST(pthread_##kind##attr_setpshared(&a, 99) == EINVAL && pthread_##kind##attr_destroy(&a) == 0); \
		MUST(pthread_##kind##attr_setpshared(&a, PTHREAD_PROCESS_PRIVATE) == EINVAL && pthread_##kind##attr_getpshared(&a, &shared) == EINVAL); \
		return 0; \
	}

SHARED_BY(mutex)
SHARED_BY(cond)
SHARED_BY(rwlock)
SHARED_BY(barrier)

static int the_only_user_is_told(void)
{
	MUST(getuid() == 0 && geteuid() == 0 && getgid() == 0 && getegid() == 0 && getpid() == 1);
	return 0;
}

const struct row extra_rows[] = {
	ROW(pthread_rwlock_init, "success", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_init, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_destroy, "success", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_destroy, "EBUSY", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_destroy, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_rdlock, "success", writers_that_wait_go_first),
	ROW(pthread_rwlock_rdlock, "priority", a_reader_of_higher_priority_does_not_wait_for_a_waiting_writer),
	ROW(pthread_rwlock_rdlock, "EDEADLK", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_rdlock, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_wrlock, "success", writers_that_wait_go_first),
	ROW(pthread_rwlock_wrlock, "EDEADLK", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_wrlock, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_tryrdlock, "success", readers_share_and_writers_do_not),
	ROW(pthread_rwlock_tryrdlock, "EBUSY", readers_share_and_writers_do_not),
	ROW(pthread_rwlock_trywrlock, "EBUSY", readers_share_and_writers_do_not),
	ROW(pthread_rwlock_timedrdlock, "ETIMEDOUT", readers_share_and_writers_do_not),
	ROW(pthread_rwlock_timedwrlock, "ETIMEDOUT", readers_share_and_writers_do_not),
	ROW(pthread_rwlock_timedwrlock, "EINVAL", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_unlock, "success", writers_that_wait_go_first),
	ROW(pthread_rwlock_unlock, "EPERM", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_rdlock, "EAGAIN", readers_have_their_number),
	ROW(pthread_rwlock_tryrdlock, "EAGAIN", readers_have_their_number),
	ROW(pthread_rwlock_timedrdlock, "EAGAIN", readers_have_their_number),
	ROW(pthread_rwlock_timedrdlock, "EDEADLK", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_timedwrlock, "EDEADLK", a_writer_does_not_lock_again),
	ROW(pthread_rwlock_timedrdlock, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_tryrdlock, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_trywrlock, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_rwlock_unlock, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_barrier_wait, "EINVAL", all_meet_at_a_barrier),
	ROW(pthread_spin_lock, "EINVAL", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_trylock, "EINVAL", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_unlock, "EINVAL", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_destroy, "EINVAL", a_spin_lock_is_taken_by_one),
	ROW(pthread_rwlockattr_init, "success", a_destroyed_lock_is_none),
	ROW(pthread_rwlockattr_destroy, "EINVAL", a_destroyed_lock_is_none),
	ROW(pthread_barrier_init, "success", all_meet_at_a_barrier),
	ROW(pthread_barrier_init, "EINVAL", a_barrier_is_for_somebody),
	ROW(pthread_barrier_wait, "success", all_meet_at_a_barrier),
	ROW(pthread_barrier_wait, "handler", a_handler_does_not_leave_the_barrier),
	ROW(pthread_barrier_destroy, "EBUSY", all_meet_at_a_barrier),
	ROW(pthread_barrier_destroy, "EINVAL", all_meet_at_a_barrier),
	ROW(pthread_barrierattr_init, "success", a_barrier_is_for_somebody),
	ROW(pthread_barrierattr_destroy, "EINVAL", a_barrier_is_for_somebody),
	ROW(pthread_spin_init, "success", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_lock, "EDEADLK", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_trylock, "EBUSY", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_unlock, "EPERM", a_spin_lock_is_taken_by_one),
	ROW(pthread_spin_destroy, "EBUSY", a_spin_lock_is_taken_by_one),
	ROW(pthread_mutexattr_getpshared, "success", mutexs_are_of_one_process),
	ROW(pthread_mutexattr_getpshared, "EINVAL", mutexs_are_of_one_process),
	ROW(pthread_mutexattr_setpshared, "success", mutexs_are_of_one_process),
	ROW(pthread_mutexattr_setpshared, "EINVAL", mutexs_are_of_one_process),
	ROW(pthread_mutexattr_setpshared, "ENOTSUP", mutexs_are_of_one_process),
	ROW(pthread_condattr_getpshared, "success", conds_are_of_one_process),
	ROW(pthread_condattr_getpshared, "EINVAL", conds_are_of_one_process),
	ROW(pthread_condattr_setpshared, "success", conds_are_of_one_process),
	ROW(pthread_condattr_setpshared, "EINVAL", conds_are_of_one_process),
	ROW(pthread_condattr_setpshared, "ENOTSUP", conds_are_of_one_process),
	ROW(pthread_rwlockattr_getpshared, "success", rwlocks_are_of_one_process),
	ROW(pthread_rwlockattr_getpshared, "EINVAL", rwlocks_are_of_one_process),
	ROW(pthread_rwlockattr_setpshared, "success", rwlocks_are_of_one_process),
	ROW(pthread_rwlockattr_setpshared, "EINVAL", rwlocks_are_of_one_process),
	ROW(pthread_rwlockattr_setpshared, "ENOTSUP", rwlocks_are_of_one_process),
	ROW(pthread_barrierattr_getpshared, "success", barriers_are_of_one_process),
	ROW(pthread_barrierattr_getpshared, "EINVAL", barriers_are_of_one_process),
	ROW(pthread_barrierattr_setpshared, "success", barriers_are_of_one_process),
	ROW(pthread_barrierattr_setpshared, "EINVAL", barriers_are_of_one_process),
	ROW(pthread_barrierattr_setpshared, "ENOTSUP", barriers_are_of_one_process),
	ROW(getuid, "success", the_only_user_is_told),
	ROW(geteuid, "success", the_only_user_is_told),
	ROW(getgid, "success", the_only_user_is_told),
	ROW(getegid, "success", the_only_user_is_told),
	ROW(getpid, "success", the_only_user_is_told),
	ROWS_END
};
