/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "mutex.h"

static void apply(struct thread *self)
{
	ms_thread_priority(self->number, mutex_priority(self));
}

static int raise(pthread_mutex_t *m, struct thread *self)
{
	posix_lock(self);
	int rc = posix_priority(self, self) > m->__ceiling ? EINVAL : 0;

	if (!rc) {
		m->__held = self->held;
		self->held = m;
		apply(self);
	}
	posix_unlock(self);
	return rc;
}

static void lower(pthread_mutex_t *m, struct thread *self)
{
	pthread_mutex_t **at = &self->held;

	posix_lock(self);
	while (*at != m)
		at = (pthread_mutex_t **)(void *)&(*at)->__held;
	*at = m->__held;
	apply(self);
	posix_unlock(self);
}

const struct mutex_protect mutex_protect_calls = { raise, lower };
