/* SPDX-License-Identifier: Apache-2.0 */
#include "planted.h"

/* A list of free pieces without a lock.  Taking reads the head and what is behind it, and then exchanges the head if it is still the same. */
struct piece { struct piece *behind; int owners; };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct piece pieces[3], *head;
static bool with_lock;

static struct piece *take(void)
{
	if (with_lock)
		pthread_mutex_lock(&mutex);

	struct piece *p = __atomic_load_n(&head, __ATOMIC_ACQUIRE);

	while (p && !__atomic_compare_exchange_n(&head, &p, p->behind, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		;
	if (with_lock)
		pthread_mutex_unlock(&mutex);
	if (p)
		assert(__atomic_add_fetch(&p->owners, 1, __ATOMIC_ACQ_REL) == 1);
	return p;
}

static void give(struct piece *p)
{
	__atomic_sub_fetch(&p->owners, 1, __ATOMIC_ACQ_REL);
	if (with_lock)
		pthread_mutex_lock(&mutex);
	p->behind = __atomic_load_n(&head, __ATOMIC_ACQUIRE);
	while (!__atomic_compare_exchange_n(&head, &p->behind, p, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		;
	if (with_lock)
		pthread_mutex_unlock(&mutex);
}

static void *one(void *unused)
{
	take();
	take();
	return unused;
}

static void *other(void *unused)
{
	struct piece *first = take();

	take();
	if (first)
		give(first);
	return unused;
}

void planted_free_list(bool mended)
{
	with_lock = mended;
	for (int i = 0; i < 3; i++) {
		pieces[i].behind = i < 2 ? &pieces[i + 1] : NULL;
		pieces[i].owners = 0;
	}
	head = &pieces[0];
	both(one, other);
}
