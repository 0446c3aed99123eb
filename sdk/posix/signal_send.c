/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signal to a thread is pending there; one to the process is pending for all, and one thread is woken for it: who
 * waits to take it, else the caller, else one that waits for something, else any that has it open.
 */
#include <limits.h>
#include <stdlib.h>

#include "signals.h"

struct sigaction signal_actions[_NSIG];
void (*signal_of_timer)(struct signal *s);
static struct signal pool[SIGQUEUE_MAX];
static struct signal *waiting;		/* in the order that they were sent */

/* When it is delivered; before, even this one is pending. */
static bool ignored(int number)
{
	switch (number) {
	case SIGCHLD: case SIGCONT: case SIGURG: case SIGWINCH: case SIGSTOP: case SIGTSTP: case SIGTTIN: case SIGTTOU:
		return signal_actions[number].sa_handler == SIG_DFL || signal_actions[number].sa_handler == SIG_IGN;
	default:
		return signal_actions[number].sa_handler == SIG_IGN;
	}
}

void signal_attention(void)
{
	for (struct thread *t = posix_threads; t; t = t->other)
		posix_attention(t);
}

/* How well a thread is placed to take one that is the process's. */
static int fitness(const struct thread *self, const struct thread *t, uint64_t bit)
{
	if (t->takes & bit)
		return 4;
	if (t->blocked & bit)
		return 0;
	return t == self ? 3 : t->queue ? 2 : 1;
}

static void wake_for(struct thread *self, uint64_t bit)
{
	struct thread *best = NULL;

	signal_attention();
	for (struct thread *t = posix_threads; t; t = t->other)
		if (fitness(self, t, bit) > (best ? fitness(self, best, bit) : 0))
			best = t;
	if (best)
		posix_nudge(best);
}

/* Somebody may have to run a handler. */
static enum attended deliver(struct thread *self);

static void tell(struct thread *self, struct thread *to, int number)
{
	posix_deliver = deliver;
	if (to) {
		to->pending |= signal_bit(number);
		posix_attention(to);
		posix_nudge(to);
	} else {
		posix_pending |= signal_bit(number);
		wake_for(self, signal_bit(number));
	}
}

void signal_queue(struct thread *self, struct signal *s)
{
	struct signal **at = &waiting;

	while (*at)
		at = &(*at)->next;
	*at = s;
	s->next = NULL;
	s->queued = true;
	tell(self, s->to, s->number);
}

void signal_send(struct thread *self, struct thread *to, int number)
{
	struct signal *s = number >= SIGRTMIN ? signal_take_free() : NULL;

	if (s) {
		*s = (struct signal){ .to = to, .number = (uint8_t)number, .code = SI_USER, .pooled = true };
		signal_queue(self, s);
	} else {
		tell(self, to, number);
	}
}

struct signal *signal_take_free(void)
{
	for (struct signal *s = pool; s < pool + SIGQUEUE_MAX; s++)
		if (!s->pooled)
			return s;
	return NULL;
}

/* The first that was sent to a thread (NULL: the process) and carries more. */
static struct signal *first_queued(const struct thread *to, int number)
{
	struct signal *s = waiting;

	while (s && (s->to != to || s->number != number))
		s = s->next;
	return s;
}

void signal_withdraw(struct signal *s)
{
	struct signal **at = &waiting;

	while (*at && *at != s)
		at = &(*at)->next;
	if (*at) {
		*at = s->next;
		if (!first_queued(s->to, s->number))
			*(s->to ? &s->to->pending : &posix_pending) &= ~signal_bit(s->number);
	}
	s->queued = s->pooled = false;
}

void signal_forget(int number)
{
	struct signal *next;

	for (struct signal *s = waiting; s; s = next) {
		next = s->next;
		if (s->number == number)
			signal_withdraw(s);
	}
	posix_pending &= ~signal_bit(number);
	for (struct thread *t = posix_threads; t; t = t->other)
		t->pending &= ~signal_bit(number);
	signal_attention();
}

static void inform(siginfo_t *info, int number, const struct signal *s)
{
	*info = (siginfo_t){ .si_signo = number, .si_code = SI_USER, .si_pid = 1 };
	if (s) {
		info->si_code = s->code;
		info->si_value = s->value;
	}
}

int signal_take(struct thread *self, uint64_t set, siginfo_t *info)
{
	uint64_t there = (self->pending | posix_pending) & set;

	if (!there)
		return 0;
	int number = __builtin_ctzll(there);
	struct thread *to = self->pending & signal_bit(number) ? self : NULL;
	struct signal *s = first_queued(to, number);

	inform(info, number, s);
	if (s) {
		if (s->code == SI_TIMER)
			signal_of_timer(s);
		s->last_overrun = s->overrun;
		signal_withdraw(s);
	}
	if (!s)
		*(to ? &to->pending : &posix_pending) &= ~signal_bit(number);
	signal_attention();
	return number;
}

/* Nobody catches it. */
static void end(struct thread *self, int number)
{
	posix_unlock(self);
	if (number == SIGABRT)
		abort();
	ms_exit(128 + number);
}

/* With the lock, also afterwards. */
static void handle(struct thread *self, int number, siginfo_t *info)
{
	struct sigaction action = signal_actions[number];
	uint64_t blocked = self->blocked;

	if (action.sa_handler == SIG_DFL)
		end(self, number);
	self->blocked |= (action.sa_mask | (action.sa_flags & SA_NODEFER ? 0 : signal_bit(number))) & ~SIGNALS_FIXED;
	posix_attention(self);
	if (action.sa_flags & SA_RESETHAND)
		signal_actions[number].sa_handler = SIG_DFL;
	posix_unlock(self);
	if (action.sa_flags & SA_SIGINFO)
		action.sa_sigaction(number, info, NULL);
	else
		action.sa_handler(number);
	posix_lock(self);
	self->blocked = blocked;
	posix_attention(self);
}

static enum attended deliver(struct thread *self)
{
	enum attended result = NOTHING;
	uint64_t once = 0;	/* those of timers: one that comes again before its handler has ended would leave the program no time */
	siginfo_t info;
	int number;

	posix_lock(self);
	while ((number = signal_take(self, ~self->blocked & ~self->takes & ~once, &info))) {
		bool restarts = signal_actions[number].sa_flags & SA_RESTART;

		if (info.si_code == SI_TIMER)
			once |= signal_bit(number);
		if (ignored(number))
			continue;
		handle(self, number, &info);
		result = restarts && result != INTERRUPTS ? RESTARTS : INTERRUPTS;
	}
	posix_attention(self);
	posix_unlock(self);
	return result;
}

uint64_t signal_block(struct thread *self, uint64_t blocked)
{
	posix_lock(self);
	uint64_t before = self->blocked;

	self->blocked = blocked & ~SIGNALS_FIXED;
	posix_attention(self);
	posix_unlock(self);
	return before;
}
