/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A timer asks for a reading each 100 ms, a producer takes it, a consumer tells of it, an alarm ends it all: plain
 * POSIX, as on any other computer.
 */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "readings.h"

static struct readings readings = READINGS_EMPTY;
static sem_t due;
static int asked;

static void ask(union sigval unused)
{
	(void)unused;
	sem_post(&due);
}

static void *produce(void *unused)
{
	for (;;) {
		sem_wait(&due);
		readings_put(&readings, 20 + asked++ % 3);
	}
	return unused;
}

static void *consume(void *unused)
{
	for (int celsius; readings_get(&readings, &celsius);)
		printf("it is %d degrees\n", celsius);
	return unused;
}

static timer_t start_clock(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_THREAD, .sigev_notify_function = ask };
	struct itimerspec each = { .it_value = { .tv_nsec = 100000000 }, .it_interval = { .tv_nsec = 100000000 } };
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &each, NULL))
		perror("no timer");
	return timer;
}

/* All threads begin with it blocked, so that it comes to who waits for it; alarm cannot say that there is no memory for one. */
static void wait_for_alarm(const sigset_t *alarms)
{
	const struct timespec patience = { .tv_sec = 2 };

	alarm(1);
	if (sigtimedwait(alarms, NULL, &patience) < 0)
		perror("no alarm");
}

int main(void)
{
	pthread_t producer, consumer;
	sigset_t alarms;

	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL);
	sem_init(&due, 0, 0);
	if (pthread_create(&producer, NULL, produce, NULL) || pthread_create(&consumer, NULL, consume, NULL))
		return 1;
	timer_t timer = start_clock();

	wait_for_alarm(&alarms);
	timer_delete(timer);
	pthread_cancel(producer);
	pthread_join(producer, NULL);
	readings_close(&readings);
	pthread_join(consumer, NULL);
	printf("%d readings\n", asked);
	return 0;
}
