/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, and the options of POSIX that this system adds to it: what they switch on is declared in <time.h>, <sched.h> and <unistd.h>. */
#ifndef MS_SYS_FEATURES_H
#define MS_SYS_FEATURES_H

#include_next <sys/features.h>

#undef _POSIX_TIMERS
#define _POSIX_TIMERS 200809L
#undef _POSIX_MONOTONIC_CLOCK
#define _POSIX_MONOTONIC_CLOCK 200809L
#define _POSIX_THREADS 200809L
#define _POSIX_THREAD_ATTR_STACKADDR 200809L
#define _POSIX_THREAD_ATTR_STACKSIZE 200809L
#define _POSIX_THREAD_PRIORITY_SCHEDULING 200809L
#define _POSIX_THREAD_PRIO_INHERIT 200809L
#define _POSIX_THREAD_PRIO_PROTECT 200809L
#define _POSIX_TIMEOUTS 200809L
#define _POSIX_CLOCK_SELECTION 200809L
#define _POSIX_SEMAPHORES 200809L
#define _POSIX_REALTIME_SIGNALS 200809L

#endif
