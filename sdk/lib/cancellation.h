/* SPDX-License-Identifier: Apache-2.0 */
/* What functions that know nothing of threads and signals do for them. */
#ifndef CANCELLATION_H
#define CANCELLATION_H

#include <stdbool.h>
#include <stdint.h>

/* POSIX has a thread that was cancelled end in such a function.  NULL: nobody cancels. */
extern void (*cancellation_hook)(void);

/* Streams that are the log have locks when there are threads: called when one has become the log again; or NULL. */
extern void (*stream_hook)(void);

/*
 * Who waits for another service is not woken by a signal: it looks from time to time.  Runs the handlers of signals that
 * have come, and says whether the wait goes on.  NULL: this program catches no signal and cancels no thread.
 */
enum interruption { GOES_ON, GOES_ON_IF_IT_CAN, IS_INTERRUPTED };
extern enum interruption (*interruption_hook)(void);

/* Block these signals (a sigset_t), without running handlers of what was blocked before: what was blocked.  NULL: there are no handlers. */
extern uint64_t (*mask_hook)(uint64_t blocked);

static inline void cancellation_point(void)
{
	if (cancellation_hook)
		cancellation_hook();
}

/* Is a wait over because of a signal or a cancellation?  `restarts`: SA_RESTART is heeded. */
bool ms_interrupted(bool restarts);

/* Until when to wait before the next look, at most until `deadline_nsec`. */
uint64_t ms_next_look(uint64_t deadline_nsec);

#endif
