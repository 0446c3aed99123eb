/* SPDX-License-Identifier: Apache-2.0 */
/* The log of one run as it grows: frames (frame.h), read by any number of clients at once. */
#ifndef RUNLOG_H
#define RUNLOG_H

#include "frame.h"

enum { RUNLOG_MAX = 8 << 20 };		/* bytes of a log */

struct runlog {
	char *at;
	size_t size, room;
	uint64_t next;			/* number of the next frame */
	bool sealed;			/* its last frame is there */
	unsigned readers;		/* and the board itself: freed by the last */
};

struct runlog *runlog_new(void);
struct runlog *runlog_ref(struct runlog *l);
void runlog_unref(struct runlog *l);

/* Add a line.  False when it is full. */
bool runlog_add(struct runlog *l, const char *channel, const char *text);

/* Its last frame; nothing is added afterwards. */
void runlog_seal(struct runlog *l, enum frame_end end, int status, const char *why, const char *fix);

#endif
