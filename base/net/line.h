/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that clients hold.  libmicrohttpd ends one on which nothing comes; who sends a byte now and then would hold it for ever.
 * So a request's header must be whole in the time in which something must come, and its answer must be taken at some time.
 */
#ifndef LINE_H
#define LINE_H

#include "call.h"

struct line;

uint32_t line_idle_sec(const struct web *w);

/* For doors: libmicrohttpd says that one opens or closes; `lines` is where the list of the door begins. */
void line_notice(void *lines, struct MHD_Connection *c, void **line, enum MHD_ConnectionNotificationCode what);

/* That of a connection; a request begins when its header is whole, and ends with its answer.  NULL does nothing. */
struct line *line_of(struct MHD_Connection *c);
void line_begins(struct line *l);
void line_ends(struct line *l);

/* Cut those that took too long. */
void line_sweep(struct line *lines, uint32_t idle_sec);

#endif
