/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>

#include <ms/syscall.h>

#include "abort_hook.h"
#include "trap.h"

void (*abort_hook)(void);

_Noreturn void _exit(int status)
{
	ms_exit(status);
}

/* The call is made here, not in a function below, so that the fault record's return address is our caller's; and something stands behind it, so that its pc is ours. */
_Noreturn void abort(void)
{
	void (*hook)(void) = abort_hook;

	abort_hook = NULL;
	if (hook)
		hook();
	trap4(MS_SYS_exit, MS_EXIT_ABORT, 0, 0, 0);
	__builtin_trap();
}
