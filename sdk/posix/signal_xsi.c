/* SPDX-License-Identifier: Apache-2.0 */
/* The older calls for signals (XSI, obsolescent), for programs that still make them. */
#include <errno.h>

#include "signals.h"

/* The mask with or without one: 0, or -1 with EINVAL. */
static int change(int how, int number)
{
	sigset_t set = signal_is(number) ? signal_bit(number) : 0;

	if (set && !(SIGNALS_FIXED & set))
		return pthread_sigmask(how, &set, NULL);
	errno = EINVAL;
	return -1;
}

int sighold(int number)
{
	return change(SIG_BLOCK, number);
}

int sigrelse(int number)
{
	return change(SIG_UNBLOCK, number);
}

int sigignore(int number)
{
	return sigaction(number, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
}

int sigpause(int number)
{
	sigset_t mask = posix_self()->blocked;

	return sigdelset(&mask, number) ? -1 : sigsuspend(&mask);
}

_sig_func_ptr sigset(int number, _sig_func_ptr handler)
{
	bool held = signal_is(number) && posix_self()->blocked & signal_bit(number);
	struct sigaction old, action = { .sa_handler = handler };
	bool holds = handler == SIG_HOLD;

	if (sigaction(number, holds ? NULL : &action, &old) || change(holds ? SIG_BLOCK : SIG_UNBLOCK, number))
		return SIG_ERR;
	return held ? SIG_HOLD : old.sa_handler;
}
