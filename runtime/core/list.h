/* SPDX-License-Identifier: Apache-2.0 */
/* Circular doubly linked lists whose links lie in the things they hold. A list is a link that points to itself. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

struct link {
	struct link *next, *prev;
};

#define LIST_OF(type, member, link) ((type *)(void *)((char *)(link) - offsetof(type, member)))

static inline void list_init(struct link *l)
{
	l->next = l->prev = l;
}

static inline bool list_empty(const struct link *l)
{
	return l->next == l;
}

static inline void list_insert_before(struct link *at, struct link *item)
{
	item->next = at;
	item->prev = at->prev;
	at->prev->next = item;
	at->prev = item;
}

/* Remove; harmless when it is in no list but was initialised. */
static inline void list_remove(struct link *item)
{
	item->prev->next = item->next;
	item->next->prev = item->prev;
	list_init(item);
}

#endif
