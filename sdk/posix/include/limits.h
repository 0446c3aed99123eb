/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, and the limits of POSIX threads. */
#ifndef MS_LIMITS_H
#define MS_LIMITS_H

#include_next <limits.h>

#define PTHREAD_STACK_MIN 1024			/* bytes, the guard (an eighth) and what the library keeps there among them */
#define PTHREAD_KEYS_MAX 128
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#undef PTHREAD_THREADS_MAX			/* the board says how many: pthread_create gives EAGAIN */

#endif
