/* SPDX-License-Identifier: Apache-2.0 */
#include "thread.h"

#include <ms/abi/abi.h>

#include "capacity.h"
#include "service.h"
#include "table.h"

static struct thread threads[THREAD_MAX];

static struct {
	struct link queue[TABLE_PRIORITY_MAX + 1];
	uint32_t ready;			/* bit p: queue p is not empty */
	struct timer quantum;		/* runs while the running thread has equals that wait */
	const struct thread *slice_of;	/* who ran when it last fired: it has had its share at the next */
} sched;

static struct link *queue_of(const struct thread *t)
{
	return &sched.queue[t->priority];
}

struct thread *core_current(void)
{
	if (!sched.ready)
		return NULL;
	return LIST_OF(struct thread, link, sched.queue[31 - __builtin_clz(sched.ready)].next);
}

bool core_work(void)
{
	struct thread *t = core_current();

	if (!t || !t->work)
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
	return queue_of(t)->next != queue_of(t)->prev;
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
	for (unsigned p = 0; p <= TABLE_PRIORITY_MAX; p++)
		list_init(&sched.queue[p]);
	sched.ready = 0;
	timer_init(&sched.quantum, quantum_over);
	for (struct thread *t = threads; t < threads + THREAD_MAX; t++)
		*t = (struct thread){ .state = THREAD_FREE };
}

static void timed_out(struct timer *timer)
{
	struct thread *t = LIST_OF(struct thread, timeout, timer);

	thread_wake(t, t->futex ? -MS_ETIMEDOUT : MS_OK);
}

struct thread *thread_take(struct service *s, uint8_t priority)
{
	for (struct thread *t = threads; t < threads + THREAD_MAX; t++) {
		if (t->state != THREAD_FREE)
			continue;
		*t = (struct thread){ .service = s, .state = THREAD_WAITING, .priority = priority };
		list_init(&t->link);
		timer_init(&t->timeout, timed_out);
		return t;
	}
	return NULL;
}

static void leave_queue(struct thread *t)
{
	list_remove(&t->link);
	if (t->state == THREAD_READY && list_empty(queue_of(t)))
		sched.ready &= ~(UINT32_C(1) << t->priority);
}

void thread_free(struct thread *t)
{
	leave_queue(t);
	timer_stop(&t->timeout);
	t->state = THREAD_FREE;
	t->service = NULL;
}

uint32_t thread_number(const struct thread *t)
{
	return (uint32_t)(t - threads);
}

struct thread *thread_of(const struct service *s, uint32_t number)
{
	if (number >= THREAD_MAX || threads[number].service != s)
		return NULL;
	return &threads[number];
}

struct thread *thread_next(const struct service *s, const struct thread *after)
{
	size_t i = after ? (size_t)(after - threads) + 1 : 0;

	for (; i < THREAD_MAX; i++)
		if (threads[i].service == s)
			return &threads[i];
	return NULL;
}

void thread_ready(struct thread *t)
{
	leave_queue(t);
	list_insert_before(queue_of(t), &t->link);
	sched.ready |= UINT32_C(1) << t->priority;
	t->state = THREAD_READY;
	if (has_equals(t) && !timer_running(&sched.quantum))
		start_quantum(core_current());
}

void thread_wait(struct thread *t, uint64_t deadline)
{
	leave_queue(t);
	t->state = THREAD_WAITING;
	if (deadline != MS_FOREVER)
		timer_start(&t->timeout, deadline);
}

void thread_wake(struct thread *t, int32_t status)
{
	timer_stop(&t->timeout);
	t->futex = 0;
	port_result(&t->context, status, 0);
	thread_ready(t);
}

void thread_rotate(struct thread *t)
{
	list_remove(&t->link);
	list_insert_before(queue_of(t), &t->link);
}

void thread_set_priority(struct thread *t, uint8_t priority)
{
	bool ready = t->state == THREAD_READY;

	if (ready)
		leave_queue(t);
	t->priority = priority;
	if (ready)
		thread_ready(t);
}
