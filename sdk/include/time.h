/* SPDX-License-Identifier: Apache-2.0 */
/* The C library's own, and pid_t, which it uses without saying what it is.  Clocks of processor time are named and not there (_POSIX_CPUTIME is -1). */
#ifndef MS_TIME_H
#define MS_TIME_H

#include <sys/types.h>

#include_next <time.h>

#endif
