/* SPDX-License-Identifier: Apache-2.0 */
/* How a verb comes to its store: which one is meant, and by which token. */
#ifndef CONNECT_H
#define CONNECT_H

#include <jansson.h>

#include "client.h"
#include "known.h"
#include "storewish.h"

struct connection {
	struct client *client;
	struct known as;	/* its address, and what is shown there */
};

enum { MAY_BE_ANYBODY = 0, NEEDS_TOKEN = 1 };

/*
 * The store that is named, or MS_STORE, or the only one that this person is logged in to.  With the token that is named, or that of the login by which to act
 * for the name space `publisher` (NULL: the only one that there is; known.h); where none is known, NEEDS_TOKEN makes it a failure (ERR_STORE_NOT_AUTHORISED, status 10).
 * client_close ends it.
 */
int connect_store(const struct store_at *at, const char *publisher, int needs_token, struct arena *a, struct connection *out, struct err *e);

/* Ask for a JSON object, the caller's to give back; *status may be NULL. */
int connect_json(struct client *c, const struct client_request *r, struct arena *a, json_t **out, unsigned *status, struct err *e);

/* The same with a JSON object, which it takes, as the body of a POST. */
int connect_post(struct client *c, const char *path, json_t *body, bool repeatable, struct arena *a, json_t **out, struct err *e);

/* A text of an answer, made printable; "" where there is none. */
const char *connect_text(const json_t *o, const char *name, struct arena *a);

/* What came does not say what it should. */
int connect_strange(const struct client *c, struct err *e);

/* For struct client_options: tells how far it is (moving.h). */
void connect_progress(void *context, uint64_t done, uint64_t of);

#endif
