/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

#include <sched.h>
#include <signal.h>

/* A head and a tail that belong together; the handler moves both. */
static volatile int head, tail;
static bool block_it;
static pthread_t owner;

static void take_one(int number)
{
	(void)number;
	head++, tail++;
}

static void *sender(void *unused)
{
	pthread_kill(owner, SIGUSR1);
	return unused;
}

static void move_both(void)
{
	int was = head;

	sched_yield();	/* a library's function that may wait: here handlers run */
	head = was + 1;
	tail++;
}

void planted_signal_handler(bool mended)
{
	struct sigaction a = { .sa_handler = take_one };
	sigset_t usr1, before;

	block_it = mended;
	owner = pthread_self();
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigaction(SIGUSR1, &a, NULL);

	pthread_sigmask(SIG_BLOCK, &usr1, &before);
	pthread_t t = begin(sender, NULL);

	sched_yield();
	sched_yield();
	if (!block_it)
		pthread_sigmask(SIG_SETMASK, &before, NULL);
	move_both();
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	end(t);
	assert(head == tail);
}
