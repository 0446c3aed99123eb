/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, and the limits of POSIX threads.  The compiler's header, which lies between the two, comes back here: no guard around it. */
#include_next <limits.h>

#ifndef MS_LIMITS_H
#define MS_LIMITS_H

#define PTHREAD_STACK_MIN 1024			/* bytes, the guard (an eighth) and what the library keeps there among them */
#define PTHREAD_KEYS_MAX 128
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#undef PTHREAD_THREADS_MAX			/* the board says how many: pthread_create gives EAGAIN */
#ifndef SSIZE_MAX
#define SSIZE_MAX LONG_MAX
#endif
#undef OPEN_MAX
#define OPEN_MAX 20
#define RTSIG_MAX 8
#define SIGQUEUE_MAX 32
#define TIMER_MAX 32
#define DELAYTIMER_MAX 0x7fffffff
#define MQ_OPEN_MAX 16
#define MQ_PRIO_MAX 32
#define SEM_NSEMS_MAX 0x7fffffff
#ifndef SEM_VALUE_MAX
#define SEM_VALUE_MAX 0x7fffffff
#endif

#endif
