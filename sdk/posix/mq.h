/* SPDX-License-Identifier: Apache-2.0 */
/* Message queues: what opening, sending and being notified share.  All with the library's lock. */
#ifndef MQ_H
#define MQ_H

#include <limits.h>
#include <mqueue.h>

#include "signals.h"

struct message {
	struct message *next;
	size_t size;
	unsigned priority;
	char text[];
};

struct message_queue {
	struct message_queue *next;
	struct queue senders, receivers;
	struct message *first, *spare;	/* those that it holds, the first to come out in front; and room for more */
	struct mq_attr attributes;	/* but its flags, which are each opening's */
	unsigned opened;
	bool unlinked;
	mqd_t asked;			/* who is to be notified, or 0 */
	struct sigevent event;
	char *name;
};

/* One opening of it. */
struct opening { struct message_queue *queue; int flags; };

/* NULL: it is none. */
struct opening *mq_opening(mqd_t q);

/* Into an empty queue a message has come that nobody waited for, and who asked is told: `event` is what was asked for.  Again, without the lock and q: what could not be done with it. */
extern void (*mq_notice)(struct thread *self, struct message_queue *q, struct sigevent *event);

/* -1 and errno. */
int mq_refuse(int error);

#endif
