/* SPDX-License-Identifier: Apache-2.0 */
/* The scenarios of the twin check.  Each prints what it saw, a line for each thing, with nothing in it that may differ: no address, no time. */
#ifndef TWIN_H
#define TWIN_H

#include <stdint.h>
#include <stdio.h>

#include <SysCall.h>
#include <ms/syscall.h>

#define MSEC UINT64_C(1000000)

/* Print a line; the pause keeps the log's share from being used up. */
#define SAY(...) (LOG_INFO(__VA_ARGS__), ms_sleep_until(ms_clock() + 200 * MSEC))

void arguments(void);		/* each system call with each kind of argument */
void messages(void);		/* clients' calls and what servers do with them */
void order(void);		/* who runs when */

/* Mistakes that stop the service: one for each run, from 0 on; it does not return unless there is none of that number. */
void mistake(unsigned number);

#endif
