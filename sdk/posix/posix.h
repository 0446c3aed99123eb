/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of POSIX share: threads as the library sees them, its one lock, and the one way to wait.
 *
 * Every thread waits on a word of its own, and is in a queue of what it waits for; so whoever has something for it
 * (the thing itself, a signal, a cancellation, a new owner to help, another time of day) changes that word and wakes it,
 * and no kernel call had to be made for any of them.  What a waiter gets is handed to it: woken means done.
 *
 * All queues and all of `struct thread` but what says otherwise belong to who has the library's lock.  It is held for
 * a bounded few instructions, never while waiting or while the program's own code runs; who waits for it helps who has it.
 */
#ifndef POSIX_H
#define POSIX_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <ms/syscall.h>

#include "cancellation.h"

#define NSEC_PER_SEC INT64_C(1000000000)

enum { WAITED = 1 };			/* in a lock's word: somebody waits for it */
enum { PRIORITY_MIN = 1, PRIORITY_MAX = 31 };
enum { BARRIER_LIVE = 0xa3, RWLOCK_LIVE, COND_LIVE, MUTEX_LIVE };	/* attributes that were initialised */
enum { GONE = 0xd5 };			/* the state of what was destroyed */

struct thread;
struct value;

/* Threads that wait for one thing, the one to be woken first in front.  In public types it is a void *. */
struct queue { struct thread *first; };
static inline struct queue *queue_of(void **public)
{
	return (struct queue *)(void *)public;
}

/* Why a waiter looks again although nobody gave it anything. */
enum { ATTEND_SIGNAL = 1, ATTEND_CANCEL = 2 };

struct thread {
	uint32_t word;			/* what it waits on: another value each time that there is something to look at */
	uint32_t tag;			/* serial << 17 | number + 1 << 1, what locks have as their owner; 0: nobody's any more */
	uint32_t attend;		/* ATTEND_... that are not blocked */
	uint32_t alive;			/* 1; the kernel makes it 0 when the thread's stack is free */
	struct queue *queue;		/* where it waits; NULL: it was woken, or does not wait */
	struct thread *behind;		/* in that queue */
	struct thread *other;		/* the next of all threads */
	void *memory;			/* of its stack and this, to be freed; or NULL */
	void *result;
	struct queue joiner;
	struct thread *joins;		/* whom it waits for */
	struct __ms_cleanup *cleanup;	/* its own */
	struct value *values;		/* its own */
	pthread_mutex_t *held;		/* its own: those of PTHREAD_PRIO_PROTECT that it has */
	void *(*start)(void *);
	void *argument;
	uint64_t blocked, pending;	/* signals: bit n is number n */
	uint64_t takes;			/* signals that it waits to take */
	uint16_t number;		/* the kernel's */
	uint8_t priority;		/* its own; 0: main's, which nobody had to know yet */
	uint8_t policy;
	bool detached, ended;
	bool cancelled;			/* somebody asked */
	uint8_t cancel_state, cancel_type;	/* its own */
};

static inline pthread_t thread_id(const struct thread *t)
{
	return t->tag >> 1;
}

static inline int tag_number(uint32_t tag)
{
	return (int)(tag >> 1 & 0xffff) - 1;
}

extern _Thread_local struct thread *posix_me;

/* Make what posix_me points to: for main, or, from the heap, for a thread of ms_thread_create. */
struct thread *posix_adopt(void);

/* The calling thread. */
static inline struct thread *posix_self(void)
{
	return posix_me ? posix_me : posix_adopt();
}

extern uint64_t posix_pending;		/* signals to the process that nobody has taken yet; of who has the lock */
extern struct thread *posix_threads;	/* all that are not forgotten; read by who has the lock */
extern unsigned posix_live;		/* those that have not ended */

void posix_lock(struct thread *self);
void posix_unlock(struct thread *self);	/* and tell who was woken last */

/* With the lock: the thread of an id, or NULL. */
struct thread *posix_find(pthread_t id);

/* With the lock: is known from now on. */
void posix_add(struct thread *t, unsigned number);

/* Its priority, for those of all to be comparable: main's is asked for when somebody first needs it. */
uint8_t posix_priority(struct thread *self, struct thread *t);

/* What one wait is like. */
struct wait {
	struct queue *queue;
	const uint32_t *owned;		/* the word of a lock whose owner runs at the waiter's priority at least; or NULL */
	uint64_t until;			/* nanoseconds of `clock`, or MS_FOREVER */
	clockid_t clock;		/* 0: CLOCK_MONOTONIC */
	uint32_t attend;		/* ATTEND_... that end it */
};

/*
 * Wait in a queue, where the caller may have put itself before.  The caller has the lock, and has it no more when this returns: 0 when it was given what it waited
 * for, ETIMEDOUT, or EINTR: there is something to attend to (posix_attend).
 */
int posix_wait(struct thread *self, const struct wait *w);

/* With the lock: the first of a queue is out of it, and goes on with what it was given before; NULL: the queue is empty. */
struct thread *posix_wake(struct queue *q);

/* With the lock: a thread has something to look at, though it gets nothing. */
void posix_nudge(struct thread *t);

/* With the lock: into its queue at its place, and out of it. */
void queue_insert(struct queue *q, struct thread *t);
void queue_remove(struct thread *t);

/* With the lock: say in t->attend what is open for it. */
void posix_attention(struct thread *t);

/*
 * Do what attend says: run handlers of signals, then end the thread if it was cancelled and `cancel`.  Without the
 * lock.  Returns whether handlers ran, and whether one does not want the interrupted call to be taken up again.
 */
enum attended { NOTHING, RESTARTS, INTERRUPTS } posix_attend(struct thread *self, bool cancel);

/* As interruption_hook: a thread that was cancelled is, and ends later. */
enum interruption posix_interrupted(void);

/* Whether there are any signals and cancellations is known to who makes them: so nobody else is linked with it. */
extern enum attended (*posix_deliver)(struct thread *self);
extern void (*posix_end)(struct thread *self);
extern void (*posix_values_end)(struct thread *self);

/* EINVAL when tv_nsec is no fraction of a second; a time that does not fit is "never", one before 1970 is 0. */
int posix_time(const struct timespec *t, uint64_t *nsec);
struct timespec posix_timespec(uint64_t nsec);

/* Called with the lock when CLOCK_REALTIME was set; NULL: nothing. */
extern void (*clock_set_hook)(void);

/* What a clock shows, nanoseconds. */
uint64_t posix_now(clockid_t clock);

/* Of a mutex that the caller has: give it up with the library's lock, and take it again without; what it was locked again comes back. */
uint32_t mutex_leave(pthread_mutex_t *m, struct thread *self);
void mutex_return(pthread_mutex_t *m, struct thread *self, uint32_t depth);
static inline bool mutex_is_own(const pthread_mutex_t *m, const struct thread *self)
{
	return (__atomic_load_n(&m->__word, __ATOMIC_RELAXED) & ~(uint32_t)WAITED) == self->tag;
}

static inline bool swap(uint32_t *word, uint32_t seen, uint32_t next)
{
	return __atomic_compare_exchange_n(word, &seen, next, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

#endif
