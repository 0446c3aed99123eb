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

void log_init(void);

/* A line of a service.  `text` is kernel memory.  MS_OK or -MS_EAGAIN when it was lost. */
int log_line(struct service *s, unsigned severity, const char *text, size_t size);

/* The runtime's first line: what it is and what it gives. */
void log_start(void);

/* The runtime's own lines, about a service or (NULL) about itself. */
void log_event(struct service *s, const char *text);
void log_refused(struct bytes name, const char *why);
void log_exit(struct service *s, int32_t status);
void log_restart(struct service *s, uint32_t delay_msec);
void log_fault(struct service *s, const struct core_fault *f);

#endif
