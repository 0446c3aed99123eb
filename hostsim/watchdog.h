/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who takes too long is told by the time that it had or slept, not by that in which others had the processors: what comes
 * of a test does not depend on what else the computer does.
 */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include <stdint.h>
#include <sys/types.h>

/* Microseconds in its life in which a process (0: this one) was ready and had no processor; 0 where the system does not say. */
uint64_t watchdog_starved_usec(pid_t pid);

/*
 * In the process of a test: unless it is fed, it sends this signal after so many seconds, or a bit more.  SIGALRM, which it uses
 * itself, ends the process then.
 */
void watchdog_begin(unsigned seconds, int signal);
void watchdog_feed(void);

#endif
