/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "abort_hook.h"
#include "cancellation.h"
#include "signals.h"

/* abort() lets a handler of SIGABRT run, blocked or not; if it returns, the service ends all the same. */
static void before_abort(void)
{
	struct thread *self = posix_self();

	if (signal_actions[SIGABRT].sa_handler == SIG_DFL || signal_actions[SIGABRT].sa_handler == SIG_IGN)
		return;
	signal_block(self, self->blocked & ~signal_bit(SIGABRT));
	raise(SIGABRT);
}

static uint64_t block(uint64_t blocked)
{
	return signal_block(posix_self(), blocked);
}

/* From its start on: a wait may have begun before a handler is set. */
__attribute__((constructor))
static void offer(void)
{
	interruption_hook = posix_interrupted;
	mask_hook = block;
}

int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old)
{
	struct thread *self = posix_self();

	if (!signal_is(number) || (action && SIGNALS_FIXED & signal_bit(number))) {
		errno = EINVAL;
		return -1;
	}
	posix_lock(self);
	if (old)
		*old = signal_actions[number];
	if (action) {
		signal_actions[number] = *action;
		if (action->sa_handler == SIG_IGN)
			signal_forget(number);
		if (number == SIGABRT)
			abort_hook = before_abort;
	}
	posix_unlock(self);
	return 0;
}

_sig_func_ptr signal(int number, _sig_func_ptr handler)
{
	struct sigaction old, action = { .sa_handler = handler, .sa_flags = SA_RESTART };

	return sigaction(number, &action, &old) ? SIG_ERR : old.sa_handler;
}
