/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <sched.h>

#include "posix.h"

int sched_yield(void)
{
	ms_yield();
	posix_attend(posix_self(), false);
	return 0;
}
