/* SPDX-License-Identifier: Apache-2.0 */
/* What functions that know nothing of threads do for them: POSIX has a thread that was cancelled end there. */
#ifndef CANCELLATION_H
#define CANCELLATION_H

/* NULL: nobody cancels. */
extern void (*cancellation_hook)(void);

/* Streams that are the log have locks when there are threads: called when one has become the log again; or NULL. */
extern void (*stream_hook)(void);

static inline void cancellation_point(void)
{
	if (cancellation_hook)
		cancellation_hook();
}

#endif
