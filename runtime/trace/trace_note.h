/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The trace build of the runtime: it notes what it does in a ring in RAM (format/trace.h) for whoever looks from outside.
 *
 * Each trace_*.c here is a file of core or of the processor's port with some functions in front, and takes its place
 * in the program: core itself knows nothing of it, so the normal build has not a byte of it.
 */
#ifndef TRACE_NOTE_H
#define TRACE_NOTE_H

#include "service.h"
#include "trace.h"

/* Note something about a thread (0: the main one) of a service (NULL: none). */
void trace_note(const struct service *s, uint32_t thread, enum trace_kind kind, uint32_t code, uint32_t a, uint32_t b, uint32_t c);

/* The thread of a context is resumed; NULL: nobody's, the processor sleeps. */
void trace_resume(const struct thread *t);

/* A service's threads are no more: whoever is resumed next is another. */
void trace_end(const struct service *s);

/*
 * The ring is full, or the device is about to be reset: go through one of two places where a debugger may stop, in turn (so
 * that it need not stop again where it stands); the head says through which.  Time stands still meanwhile (trace_clock.c).
 */
void trace_full(void);
void trace_stand(void (*place)(void));

#endif
