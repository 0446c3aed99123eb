/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "signals.h"

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	struct thread *self = posix_self();
	uint64_t before = self->blocked;

	if (set && how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK)
		return EINVAL;
	if (set)
		signal_block(self, how == SIG_BLOCK ? before | *set : how == SIG_UNBLOCK ? before & ~*set : *set);
	if (old)
		*old = before;
	posix_attend(self, false);
	return 0;
}

int sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
	int rc = pthread_sigmask(how, set, old);

	if (!rc)
		return 0;
	errno = rc;
	return -1;
}

int sigpending(sigset_t *set)
{
	struct thread *self = posix_self();

	posix_lock(self);
	*set = (self->pending | posix_pending) & self->blocked;
	posix_unlock(self);
	return 0;
}
