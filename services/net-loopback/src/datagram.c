/* SPDX-License-Identifier: Apache-2.0 */
#include "datagram.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "weather.h"

/* Before each datagram in the ring. */
struct head {
	uint64_t arrival;		/* when it can be received (weather.h); the ring is in this order */
	uint16_t size, port;
	uint8_t sender;			/* the client */
	uint8_t ip[PLACE_IP_SIZE];
};

enum { SIZE_MAX_SENT = NET_BUFFER / 2 - (int)sizeof(struct head) };

int datagram_connect(struct net_socket *s, const struct ms_network_address *to)
{
	s->associated = to->family != MS_NETWORK_NONE;
	if (!s->associated) {
		s->peer = place_none(s->local.family);
		return 0;
	}
	struct ms_network_address place = *to;

	place_settle(&place);
	s->associated = place_is_here(&place);
	if (!s->associated)
		return -ENETUNREACH;
	s->peer = place;
	return socket_bind_any(s);
}

/* As the sender is seen from there: from the address that it sends to, if it is bound to any. */
static struct ms_network_address seen_from(const struct net_socket *s, const struct ms_network_address *to)
{
	struct ms_network_address from = s->local;

	if (place_is_any(&from))
		memcpy(from.ip, to->ip, sizeof(from.ip));
	return from;
}

/* Of those that are bound there, one that is connected to the sender goes first, then one that is bound to the very address. */
static struct net_socket *receiver_at(const struct ms_network_address *to, const struct ms_network_address *from)
{
	struct net_socket *found = NULL;
	int best = 0;

	for EACH_SOCKET(s) {
		if (s->state == SOCKET_FREE || s->type != MS_NETWORK_DATAGRAM || !s->bound || !place_reaches(&s->local, to) ||
		    (s->associated && !place_same(&s->peer, from)))
			continue;
		int fit = 1 + !place_is_any(&s->local) + 2 * s->associated;

		if (fit > best) {
			best = fit;
			found = s;
		}
	}
	return found;
}

/* How much of the ring holds what this client has sent. */
static uint32_t taken_by(const struct ring *r, uint8_t sender)
{
	uint32_t taken = 0;
	struct head h;

	for (uint32_t at = 0; at < r->used; at += (uint32_t)sizeof(h) + h.size) {
		ring_look(r, at, &h, sizeof(h));
		if (h.sender == sender)
			taken += (uint32_t)sizeof(h) + h.size;
	}
	return taken;
}

/* The one that was appended takes its place among those that arrive later. */
static void sort_in(struct ring *r, const struct head *added)
{
	uint32_t need = (uint32_t)sizeof(*added) + added->size;
	struct head h;

	for (uint32_t at = 0; at + need < r->used; at += (uint32_t)sizeof(h) + h.size) {
		ring_look(r, at, &h, sizeof(h));
		if (h.arrival > added->arrival) {
			ring_bring_forward(r, at, need);
			return;
		}
	}
}

static bool has_come(const struct net_socket *s)
{
	return s->in.used && weather_has_come(datagram_arrival(s));
}

uint64_t datagram_arrival(const struct net_socket *s)
{
	struct head h;

	ring_look(&s->in, 0, &h, sizeof(h));
	return h.arrival;
}

static void deliver(struct net_socket *to, const struct head *h, psa_handle_t message)
{
	uint32_t need = (uint32_t)sizeof(*h) + h->size, room = ring_room(&to->in);

	if (to->ended & MS_NETWORK_READ || need > room || taken_by(&to->in, h->sender) + need > room - need)
		return;
	ring_put(&to->in, h, sizeof(*h));
	uint32_t came = ring_fill(&to->in, message, h->size);

	if (came < h->size)			/* the sender has died in the middle */
		ring_take_back(&to->in, (uint32_t)sizeof(*h) + came);
	else
		sort_in(&to->in, h);
}

static int destination(const struct net_socket *s, const struct ms_network_address *to, struct ms_network_address *place)
{
	if (to->family != MS_NETWORK_NONE && s->associated)
		return -EISCONN;
	if (to->family == MS_NETWORK_NONE && !s->associated)
		return -EDESTADDRREQ;
	*place = s->associated ? s->peer : *to;
	place_settle(place);
	return place_is_here(place) ? 0 : -ENETUNREACH;
}

/* One who is connected learns that nobody is there with its next call, as on a wire. */
int datagram_send(struct net_socket *s, const struct ms_network_address *to, psa_handle_t message, uint32_t size)
{
	struct ms_network_address place;
	int rc = s->error ? socket_error(s) : destination(s, to, &place);

	if (rc < 0)
		return rc;
	if (s->ended & MS_NETWORK_WRITE)
		return -EPIPE;
	if (size > SIZE_MAX_SENT)
		return -EMSGSIZE;
	rc = socket_bind_any(s);
	if (rc < 0)
		return rc;
	struct ms_network_address from = seen_from(s, &place);
	struct net_socket *receiver = receiver_at(&place, &from);
	struct head h = { .arrival = weather_arrival(), .size = (uint16_t)size, .port = from.port, .sender = (uint8_t)socket_owner(s) };

	memcpy(h.ip, from.ip, sizeof(h.ip));
	if (receiver && !weather_loses())
		deliver(receiver, &h, message);
	if (!receiver && s->associated)
		s->error = ECONNREFUSED;
	return (int)size;
}

int datagram_receive(struct net_socket *s, psa_handle_t message, uint32_t size, bool peek, struct ms_network_reply *reply)
{
	struct head h;

	if (s->error)
		return socket_error(s);
	if (!has_come(s))
		return s->ended & MS_NETWORK_READ ? 0 : -EAGAIN;
	ring_look(&s->in, 0, &h, sizeof(h));
	uint32_t given = ring_give(&s->in, message, sizeof(h), size < h.size ? size : h.size);

	reply->value = h.size;
	reply->address = place_none(s->local.family);
	reply->address.port = h.port;
	memcpy(reply->address.ip, h.ip, sizeof(h.ip));
	if (!peek)
		ring_drop(&s->in, (uint32_t)sizeof(h) + h.size);
	return (int)given;
}

int datagram_shutdown(struct net_socket *s, uint8_t directions)
{
	if (!s->associated)
		return -ENOTCONN;
	s->ended |= directions;
	if (directions & MS_NETWORK_READ)
		ring_drop(&s->in, s->in.used);
	return 0;
}

/* Sending never waits. */
uint32_t datagram_ready(const struct net_socket *s)
{
	return MS_NETWORK_WRITE | (has_come(s) || s->error || s->ended & MS_NETWORK_READ ? MS_NETWORK_READ : 0u) | (s->error ? MS_NETWORK_FAILED : 0u);
}
