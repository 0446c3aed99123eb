/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "posix.h"

_Thread_local struct thread *posix_me;
struct thread *posix_threads;
unsigned posix_live;
static struct thread posix_main;
static unsigned serial;

/* The library's lock: 0, or its holder's number + 1 << 1 and whether somebody waits. */
static uint32_t lock;
static const uint32_t *told;		/* the word of who was woken last, and sleeps still */

void posix_lock(struct thread *self)
{
	uint32_t mine = (self->number + 1u) << 1, seen;

	if (swap(&lock, 0, mine))
		return;
	/* Who has waited cannot know whether others still do. */
	while (!swap(&lock, 0, mine | WAITED)) {
		seen = __atomic_load_n(&lock, __ATOMIC_RELAXED);
		if (seen && ((seen & WAITED) || swap(&lock, seen, seen | WAITED)))
			ms_futex_wait_for(&lock, seen | WAITED, MS_FOREVER, tag_number(seen));
	}
}

void posix_unlock(struct thread *self)
{
	const uint32_t *word = told;
	(void)self;

	told = NULL;
	if (__atomic_exchange_n(&lock, 0, __ATOMIC_RELEASE) & WAITED)
		ms_futex_wake(&lock, 1);
	if (word)
		ms_futex_wake(word, 1);
}

void posix_nudge(struct thread *t)
{
	if (told)
		ms_futex_wake(told, 1);
	__atomic_fetch_add(&t->word, 1, __ATOMIC_RELEASE);
	told = &t->word;
}

struct thread *posix_find(pthread_t id)
{
	for (struct thread *t = posix_threads; t; t = t->other)
		if (t->tag && thread_id(t) == id)
			return t;
	return NULL;
}

void posix_add(struct thread *t, unsigned number)
{
	t->number = (uint16_t)number;
	t->tag = (serial++ << 17) | (number + 1) << 1;
	t->other = posix_threads;
	posix_threads = t;
	posix_live++;
}

struct thread *posix_adopt(void)
{
	unsigned number = (unsigned)ms_thread_self();
	struct thread *t = number ? calloc(1, sizeof(*t)) : &posix_main;

	if (!t)
		abort();
	t->number = (uint16_t)number;
	t->memory = number ? t : NULL;
	t->alive = 1;
	posix_me = t;
	posix_lock(t);
	posix_add(t, number);
	posix_unlock(t);
	return t;
}

uint8_t posix_priority(struct thread *self, struct thread *t)
{
	unsigned highest = PRIORITY_MAX;
	int of_main;

	if (t->priority)
		return t->priority;
	/* The kernel tells the priority before when a new one is set: the highest that is granted, so that nobody runs in between. */
	while ((of_main = ms_thread_priority(self->number, highest)) < 0)
		highest--;
	ms_thread_priority(self->number, (unsigned)of_main);
	for (struct thread *each = posix_threads; each; each = each->other)
		if (!each->priority)
			each->priority = (uint8_t)of_main;
	return t->priority;
}
