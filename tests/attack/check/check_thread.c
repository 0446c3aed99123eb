/* SPDX-License-Identifier: Apache-2.0 */
/* thread.c, and what holds of threads: each is free, ready in its queue or waiting; its registers and memory are its service's. */
#define core_work unchecked_work
#include "thread.c"

#include "check.h"

static const char *check_queues(void)
{
	int ready = 0;

	for (unsigned p = 0; p <= TABLE_PRIORITY_MAX; p++) {
		int n = list_count(&sched.queue[p], THREAD_MAX);

		if (n < 0)
			return "a queue is broken";
		if ((n > 0) != (sched.ready >> p & 1))
			return "a bit of the queues lies";
		ready += n;
		for (const struct link *at = sched.queue[p].next; at != &sched.queue[p]; at = at->next) {
			const struct thread *t = LIST_OF(const struct thread, link, at);

			if (t < threads || t >= threads + THREAD_MAX || t->state != THREAD_READY || t->priority != p)
				return "a thread is in a queue that is not its own";
		}
	}
	for (const struct thread *t = threads; t < threads + THREAD_MAX; t++)
		ready -= t->state == THREAD_READY;
	return ready ? "a ready thread is in no queue" : NULL;
}

static const char *check_thread(const struct thread *t)
{
	const struct service *s = t->service;

	if (t->state == THREAD_FREE)
		return s || (t->timeout.link.next && timer_running(&t->timeout)) ? "a free thread is not free" : NULL;
	if (!is_service(s) || s->state != SERVICE_RUNNING)
		return "a thread is of no running service";
	if (t->state == THREAD_READY && timer_running(&t->timeout))
		return "a ready thread has a timer";
	if (t->work)
		return NULL;
	if (t->context.protection != &s->protection)
		return "a thread has another's memory";
	if (t->context.psp - s->plan.ram > s->plan.ram_extent)
		return "a thread's stack is not in its service's memory";
	if ((uintptr_t)t->context.got != service_data_base(s))
		return "a thread's data is not its service's";
	return NULL;
}

const char *check_threads(void)
{
	const char *why = check_queues();

	for (const struct thread *t = threads; !why && t < threads + THREAD_MAX; t++)
		why = check_thread(t);
	return why;
}
