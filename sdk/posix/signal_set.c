/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "signals.h"

static int check(int number)
{
	if (signal_is(number))
		return 0;
	errno = EINVAL;
	return -1;
}

int sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

int sigfillset(sigset_t *set)
{
	*set = (signal_bit(_NSIG) - 1) & ~UINT64_C(1);
	return 0;
}

int sigaddset(sigset_t *set, const int number)
{
	int rc = check(number);

	if (!rc)
		*set |= signal_bit(number);
	return rc;
}

int sigdelset(sigset_t *set, const int number)
{
	int rc = check(number);

	if (!rc)
		*set &= ~signal_bit(number);
	return rc;
}

int sigismember(const sigset_t *set, int number)
{
	return check(number) ? -1 : (*set & signal_bit(number)) != 0;
}
