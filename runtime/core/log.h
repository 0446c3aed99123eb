/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The log: lines for the console (docs/abi.md, "The console's lines").
 *
 * Lines go into a ring and from there to the wire as it takes them; nothing
 * here waits.  A service that writes faster than its share, or a full ring,
 * loses lines, and the next line that gets through says how many.
 */
#ifndef LOG_H
#define LOG_H

#include "port.h"
#include "service.h"

struct event;

void log_init(void);

/* A line of a service.  `text` is kernel memory.  MS_OK or -MS_EAGAIN when it was lost. */
int log_line(struct service *s, unsigned severity, const char *text, size_t size);

/* The runtime's first line: what it is and what it gives. */
void log_start(void);

/* The runtime's own lines, about a service or (NULL) about itself: %d is an int32_t, %s a text.  False when it was lost. */
bool log_event(struct service *s, const char *format, ...);
void log_refused(struct bytes name, const char *why);

/* A fault's record; `earlier`: of before a reset.  Marks it as told. */
void log_fault(struct event *e, bool earlier);

#endif
