/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX lets no signal end these with EINTR: a handler runs, and the wait goes on. */
#include <signal.h>

#include "rows.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, ceiling;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static pthread_barrier_t barrier;
static pthread_once_t once;
static pthread_t other;
static volatile bool given;
static volatile int handled;
static struct timespec late;

static void handle(int number)
{
	(void)number;
	handled++;
}

static void *until_given(void *argument)
{
	while (!given)
		sleep_msec(1);
	return argument;
}

static void give_it(void)
{
	given = true;
}

/* How one function waits, and what it needs before and after. */
struct wait { int (*prepare)(void); int (*wait)(void); int (*give)(void); };

static void *wait_it(void *w)
{
	return (void *)(intptr_t)((const struct wait *)w)->wait();
}

/* A thread waits, and a signal comes before what it waits for. */
static int not_interrupted(const struct wait *w)
{
	struct sigaction a = { .sa_handler = handle };
	pthread_t t;
	void *result;

	handled = 0;
	given = false;
	late = in_msec(CLOCK_REALTIME, 2000);
	MUST(sigaction(SIGUSR1, &a, NULL) == 0 && w->prepare() == 0 && start_at(&t, CEILING, wait_it, (void *)(uintptr_t)w) == 0);
	sleep_msec(2);
	MUST(pthread_kill(t, SIGUSR1) == 0);
	sleep_msec(2);
	MUST(handled == 1 && w->give() == 0 && pthread_join(t, &result) == 0 && result == NULL);
	return 0;
}

static int lock_mutex(void) { return pthread_mutex_lock(&mutex); }
static int unlock_mutex(void) { return pthread_mutex_unlock(&mutex); }
static int lock_and_unlock(void) { return pthread_mutex_lock(&mutex) || pthread_mutex_unlock(&mutex); }
static int timedlock_and_unlock(void) { return pthread_mutex_timedlock(&mutex, &late) || pthread_mutex_unlock(&mutex); }

static int lock_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ lock_mutex, lock_and_unlock, unlock_mutex });
}

static int timedlock_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ lock_mutex, timedlock_and_unlock, unlock_mutex });
}

static int make_ceiling(void)
{
	pthread_mutexattr_t a;

	return pthread_mutexattr_init(&a) || pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_PROTECT) || pthread_mutexattr_setprioceiling(&a, CEILING) ||
	       pthread_mutex_init(&ceiling, &a) || pthread_mutex_lock(&ceiling);
}

static int set_ceiling(void) { return pthread_mutex_setprioceiling(&ceiling, CEILING, NULL); }
static int unlock_ceiling(void) { return pthread_mutex_unlock(&ceiling); }

static int setting_a_ceiling_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ make_ceiling, set_ceiling, unlock_ceiling });
}

static int nothing(void) { return 0; }

/* Who hears nothing may come back all the same, as if it had been told something. */
static int wait_cond(void)
{
	int rc = pthread_mutex_lock(&mutex);

	while (!rc && !given)
		rc = pthread_cond_wait(&cond, &mutex);
	return pthread_mutex_unlock(&mutex) || rc;
}

static int timedwait_cond(void)
{
	int rc = pthread_mutex_lock(&mutex);

	while (!rc && !given)
		rc = pthread_cond_timedwait(&cond, &mutex, &late);
	return pthread_mutex_unlock(&mutex) || rc;
}

static int signal_cond(void)
{
	pthread_mutex_lock(&mutex);
	given = true;
	return pthread_cond_signal(&cond) || pthread_mutex_unlock(&mutex);
}

static int cond_wait_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ nothing, wait_cond, signal_cond });
}

static int cond_timedwait_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ nothing, timedwait_cond, signal_cond });
}

static int write_lock(void) { return pthread_rwlock_wrlock(&rwlock); }
static int rw_unlock(void) { return pthread_rwlock_unlock(&rwlock); }
static int read_and_unlock(void) { return pthread_rwlock_rdlock(&rwlock) || pthread_rwlock_unlock(&rwlock); }
static int write_and_unlock(void) { return pthread_rwlock_wrlock(&rwlock) || pthread_rwlock_unlock(&rwlock); }
static int timedread_and_unlock(void) { return pthread_rwlock_timedrdlock(&rwlock, &late) || pthread_rwlock_unlock(&rwlock); }
static int timedwrite_and_unlock(void) { return pthread_rwlock_timedwrlock(&rwlock, &late) || pthread_rwlock_unlock(&rwlock); }

static int rdlock_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ write_lock, read_and_unlock, rw_unlock });
}

static int wrlock_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ write_lock, write_and_unlock, rw_unlock });
}

static int timedrdlock_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ write_lock, timedread_and_unlock, rw_unlock });
}

static int timedwrlock_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ write_lock, timedwrite_and_unlock, rw_unlock });
}

static int make_barrier(void) { return pthread_barrier_init(&barrier, NULL, 2); }
static int come(void) { return pthread_barrier_wait(&barrier) == EINTR; }

static int barrier_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ make_barrier, come, come });
}

static int lock_spin(void) { return pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE) || pthread_spin_lock(&spin); }
static int spin_and_unlock(void) { return pthread_spin_lock(&spin) || pthread_spin_unlock(&spin); }
static int unlock_spin(void) { return pthread_spin_unlock(&spin); }

static int spin_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ lock_spin, spin_and_unlock, unlock_spin });
}

static int start_other(void) { return start_at(&other, CEILING, until_given, NULL); }
static int join_other(void) { return pthread_join(other, NULL); }
static int let_other_end(void) { give_it(); return 0; }

static int join_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ start_other, join_other, let_other_end });
}

static void once_given(void) { until_given(NULL); }
static int call_once(void) { return pthread_once(&once, once_given); }

static void *first_to_call(void *argument)
{
	call_once();
	return argument;
}

static int begin_once(void)
{
	once = (pthread_once_t)PTHREAD_ONCE_INIT;
	return start_at(&other, CEILING, first_to_call, NULL);
}

static int end_once(void)
{
	give_it();
	return pthread_join(other, NULL);
}

static int once_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ begin_once, call_once, end_once });
}

static sigset_t second(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	return set;
}

static int block_second(void)
{
	sigset_t set = second();

	return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static int wait_for_second(void)
{
	sigset_t set = second();
	int number = 0, rc = sigwait(&set, &number);

	return rc || number != SIGUSR2;
}

static int send_second(void)
{
	sigset_t set = second();

	return kill(getpid(), SIGUSR2) || pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static int sigwait_is_not_interrupted(void)
{
	return not_interrupted(&(struct wait){ block_second, wait_for_second, send_second });
}

const struct row never_rows[] = {
	ROW(pthread_mutex_lock, "EINTR-never", lock_is_not_interrupted),
	ROW(pthread_mutex_timedlock, "EINTR-never", timedlock_is_not_interrupted),
	ROW(pthread_mutex_setprioceiling, "EINTR-never", setting_a_ceiling_is_not_interrupted),
	ROW(pthread_cond_wait, "EINTR-never", cond_wait_is_not_interrupted),
	ROW(pthread_cond_timedwait, "EINTR-never", cond_timedwait_is_not_interrupted),
	ROW(pthread_rwlock_rdlock, "EINTR-never", rdlock_is_not_interrupted),
	ROW(pthread_rwlock_wrlock, "EINTR-never", wrlock_is_not_interrupted),
	ROW(pthread_rwlock_timedrdlock, "EINTR-never", timedrdlock_is_not_interrupted),
	ROW(pthread_rwlock_timedwrlock, "EINTR-never", timedwrlock_is_not_interrupted),
	ROW(pthread_barrier_wait, "EINTR-never", barrier_is_not_interrupted),
	ROW(pthread_spin_lock, "EINTR-never", spin_is_not_interrupted),
	ROW(pthread_join, "EINTR-never", join_is_not_interrupted),
	ROW(pthread_once, "EINTR-never", once_is_not_interrupted),
	ROW(sigwait, "EINTR-never", sigwait_is_not_interrupted),
	ROWS_END
};
