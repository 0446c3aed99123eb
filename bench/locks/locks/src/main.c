/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What threads of one service do to each other by POSIX, between markers that bench/count.so counts at.  Each is done
 * ROUNDS times.  What is measured and in which order is known to bench/locks.sh.
 */
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>

#include <SysCall.h>

enum { ROUNDS = 16, LOW = 8, HIGH = 12, PLACES = 4 };

static void begin(void)
{
	__asm__ volatile("mov r0, r0" : : : "memory");
}

static void end(void)
{
	__asm__ volatile("mov r1, r1" : : : "memory");
}

static void nothing(void)
{
	begin();
	end();
}

/* Nobody else wants it. */
static pthread_mutex_t plain = PTHREAD_MUTEX_INITIALIZER, recursive, inheriting;

static void lock_and_unlock(pthread_mutex_t *m)
{
	begin();
	pthread_mutex_lock(m);
	pthread_mutex_unlock(m);
	end();
}

static void mutex(void)
{
	lock_and_unlock(&plain);
}

static void mutex_recursive(void)
{
	lock_and_unlock(&recursive);
}

static void mutex_inheriting(void)
{
	lock_and_unlock(&inheriting);
}

static sem_t own;

static void semaphore(void)
{
	begin();
	sem_post(&own);
	sem_wait(&own);
	end();
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

static void read_lock(void)
{
	begin();
	pthread_rwlock_rdlock(&rwlock);
	pthread_rwlock_unlock(&rwlock);
	end();
}

static pthread_cond_t unheard = PTHREAD_COND_INITIALIZER;

static void signal_to_nobody(void)
{
	begin();
	pthread_cond_signal(&unheard);
	end();
}

/* To a thread of higher priority that waits for it: until that goes on. */
static sem_t given;

static void *sem_taker(void *unused)
{
	for (;;) {
		sem_wait(&given);
		end();
	}
	return unused;
}

static void semaphore_hand_over(void)
{
	begin();
	sem_post(&given);
}

static pthread_mutex_t mutex_of_bell = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;

static void *listener(void *unused)
{
	pthread_mutex_lock(&mutex_of_bell);
	for (;;) {
		pthread_cond_wait(&bell, &mutex_of_bell);
		end();
	}
	return unused;
}

static void condition_hand_over(void)
{
	begin();
	pthread_cond_signal(&bell);
}

/* A queue of words, as one is written with a mutex and a condition. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	uint32_t put, got, at[PLACES];
} queue = { .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

static void *queue_taker(void *unused)
{
	for (;;) {
		pthread_mutex_lock(&queue.mutex);
		while (queue.put == queue.got)
			pthread_cond_wait(&queue.changed, &queue.mutex);
		uint32_t word = queue.at[queue.got++ % PLACES];

		pthread_mutex_unlock(&queue.mutex);
		end();
		if (word != queue.got)
			ms_exit(1);
	}
	return unused;
}

static void queue_hand_over(void)
{
	begin();
	pthread_mutex_lock(&queue.mutex);
	queue.at[queue.put % PLACES] = queue.put + 1;
	queue.put++;
	pthread_cond_signal(&queue.changed);
	pthread_mutex_unlock(&queue.mutex);
}

static void start(void *work(void *))
{
	struct sched_param high = { .sched_priority = HIGH };
	pthread_attr_t a;
	pthread_t thread;

	pthread_attr_init(&a);
	pthread_attr_setinheritsched(&a, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedparam(&a, &high);
	pthread_attr_setstacksize(&a, PTHREAD_STACK_MIN);
	if (pthread_create(&thread, &a, work, NULL))
		ms_exit(1);
}

static void init_mutex(pthread_mutex_t *m, int type, int protocol)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_settype(&a, type);
	pthread_mutexattr_setprotocol(&a, protocol);
	pthread_mutex_init(m, &a);
}

static void measure(void call(void))
{
	for (int i = 0; i < ROUNDS; i++)
		call();
}

int main(void)
{
	pthread_self();			/* a thread asks the kernel once who it is */
	init_mutex(&recursive, PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE);
	init_mutex(&inheriting, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT);
	sem_init(&own, 0, 0);
	sem_init(&given, 0, 0);
	measure(nothing);
	measure(mutex);
	measure(mutex_recursive);
	measure(mutex_inheriting);
	measure(semaphore);
	measure(read_lock);
	measure(signal_to_nobody);
	start(sem_taker);
	measure(semaphore_hand_over);
	start(listener);
	measure(condition_hand_over);
	start(queue_taker);
	measure(queue_hand_over);
	LOG_INFO("measured");
	return 0;
}
