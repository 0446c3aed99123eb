/* SPDX-License-Identifier: Apache-2.0 */
#include "sockets.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

enum { SLOT_BITS = 8, PORT_FIRST = 49152, PORT_END = 65536 };		/* of those that nobody asked for by number: RFC 6335 */

struct net_socket sockets[NET_CLIENTS * NET_SOCKETS];

unsigned socket_owner(const struct net_socket *s)
{
	return (unsigned)(s - sockets) / NET_SOCKETS;
}

static unsigned slot(const struct net_socket *s)
{
	return (unsigned)(s - sockets) % NET_SOCKETS;
}

struct net_socket *socket_take(unsigned client, uint8_t type, uint8_t family)
{
	for (unsigned i = 0; i < NET_SOCKETS; i++) {
		struct net_socket *s = &sockets[client * NET_SOCKETS + i];

		if (s->state != SOCKET_FREE)
			continue;
		uint32_t generation = s->generation + 1;

		memset(s, 0, offsetof(struct net_socket, in.at));
		s->generation = generation;
		s->state = SOCKET_NEW;
		s->type = type;
		s->local = s->peer = place_none(family);
		return s;
	}
	return NULL;
}

/* Never 0: slots count from 1 in it. */
uint32_t socket_number(const struct net_socket *s)
{
	return s->generation << SLOT_BITS | (slot(s) + 1);
}

struct net_socket *socket_of(unsigned client, uint32_t number)
{
	unsigned i = (number & ((1u << SLOT_BITS) - 1)) - 1;

	if (i >= NET_SOCKETS)
		return NULL;
	struct net_socket *s = &sockets[client * NET_SOCKETS + i];

	return s->state != SOCKET_FREE && s->state != SOCKET_QUEUED && socket_number(s) == number ? s : NULL;
}

void socket_free(struct net_socket *s)
{
	s->state = SOCKET_FREE;
}

/* Streams that were accepted share their listener's port, which may be bound again beside them by one who says so. */
static bool in_use(const struct net_socket *s, const struct ms_network_address *place)
{
	for EACH_SOCKET(o) {
		bool connected = o->state >= SOCKET_CONNECTING && o->type == MS_NETWORK_STREAM;

		if (o != s && o->state != SOCKET_FREE && o->bound && o->type == s->type && place_collides(&o->local, place) &&
		    !(connected && s->reuse_address))
			return true;
	}
	return false;
}

/* Of so many ports in a row one is free. */
static int free_port(const struct net_socket *s, struct ms_network_address *place)
{
	static uint16_t last = PORT_END - 1;

	for (unsigned tries = 0; tries <= NET_CLIENTS * NET_SOCKETS; tries++) {
		last = last == PORT_END - 1 ? PORT_FIRST : last + 1;
		place->port = last;
		if (!in_use(s, place))
			return 0;
	}
	return -EADDRINUSE;
}

int socket_bind(struct net_socket *s, const struct ms_network_address *to)
{
	struct ms_network_address place = *to;
	int rc = 0;

	if (!place_is_any(&place) && !place_is_here(&place))
		return -EADDRNOTAVAIL;
	if (place.port == 0)
		rc = free_port(s, &place);
	else if (in_use(s, &place))
		rc = -EADDRINUSE;
	if (rc == 0) {
		s->local = place;
		s->bound = true;
	}
	return rc;
}

int socket_bind_any(struct net_socket *s)
{
	struct ms_network_address any = place_none(s->local.family);

	return s->bound ? 0 : socket_bind(s, &any);
}

int socket_error(struct net_socket *s)
{
	int error = s->error;

	s->error = 0;
	return -error;
}
