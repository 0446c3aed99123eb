/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <unistd.h>

#include "signals.h"

static int refuse(int error)
{
	errno = error;
	return -1;
}

int pthread_kill(pthread_t thread, int number)
{
	struct thread *self = posix_self(), *t;

	if (number && !signal_is(number))
		return EINVAL;
	posix_lock(self);
	t = posix_find(thread);
	if (t && number && !t->ended)
		signal_send(self, t, number);
	posix_unlock(self);
	posix_attend(self, false);
	return t ? 0 : ESRCH;
}

int raise(int number)
{
	int rc = number ? pthread_kill(pthread_self(), number) : EINVAL;

	return rc ? refuse(rc) : 0;
}

/* The process is this service, and the only one of its group. */
static int check(pid_t pid, int number)
{
	if (number && !signal_is(number))
		return EINVAL;
	return pid == getpid() || pid == 0 || pid == -1 || pid == -getpid() ? 0 : ESRCH;
}

int kill(pid_t pid, int number)
{
	struct thread *self = posix_self();
	int rc = check(pid, number);

	if (rc)
		return refuse(rc);
	if (number) {
		posix_lock(self);
		signal_send(self, NULL, number);
		posix_unlock(self);
		posix_attend(self, false);
	}
	return 0;
}

int sigqueue(pid_t pid, int number, const union sigval value)
{
	struct thread *self = posix_self();
	struct signal *s = NULL;
	int rc = pid > 0 ? check(pid, number) : ESRCH;

	if (number && !signal_is(number))
		rc = EINVAL;
	if (rc || !number)
		return rc ? refuse(rc) : 0;
	posix_lock(self);
	s = signal_take_free();
	if (s) {
		*s = (struct signal){ .value = value, .number = (uint8_t)number, .code = SI_QUEUE, .pooled = true };
		signal_queue(self, s);
	}
	posix_unlock(self);
	if (!s)
		return refuse(EAGAIN);
	posix_attend(self, false);
	return 0;
}
