/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "posix.h"

enum { LIVE = 0x5b19 };
#define PAUSE_NSEC 20000

static int try(pthread_spinlock_t *l, const struct thread *self)
{
	if (l->__live != LIVE)
		return EINVAL;
	if (swap(&l->__word, 0, self->tag))
		return 0;
	return l->__word == self->tag ? EDEADLK : EBUSY;
}

int pthread_spin_trylock(pthread_spinlock_t *l)
{
	int rc = try(l, posix_self());

	return rc == EDEADLK ? EBUSY : rc;
}

/* A moment of sleep: whoever has it may be of a lower priority, and a signal may have come. */
int pthread_spin_lock(pthread_spinlock_t *l)
{
	struct thread *self = posix_self();
	int rc;

	while ((rc = try(l, self)) == EBUSY) {
		ms_sleep_until(ms_clock() + PAUSE_NSEC);
		posix_attend(self, false);
	}
	return rc;
}

int pthread_spin_unlock(pthread_spinlock_t *l)
{
	if (l->__live != LIVE)
		return EINVAL;
	return swap(&l->__word, posix_self()->tag, 0) ? 0 : EPERM;
}

int pthread_spin_init(pthread_spinlock_t *l, int shared)
{
	(void)shared;
	*l = (pthread_spinlock_t){ .__live = LIVE };
	return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *l)
{
	if (l->__live != LIVE)
		return EINVAL;
	if (l->__word)
		return EBUSY;
	l->__live = 0;
	return 0;
}
