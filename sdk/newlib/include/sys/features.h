/* SPDX-License-Identifier: Apache-2.0 */
/* Newlib's own, and the options of POSIX that are there beside it: what they switch on is declared in <time.h>. */
#ifndef MS_SYS_FEATURES_H
#define MS_SYS_FEATURES_H

#include_next <sys/features.h>

#undef _POSIX_TIMERS
#define _POSIX_TIMERS 200809L
#undef _POSIX_MONOTONIC_CLOCK
#define _POSIX_MONOTONIC_CLOCK 200809L

#endif
