/* SPDX-License-Identifier: Apache-2.0 */
/* Messages into a queue and out of it.  Who was woken looks again: somebody of higher priority may have been faster, and then it waits on. */
#include <errno.h>
#include <string.h>

#include "mq.h"

void (*mq_notice)(struct thread *self, struct message_queue *q, struct sigevent *event);

/* What is asked for: to send or to receive, and how long at most (NULL: as long as it takes). */
struct request {
	mqd_t queue;
	int access;		/* O_WRONLY or O_RDONLY */
	size_t size;
	const struct timespec *until;
};

/* With the lock: EBADF, EMSGSIZE, or 0: `o` is it. */
static int check(const struct request *r, struct opening **o)
{
	*o = mq_opening(r->queue);
	if (!*o || ((*o)->flags & O_ACCMODE) == (r->access == O_WRONLY ? O_RDONLY : O_WRONLY))
		return EBADF;
	size_t most = (size_t)(*o)->queue->attributes.mq_msgsize;
	return (r->access == O_WRONLY ? r->size > most : r->size < most) ? EMSGSIZE : 0;
}

/* Until it can be done: 0 with the lock, and `q`; or an error, without. */
static int wait_for_turn(struct thread *self, const struct request *r, struct message_queue **q)
{
	struct wait w = { .until = MS_FOREVER, .clock = CLOCK_REALTIME, .attend = ATTEND_SIGNAL | ATTEND_CANCEL };
	struct opening *o;
	int rc;

	posix_attend(self, true);
	for (;;) {
		posix_lock(self);
		rc = check(r, &o);
		if (!rc && (r->access == O_WRONLY ? o->queue->spare : o->queue->first)) {
			*q = o->queue;
			return 0;
		}
		if (!rc)
			rc = o->flags & O_NONBLOCK ? EAGAIN : r->until ? posix_time(r->until, &w.until) : 0;
		if (rc) {
			posix_unlock(self);
			return rc;
		}
		w.queue = r->access == O_WRONLY ? &o->queue->senders : &o->queue->receivers;
		rc = posix_wait(self, &w);
		if (rc == ETIMEDOUT || (rc == EINTR && posix_attend(self, true) == INTERRUPTS))
			return rc;
	}
}

static void put(struct message_queue *q, const char *text, size_t size, unsigned priority)
{
	struct message *m = q->spare, **at = &q->first;

	q->spare = m->next;
	m->size = size;
	m->priority = priority;
	memcpy(m->text, text, size);
	while (*at && (*at)->priority >= priority)
		at = &(*at)->next;
	m->next = *at;
	*at = m;
	q->attributes.mq_curmsgs++;
}

static size_t take(struct message_queue *q, char *text, unsigned *priority)
{
	struct message *m = q->first;

	q->first = m->next;
	m->next = q->spare;
	q->spare = m;
	q->attributes.mq_curmsgs--;
	memcpy(text, m->text, m->size);
	if (priority)
		*priority = m->priority;
	return m->size;
}

int mq_timedsend(mqd_t d, const char *text, size_t size, unsigned priority, const struct timespec *until)
{
	struct thread *self = posix_self();
	struct message_queue *q;
	struct sigevent event;
	bool tell;
	int rc = priority >= MQ_PRIO_MAX ? EINVAL : wait_for_turn(self, &(struct request){ d, O_WRONLY, size, until }, &q);

	if (rc)
		return mq_refuse(rc);
	put(q, text, size, priority);
	tell = !posix_wake(&q->receivers) && q->asked && q->attributes.mq_curmsgs == 1;
	if (tell)
		mq_notice(self, q, &event);
	posix_unlock(self);
	if (tell)
		mq_notice(self, NULL, &event);
	return 0;
}

int mq_send(mqd_t d, const char *text, size_t size, unsigned priority)
{
	return mq_timedsend(d, text, size, priority, NULL);
}

ssize_t mq_timedreceive(mqd_t d, char *restrict text, size_t size, unsigned *restrict priority, const struct timespec *restrict until)
{
	struct thread *self = posix_self();
	struct message_queue *q;
	int rc = wait_for_turn(self, &(struct request){ d, O_RDONLY, size, until }, &q);

	if (rc)
		return mq_refuse(rc);
	size_t taken = take(q, text, priority);
	posix_wake(&q->senders);
	posix_unlock(self);
	return (ssize_t)taken;
}

ssize_t mq_receive(mqd_t d, char *text, size_t size, unsigned *priority)
{
	return mq_timedreceive(d, text, size, priority, NULL);
}
