/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mq.h"
#include "object_name.h"

static struct message_queue *all;
static struct opening openings[MQ_OPEN_MAX];

int mq_refuse(int error)
{
	errno = error;
	return -1;
}

struct opening *mq_opening(mqd_t q)
{
	return q > 0 && q <= MQ_OPEN_MAX && openings[q - 1].queue ? &openings[q - 1] : NULL;
}

static struct message_queue *find(const char *name)
{
	struct message_queue *q = all;

	while (q && (q->unlinked || strcmp(q->name, name)))
		q = q->next;
	return q;
}

/* Without the lock: an empty one with room for all its messages; NULL: the heap has not. */
static struct message_queue *make(const char *name, const struct mq_attr *a)
{
	size_t each, room, length = strlen(name) + 1;
	struct message_queue *q;

	if (__builtin_add_overflow(sizeof(struct message) + _Alignof(struct message) - 1, (size_t)a->mq_msgsize, &each))
		return NULL;
	each -= each % _Alignof(struct message);
	if (__builtin_mul_overflow(each, (size_t)a->mq_maxmsg, &room) || __builtin_add_overflow(room, sizeof(*q) + length, &room) || !(q = malloc(room)))
		return NULL;
	*q = (struct message_queue){ .attributes = { .mq_maxmsg = a->mq_maxmsg, .mq_msgsize = a->mq_msgsize }, .name = (char *)(q + 1) + each * (size_t)a->mq_maxmsg };
	for (long i = 0; i < a->mq_maxmsg; i++) {
		struct message *m = (void *)((char *)(q + 1) + each * (size_t)i);

		m->next = q->spare;
		q->spare = m;
	}
	memcpy(q->name, name, length);
	return q;
}

/* With the lock: without name and nobody's, it is out of the list, to be freed; else NULL. */
static struct message_queue *take_if_over(struct message_queue *q)
{
	struct message_queue **at = &all;

	if (q->opened || !q->unlinked)
		return NULL;
	while (*at != q)
		at = &(*at)->next;
	*at = q->next;
	return q;
}

/* With the lock: its number, or -1: rc says why not.  `fresh` is taken where there is none of its name. */
static mqd_t open_one(const char *name, int flags, struct message_queue **fresh, int *rc)
{
	struct message_queue *q = find(name);
	int i = 0;

	while (i < MQ_OPEN_MAX && openings[i].queue)
		i++;
	*rc = q && flags & O_CREAT && flags & O_EXCL ? EEXIST : !q && !(flags & O_CREAT) ? ENOENT : i == MQ_OPEN_MAX ? EMFILE : !q && !*fresh ? ENOSPC : 0;
	if (*rc)
		return -1;
	if (!q) {
		q = *fresh;
		*fresh = NULL;
		q->next = all;
		all = q;
	}
	q->opened++;
	openings[i] = (struct opening){ q, flags & (O_ACCMODE | O_NONBLOCK) };
	return i + 1;
}

mqd_t mq_open(const char *name, int flags, ...)
{
	struct mq_attr usual = { .mq_maxmsg = 8, .mq_msgsize = 128 };
	struct thread *self = posix_self();
	struct message_queue *fresh = NULL;
	int rc = object_name(&name), access = flags & O_ACCMODE;
	va_list more;
	mqd_t made = -1;

	if (!rc && access != O_RDONLY && access != O_WRONLY && access != O_RDWR)
		rc = EINVAL;
	va_start(more, flags);
	if (!rc && flags & O_CREAT) {
		(void)va_arg(more, int);
		const struct mq_attr *a = va_arg(more, const struct mq_attr *);

		if (!a)
			a = &usual;
		if (a->mq_maxmsg < 1 || a->mq_msgsize < 1)
			rc = EINVAL;
		else
			fresh = make(name, a);
	}
	va_end(more);
	if (!rc) {
		posix_lock(self);
		made = open_one(name, flags, &fresh, &rc);
		posix_unlock(self);
	}
	free(fresh);
	return rc ? mq_refuse(rc) : made;
}

int mq_close(mqd_t d)
{
	struct thread *self = posix_self();

	posix_lock(self);
	struct opening *o = mq_opening(d);
	struct message_queue *q = o ? o->queue : NULL;
	bool found = q;

	if (found) {
		o->queue = NULL;
		q->opened--;
		if (q->asked == d)
			q->asked = 0;
		while (posix_wake(&q->senders) || posix_wake(&q->receivers))
			;	/* who waited with this opening sees that it is none any more; others wait on */
		q = take_if_over(q);
	}
	posix_unlock(self);
	free(q);
	return found ? 0 : mq_refuse(EBADF);
}

int mq_unlink(const char *name)
{
	struct thread *self = posix_self();
	int rc = object_name(&name);

	if (rc)
		return mq_refuse(rc == EINVAL ? ENOENT : rc);
	posix_lock(self);
	struct message_queue *q = find(name);
	bool found = q;

	if (found) {
		q->unlinked = true;
		q = take_if_over(q);
	}
	posix_unlock(self);
	free(q);
	return found ? 0 : mq_refuse(ENOENT);
}

/* With the lock. */
static struct mq_attr attributes(const struct opening *o)
{
	struct mq_attr a = o->queue->attributes;

	a.mq_flags = o->flags & O_NONBLOCK;
	return a;
}

int mq_setattr(mqd_t d, const struct mq_attr *restrict to, struct mq_attr *restrict before)
{
	struct thread *self = posix_self();

	posix_lock(self);
	struct opening *o = mq_opening(d);

	if (o && before)
		*before = attributes(o);
	if (o && to)
		o->flags = (o->flags & O_ACCMODE) | (int)(to->mq_flags & O_NONBLOCK);
	posix_unlock(self);
	return o ? 0 : mq_refuse(EBADF);
}

int mq_getattr(mqd_t d, struct mq_attr *to)
{
	return mq_setattr(d, NULL, to);
}
