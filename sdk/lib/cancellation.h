/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that know nothing of threads, where POSIX has a thread end that was cancelled. */
#ifndef CANCELLATION_H
#define CANCELLATION_H

/* NULL: nobody cancels. */
extern void (*cancellation_hook)(void);

static inline void cancellation_point(void)
{
	if (cancellation_hook)
		cancellation_hook();
}

#endif
