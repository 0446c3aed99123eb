/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads and which of them runs.
 *
 * Fixed priorities, higher first, round robin with a quantum inside one.  The
 * running thread is the first of the highest queue that is not empty; it
 * stays in its queue while it runs.
 */
#ifndef THREAD_H
#define THREAD_H

#include <ms/abi/abi.h>

#include "clock.h"
#include "port.h"

struct message;
struct service;

/* Those behind READY wait: until a time, for another thread, a signal, a reply. */
enum thread_state { THREAD_FREE, THREAD_READY, THREAD_SLEEPS, THREAD_FUTEX, THREAD_SIGNAL, THREAD_REPLY };

/* Do one piece for a thread; when it was the last one, set t->work to NULL. */
typedef void thread_work(struct thread *t);

struct thread {
	struct port_context context;
	struct link link;		/* in its ready queue */
	struct timer timeout;
	struct service *service;
	thread_work *work;		/* what core does for it, piece by piece, before it goes on; or NULL */
	struct thread *helps;		/* who has what this one waits for, and runs at least at its priority; or NULL */
	union {
		uintptr_t futex;	/* the word it waits for */
		struct message *message;	/* whose reply it waits for */
	};
	uint16_t number;		/* 0 for the main thread of its service */
	uint8_t state;
	uint8_t priority;		/* at which it runs: its own, or inherited */
	uint8_t own_priority;
};

void thread_init(void);

/* A thread that is free, taken for this service and set to the priority, waiting; NULL if no more than `keep` are free. */
struct thread *thread_take(struct service *s, uint8_t priority, uint32_t keep);
void thread_free(struct thread *t);

/* The thread of a number if that belongs to the service, else NULL. */
struct thread *thread_of(const struct service *s, uint32_t number);

/* The thread of an index below THREAD_MAX, whatever its state. For tests: nothing else needs it, and the linker leaves it out. */
const struct thread *thread_at(uint32_t index);

/* Walk the threads of a service: start with NULL; NULL at the end.  The one returned may be freed before the next step. */
struct thread *thread_next(const struct service *s, const struct thread *after);

/* Behind the others of its priority. */
void thread_ready(struct thread *t);

/*
 * Out of the queue until woken or timed out.  `helps` (or NULL) has what it waits for: while it waits that
 * thread runs at least at its priority, and so does whom that one waits for; a thread of the same service no
 * higher than the service's ceiling.  Woken, it comes behind the others of its priority; who waited for a reply, before those that do not run.
 */
void thread_wait(struct thread *t, enum thread_state what, struct thread *helps);
void thread_help(struct thread *t, struct thread *helps);
void thread_wake(struct thread *t, int32_t status, uint32_t value);

/* One that waits does so no longer than this, or for ever (MS_FOREVER). */
static inline __attribute__((always_inline)) void thread_until(struct thread *t, uint64_t deadline)
{
	if (deadline != MS_FOREVER)
		timer_start(&t->timeout, deadline);
}

void thread_rotate(struct thread *running);		/* behind the others of its priority */
void thread_set_priority(struct thread *t, uint8_t priority);	/* its own; it may run at a higher one */

#endif
