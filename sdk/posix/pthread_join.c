/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "ending.h"
#include "posix.h"

/* With the lock: may it be joined? */
static int check(const struct thread *self, const struct thread *t)
{
	if (!t)
		return ESRCH;
	for (const struct thread *each = t; each; each = each->joins)
		if (each == self)
			return EDEADLK;
	return t->detached || t->joiner.first ? EINVAL : 0;
}

/* With the lock, without it afterwards: until it has ended, and is the caller's alone.  EINTR: there is something to attend to. */
static int wait_for(struct thread *self, struct thread *t)
{
	int rc;

	if (t->ended) {
		posix_forget(t);
		posix_unlock(self);
		return 0;
	}
	self->joins = t;
	rc = posix_wait(self, &(struct wait){ .queue = &t->joiner, .until = MS_FOREVER, .attend = ATTEND_SIGNAL | ATTEND_CANCEL });
	self->joins = NULL;
	return rc;
}

int pthread_join(pthread_t thread, void **result)
{
	struct thread *self = posix_self(), *t;
	int rc;

	do {
		posix_attend(self, true);
		posix_lock(self);
		t = posix_find(thread);
		rc = check(self, t);
		if (rc) {
			posix_unlock(self);
			return rc;
		}
		rc = wait_for(self, t);
	} while (rc);

	if (result)
		*result = t->result;
	posix_bury(t);
	return 0;
}

int pthread_detach(pthread_t thread)
{
	struct thread *self = posix_self(), *t;
	int rc = 0;

	posix_lock(self);
	t = posix_find(thread);
	if (!t)
		rc = ESRCH;
	else if (t->detached || t->joiner.first)
		rc = EINVAL;
	else
		t->detached = true;
	if (!rc && t->ended)
		t->tag = 0;
	posix_unlock(self);
	posix_reap(self);
	return rc;
}

pthread_t pthread_self(void)
{
	return thread_id(posix_self());
}

int pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}

int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	(void)prepare, (void)parent, (void)child;
	return 0;
}
