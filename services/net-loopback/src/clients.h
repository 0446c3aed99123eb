/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is connected.  A client is known by the id that the runtime gives; its session begins with a connection and ends with that
 * one, whatever its others do: while one of them waits, the runtime cannot tell us of its end.
 */
#ifndef CLIENTS_H
#define CLIENTS_H

#include <stdbool.h>
#include <stdint.h>

#include <psa/service.h>

#include "bounds.h"
#include "sockets.h"

/* What a connection waits for: a socket's number, and which of its events. */
struct wanted { uint32_t socket, events; };

struct link {
	bool taken, first;		/* is there a connection; did it begin the session */
	uint32_t session;		/* 0: none yet */
	psa_handle_t waiting;		/* the message of its WAIT; PSA_NULL_HANDLE: none */
	uint64_t deadline_nsec;
	uint8_t wanted_count;
	struct wanted wanted[NET_SOCKETS];
};

enum { LINK_MAX = 1 + NET_WAITS };

struct client {
	int32_t id;			/* 0: nobody */
	uint32_t session;		/* 0: none */
	struct link links[LINK_MAX];
};

extern struct client clients[NET_CLIENTS];

/* A connection for a client, or NULL when it has all that it may, or there are too many clients. */
struct link *link_open(int32_t client_id);

/* It is gone; with the first one of a session the session, its sockets and its waits. */
void link_close(struct link *l);

/* Whose it is: the index of the client. */
unsigned link_owner(const struct link *l);

/* Begin a session (number 0) or join one; its number, or a negative errno through the status. */
int link_bind(struct link *l, uint32_t session, uint32_t *number);

/* Does it belong to the session that its client has now? */
bool link_lives(const struct link *l);

#endif
