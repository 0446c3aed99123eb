/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets, and where they are bound.  Each client has its own slots.  A socket's number is its slot and a generation, so that
 * one that was closed is none; another client's never is one.
 *
 * A stream is connected in two steps.  CONNECTING: it waits, in the order of its ticket, until the listener has room.  Then the
 * listener's client gets a slot for the other end (QUEUED), and both can send and receive; accepting only gives that end away.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

#include "bounds.h"
#include "place.h"
#include "ring.h"

enum socket_state {
	SOCKET_FREE,
	SOCKET_NEW,		/* a stream of its own, or any datagram socket */
	SOCKET_LISTENING,
	SOCKET_CONNECTING,	/* `other` is the listener */
	SOCKET_QUEUED,		/* not accepted yet */
	SOCKET_CONNECTED,
	SOCKET_DEAD,		/* was connected, and the other end has reset it */
};

struct net_socket {
	uint32_t generation;
	uint8_t state, type;
	uint8_t ended;			/* MS_NETWORK_READ, MS_NETWORK_WRITE: directions that were shut down */
	bool bound, associated;		/* a place of its own; a datagram socket with a peer */
	bool finished;			/* the other end has sent all that it will */
	bool reuse_address, keep_alive, broadcast, no_delay;
	uint8_t backlog;
	uint16_t error;			/* to be told once */
	uint16_t linger;
	uint16_t on_the_way;		/* of a stream: the last so many bytes in `in` arrive at `arrival` (weather.h) */
	uint64_t arrival;
	uint32_t ticket;		/* its place among those that wait for a listener */
	struct ms_network_address local, peer;
	struct net_socket *other;	/* of a stream: the other end, or NULL when that is closed */
	struct net_socket *listener;	/* of one that is queued */
	struct ring in;
};

extern struct net_socket sockets[NET_CLIENTS * NET_SOCKETS];

#define EACH_SOCKET(s) (struct net_socket *s = sockets; s < sockets + NET_CLIENTS * NET_SOCKETS; s++)

/* Whose slot it is: the index of the client. */
unsigned socket_owner(const struct net_socket *s);

/* A fresh one, or NULL. */
struct net_socket *socket_take(unsigned client, uint8_t type, uint8_t family);

/* Its number for the client; and the one of a number, or NULL. */
uint32_t socket_number(const struct net_socket *s);
struct net_socket *socket_of(unsigned client, uint32_t number);

/* Give the slot back. */
void socket_free(struct net_socket *s);

/* Bind it, port 0 to any that is free; 0, -EADDRINUSE, -EADDRNOTAVAIL. */
int socket_bind(struct net_socket *s, const struct ms_network_address *to);

/* See to it that it has a place to send from. */
int socket_bind_any(struct net_socket *s);

/* Take the error that was not told yet, as a negative number; 0: none. */
int socket_error(struct net_socket *s);

#endif
