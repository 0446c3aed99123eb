/* SPDX-License-Identifier: Apache-2.0 */
/* Signals on their way: what the parts of it share.  All with the library's lock, but what says otherwise. */
#ifndef SIGNALS_H
#define SIGNALS_H

#include <signal.h>

#include "posix.h"

/* One that carries more than its number. */
struct signal {
	struct signal *next;
	struct thread *to;		/* NULL: the process */
	union sigval value;
	uint8_t number;
	uint8_t code;
	bool queued;
	bool pooled;			/* of the pool, to which it goes back */
	int overrun, last_overrun;	/* of a timer: what it missed since this was sent, and until it was last taken */
};

static inline uint64_t signal_bit(int number)
{
	return UINT64_C(1) << number;
}

static inline bool signal_is(int number)
{
	return number > 0 && number < _NSIG;
}

/* Without the lock: those that cannot be caught, ignored or blocked. */
#define SIGNALS_FIXED (signal_bit(SIGKILL) | signal_bit(SIGSTOP))

/* What is done with each; a program that catches none has all at SIG_DFL. */
extern struct sigaction signal_actions[_NSIG];

/* Send a plain one to a thread, or (NULL) to the process. */
void signal_send(struct thread *self, struct thread *to, int number);

/* Send one that carries more. */
void signal_queue(struct thread *self, struct signal *s);

/* From the pool; NULL: it is empty. */
struct signal *signal_take_free(void);

/* Without the lock: SIGEV_THREAD, a thread of its own for it; nothing when there is no memory for one. */
void event_thread(const struct sigevent *e);

/* One of a timer is about to be taken: what the timer has missed until now counts. */
extern void (*signal_of_timer)(struct signal *s);

/* It is not on its way any more. */
void signal_withdraw(struct signal *s);

/* The first of `set` that waits for this thread is taken; 0: none does. */
int signal_take(struct thread *self, uint64_t set, siginfo_t *info);

/* Nothing that is ignored is on its way. */
void signal_forget(int number);

/* Everybody's attention, after posix_pending changed. */
void signal_attention(void);

/* Without the lock: what is blocked from now on; deliver what was. */
uint64_t signal_block(struct thread *self, uint64_t blocked);

#endif
