/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A service in place of the non-secure side of Arm's suite: it runs the suite's own code, from its entry to its report.  What that
 * code says of a non-secure client, that its id is negative and that some services refuse it, cannot be: such tests run from the secure client alone.
 */
#include <stdio.h>
#include <stdlib.h>

#include <ms/syscall.h>

#include "val_entry.h"
#include "val_framework.h"

/* The suite's ways to its driver partition; its own end of a run never ends. */
#define pal_terminate_simulation suite_terminates
#include "pal_driver_ipc_intf.c"
#undef pal_terminate_simulation

void pal_terminate_simulation(void)
{
	printf("the suite has ended\n");
	exit(0);
}

#define GOOD_RUN_NSEC	UINT64_C(11000000000)

/* Resets count as one after the other, and are limited, unless the device ran well for a while. */
int main(void)
{
	ms_sleep_until(GOOD_RUN_NSEC);
	return val_entry();
}
