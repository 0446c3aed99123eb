/* SPDX-License-Identifier: Apache-2.0 */
/* The line to a rig, as a client has it: one request after the other, each bounded in size and time. */
#ifndef LINK_H
#define LINK_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "remote.h"

struct link {
	struct remote remote;
	void *curl;
	uint64_t epoch;		/* of the lease that is held; 0: none */
	bool leaving;		/* from now on nothing is broken off because the user wants to stop */
	struct arena *arena;
};

int link_open(struct link *l, const struct remote *r, struct arena *a, struct err *e);
void link_close(struct link *l);

/*
 * Ask.  The answer's JSON object, the caller's to give back, or NULL if it has none.  A problem is a failure with the
 * sentence of the rig.  Returns the status of HTTP, or negative.
 */
int link_ask(struct link *l, const char *method, const char *path, json_t *body, json_t **answer, struct err *e);

/* Send a file's bytes, with their SHA-256. */
int link_send(struct link *l, const char *path, struct bytes content, struct err *e);

/*
 * Read a log to its last frame.  `take` may be called for any number of frames; it has the whole when the last one has been
 * taken.  A line that is cut or silent, and anything that is no log, is a failure.  `stop` is asked now and then: true, and
 * the caller no longer wants it (MS_OK).
 */
struct frame;
int link_follow(struct link *l, const char *path, void (*take)(void *context, const struct frame *f), bool (*stop)(void *context), void *context, struct err *e);

#endif
