/* SPDX-License-Identifier: Apache-2.0 */
/* thread.c, and what holds of threads: each is free, ready in its queue or waiting; its registers and memory are its service's. */
#define core_work unchecked_work
#include "thread.c"

#include "check.h"

static const char *check_queues(void)
{
	int ready = 0;

	for (unsigned p = 0; p <= TABLE_PRIORITY_MAX; p++) {
		const struct thread *first = sched.queue[p], *t = first;

		if (!(sched.ready >> p & 1))
			continue;
		int n = list_count(&first->link, THREAD_MAX);

		if (n < 0)
			return "a queue is broken";
		ready += n + 1;
		do {
			if (t < threads || t >= threads + THREAD_MAX || t->state != THREAD_READY || t->priority != p)
				return "a thread is in a queue that is not its own";
		} while ((t = behind(t)) != first);
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
	if (t->context.limit < s->plan.ram || t->context.limit - s->plan.ram > s->plan.ram_extent || t->context.psp - s->plan.ram > s->plan.ram_extent)
		return "a thread's stack is not in its service's memory";
	if ((uintptr_t)s->protection.got != service_data_base(s))
		return "a thread's data is not its service's";
	return NULL;
}

/* With CHECK_PLANTED core forgets who is ready, once: to show that this is found. */
static void plant(void)
{
#ifdef CHECK_PLANTED
	static unsigned looked;

	if (++looked == CHECK_PLANTED)
		sched.ready = 0;
#endif
}

const char *check_threads(void)
{
	plant();

	const char *why = check_queues();

	for (const struct thread *t = threads; !why && t < threads + THREAD_MAX; t++)
		why = check_thread(t);
	return why;
}
