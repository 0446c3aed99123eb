/* SPDX-License-Identifier: Apache-2.0 */
#include "thread.h"

#include <ms/abi/abi.h>

#include "capacity.h"
#include "core_assert.h"
#include "message.h"
#include "service.h"
#include "table.h"

static struct thread threads[THREAD_MAX];
static struct thread *beyond;		/* all that were ever taken lie below */

static struct {
	struct thread *queue[TABLE_PRIORITY_MAX + 1];	/* the first of a ring of threads */
	uint32_t ready;			/* bit p: queue p is not empty */
	struct timer quantum;		/* runs while the running thread has equals that wait */
	const struct thread *slice_of;	/* who ran when it last fired: it has had its share at the next */
	struct thread *current;		/* the first of the highest queue that is not empty */
} sched;

static struct thread *behind(const struct thread *t)
{
	return LIST_OF(struct thread, link, t->link.next);
}

struct thread *core_current(void)
{
	return sched.current;
}

/* After each change of the queues. */
static void choose(void)
{
	sched.current = sched.ready ? sched.queue[31 - __builtin_clz(sched.ready)] : NULL;
}

bool core_busy(const struct thread *t)
{
	return t->work;
}

bool core_work(void)
{
	struct thread *t = core_current();

	if (!t || !core_busy(t))
		return false;
	t->work(t);
	return true;
}

struct port_context *core_context(struct thread *t)
{
	return &t->context;
}

static bool has_equals(const struct thread *t)
{
	return t->link.next != &t->link;
}

static void start_quantum(const struct thread *t)
{
	sched.slice_of = t;
	timer_start(&sched.quantum, clock_now() + t->service->quantum_nsec);
}

/* A thread that began in the middle of another's quantum gets the rest and one whole quantum more. */
static void quantum_over(struct timer *timer)
{
	struct thread *t = core_current();
	(void)timer;

	if (!t || !has_equals(t))
		return;
	if (sched.slice_of == t)
		thread_rotate(t);
	start_quantum(core_current());
}

void thread_init(void)
{
	sched.ready = 0;
	sched.current = NULL;
	timer_init(&sched.quantum, quantum_over);
	beyond = threads;
	for (struct thread *t = threads; t < threads + THREAD_MAX; t++)
		t->state = THREAD_FREE, t->service = NULL, t->helps = NULL;	/* the rest is set when it is taken */
}

static void timed_out(struct timer *timer)
{
	struct thread *t = LIST_OF(struct thread, timeout, timer);

	if (t->state == THREAD_REPLY)
		message_abandon(t->message);
	else if (t->state == THREAD_SIGNAL)
		t->service->wanted = 0;
	thread_wake(t, t->state == THREAD_SLEEPS ? MS_OK : -MS_ETIMEDOUT, 0);
}

struct thread *thread_take(struct service *s, uint8_t priority, uint32_t keep)
{
	for (struct thread *t = threads; t < threads + THREAD_MAX; t++) {
		if (t->state != THREAD_FREE || keep-- > 0)
			continue;
		*t = (struct thread){
			.service = s, .number = (uint16_t)(t - threads + 1), .state = THREAD_SLEEPS, .priority = priority, .own_priority = priority,
		};
		if (t >= beyond)
			beyond = t + 1;
		list_init(&t->link);
		timer_init(&t->timeout, timed_out);
		return t;
	}
	return NULL;
}

/* What stands for the first of a queue that is empty does not count. */
static void leave_queue(struct thread *t)
{
	if (has_equals(t)) {
		if (sched.queue[t->priority] == t)
			sched.queue[t->priority] = behind(t);
		list_remove(&t->link);
	} else if (t->state == THREAD_READY) {
		sched.ready &= ~(UINT32_C(1) << t->priority);
	}
	choose();
}

void thread_free(struct thread *t)
{
	core_assert(t->state != THREAD_FREE);
	leave_queue(t);
	timer_stop(&t->timeout);
	thread_help(t, NULL);
	port_thread_end(&t->context);
	t->state = THREAD_FREE;
	t->service = NULL;
	for (struct thread *w = threads; w < beyond; w++)
		if (w->helps == t)
			w->helps = NULL;
}

struct thread *thread_of(const struct service *s, uint32_t number)
{
	if (number == 0)
		return s->main;
	if (number > THREAD_MAX || threads[number - 1].service != s || threads[number - 1].number != number)
		return NULL;
	return &threads[number - 1];
}

const struct thread *thread_at(uint32_t index)
{
	return &threads[index];
}

struct thread *thread_next(const struct service *s, const struct thread *after)
{
	size_t i = after ? (size_t)(after - threads) + 1 : 0;

	for (; i < THREAD_MAX; i++)
		if (threads[i].service == s)
			return &threads[i];
	return NULL;
}

/* Among those of its priority: behind all others, or next after the one that runs. */
static void join_equals(struct thread *t, bool next)
{
	struct thread **first = &sched.queue[t->priority], *before = *first;

	if (next && before == sched.current)
		before = behind(before);
	else if (next)
		*first = t;
	list_insert_before(&before->link, &t->link);
	if (!timer_running(&sched.quantum))
		start_quantum(sched.current);
}

static void enter_queue(struct thread *t, bool next)
{
	uint8_t priority = t->priority;
	uint32_t bit = UINT32_C(1) << priority;

	t->state = THREAD_READY;
	if (sched.ready & bit) {
		join_equals(t, next);
		return;
	}
	sched.queue[priority] = t;
	sched.ready |= bit;
	if (!sched.current || sched.current->priority < priority)
		sched.current = t;
}

void thread_ready(struct thread *t)
{
	enter_queue(t, false);
}

void thread_rotate(struct thread *running)
{
	sched.current = sched.queue[running->priority] = behind(running);
}

/* What it should run at: its own priority, or what one that waits for it has. */
static uint8_t due_priority(const struct thread *t)
{
	uint8_t due = t->own_priority;

	for (const struct thread *w = threads; w < beyond; w++) {
		uint8_t p = w->priority;

		if (w->helps != t)
			continue;
		if (w->service == t->service && p > t->service->plan.ceiling)
			p = t->service->plan.ceiling;
		if (p > due)
			due = p;
	}
	return due;
}

/* Something about those that help it has changed: bring it, and whom it helps itself, to what is due. */
static void inherit(struct thread *t)
{
	for (; t; t = t->helps) {
		uint8_t due = due_priority(t);
		bool ready = t->state == THREAD_READY;

		if (due == t->priority)
			return;
		if (ready)
			leave_queue(t);
		t->priority = due;
		if (ready)
			thread_ready(t);
	}
}

void thread_help(struct thread *t, struct thread *helps)
{
	struct thread *before = t->helps;

	t->helps = helps;
	if (before && before->priority > before->own_priority)
		inherit(before);
	if (helps && helps->priority < t->priority)
		inherit(helps);
}

void thread_wait(struct thread *t, enum thread_state what, struct thread *helps)
{
	leave_queue(t);
	t->state = what;
	t->helps = helps;
	if (helps && helps->priority < t->priority)
		inherit(helps);
}

/* Who called another goes on where it was among its equals: it has waited for what it would have done itself. */
void thread_wake(struct thread *t, int32_t status, uint32_t value)
{
	if (timer_running(&t->timeout))
		timer_stop(&t->timeout);
	port_result(&t->context, status, value);
	if (t->state == THREAD_FUTEX)
		list_remove(&t->link);
	enter_queue(t, t->state == THREAD_REPLY);
	if (t->helps)
		thread_help(t, NULL);
}

void thread_set_priority(struct thread *t, uint8_t priority)
{
	t->own_priority = priority;
	inherit(t);
}
