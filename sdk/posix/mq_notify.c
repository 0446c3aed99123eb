/* SPDX-License-Identifier: Apache-2.0 */
/* Being told of a message without waiting for it.  Who never asks for it is not linked with threads and signals. */
#include <errno.h>

#include "mq.h"

static void notice(struct thread *self, struct message_queue *q, struct sigevent *event)
{
	if (!q) {
		if (event->sigev_notify == SIGEV_THREAD)
			event_thread(event);
		posix_attend(self, false);
		return;
	}
	q->asked = 0;
	*event = q->event;
	if (q->event.sigev_notify != SIGEV_SIGNAL)
		return;
	struct signal *s = signal_take_free();

	if (s) {
		*s = (struct signal){ .value = q->event.sigev_value, .number = (uint8_t)q->event.sigev_signo, .code = SI_MESGQ, .pooled = true };
		signal_queue(self, s);
	} else {
		signal_send(self, NULL, q->event.sigev_signo);
	}
}

static int check(const struct sigevent *e)
{
	if (!e || e->sigev_notify == SIGEV_NONE || (e->sigev_notify == SIGEV_THREAD && e->sigev_notify_function))
		return 0;
	return e->sigev_notify == SIGEV_SIGNAL && signal_is(e->sigev_signo) ? 0 : EINVAL;
}

int mq_notify(mqd_t d, const struct sigevent *e)
{
	struct thread *self = posix_self();
	int rc;

	posix_lock(self);
	struct opening *o = mq_opening(d);

	rc = !o ? EBADF : check(e) ? EINVAL : e && o->queue->asked ? EBUSY : 0;
	if (!rc) {
		mq_notice = notice;
		o->queue->asked = e ? d : 0;
		if (e)
			o->queue->event = *e;
	}
	posix_unlock(self);
	return rc ? mq_refuse(rc) : 0;
}
