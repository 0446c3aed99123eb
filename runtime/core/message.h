/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages and connections (docs/messages.md).
 *
 * A connection has at most one message on its way, so both are one thing here; a call of a stateless service is
 * one that lives as long as the call.  Nothing of a message's content is kept: the kernel copies from the
 * client's memory to the server's when the server asks, as long as the client waits.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <psa/service.h>

#include "endpoint.h"

enum message_state {
	MESSAGE_FREE,
	MESSAGE_OPEN,		/* a connection with no message on its way */
	MESSAGE_QUEUED,		/* waits for its server */
	MESSAGE_HELD,		/* its server has it, until it replies; */
	MESSAGE_ORPHAN,		/* so too, and who called has gone */
};

/* A part of the client's memory: what is not yet read or written of it. */
struct message_vector { uintptr_t base; size_t left; };

struct message {
	int16_t type;
	uint16_t generation;		/* in the client's handle */
	uint16_t serial;		/* in the server's: another for each delivery */
	uint8_t inputs : 3, outputs : 3;
	bool gone : 1;			/* the client has no handle to it */
	bool broken : 1;		/* its server has died */
	uint8_t state;
	struct message *next;		/* in its server's queue, or of those that are free */
	struct thread *caller;		/* who waits for the reply; NULL: nobody */
	struct service *client;
	struct endpoint *endpoint;
	uintptr_t rhandle;
	uintptr_t out;			/* the client's array of psa_outvec */
	struct message_vector vector[PSA_MAX_IOVEC];	/* inputs, then outputs */
};
_Static_assert(sizeof(uintptr_t) > 4 || sizeof(struct message) <= 64, "a budget of the device (docs/messages.md)");

void message_init(void);

/* A connection or call of this client: NULL when it has its share of all there are. */
struct message *message_new(struct service *client, struct endpoint *e);
void message_free(struct message *m);

/* The handles of both sides, and back: NULL when it is not the caller's. */
psa_handle_t message_client_handle(const struct message *m);
psa_handle_t message_server_handle(const struct message *m);
struct message *message_of_client(const struct service *client, psa_handle_t handle);
struct message *message_of_server(const struct service *owner, psa_handle_t handle);

/* Would the thread wait for itself if it waited for this endpoint's owner? */
bool message_deadlocks(const struct endpoint *e, const struct thread *self);

/* Let it wait for its server, and a thread (or NULL) for the reply. */
void message_send(struct message *m, struct thread *caller);

/*
 * Take out of a server's queue what is next of those with this signal, by the caller's priority, then by arrival; the signal goes with
 * the last.  NULL when none is there.
 */
struct message *message_take(struct service *s, uint32_t signal);

/* Tell the server what it has got, in memory that it may write. */
void message_tell(const struct message *m, uintptr_t to);

/* The server has replied: wake who waits, with this value. `keep`: the connection goes on. */
void message_reply(struct message *m, int32_t value, bool keep);

/* The caller waits no more. */
void message_abandon(struct message *m);

/* A service begins to serve, ends to, and ends as a client. */
void message_server_begin(struct service *s);
void message_server_end(struct service *s);
void message_client_end(struct service *s);

/* Message of an index below MESSAGE_MAX, whatever its state; NULL. */
struct message *message_at(uint32_t index);

#endif
