/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include <errno.h>
#include <stddef.h>

#include "weather.h"

enum { BACKLOG_MAX = 8, BOTH = MS_NETWORK_READ | MS_NETWORK_WRITE };

static uint32_t tickets;

int stream_listen(struct net_socket *s, uint32_t backlog)
{
	if (s->state != SOCKET_NEW && s->state != SOCKET_LISTENING)
		return -EINVAL;
	int rc = socket_bind_any(s);

	if (rc < 0)
		return rc;
	s->backlog = (uint8_t)(backlog < 1 ? 1 : backlog < BACKLOG_MAX ? backlog : BACKLOG_MAX);
	s->state = SOCKET_LISTENING;
	stream_admit(socket_owner(s));
	return 0;
}

/* One that is bound to this very address goes before one that is bound to any. */
static struct net_socket *listener_at(const struct ms_network_address *place)
{
	struct net_socket *found = NULL;

	for EACH_SOCKET(s)
		if (s->state == SOCKET_LISTENING && place_reaches(&s->local, place) && (!found || place_is_any(&found->local)))
			found = s;
	return found;
}

/* The first in its state that belongs to the listener, by ticket, and how many there are. */
static struct net_socket *first_of(const struct net_socket *listener, uint8_t state, unsigned *count)
{
	struct net_socket *first = NULL;

	*count = 0;
	for EACH_SOCKET(s) {
		if (s->state != state || s->listener != listener)
			continue;
		++*count;
		if (!first || (int32_t)(s->ticket - first->ticket) < 0)
			first = s;
	}
	return first;
}

static void join(struct net_socket *s, struct net_socket *end)
{
	end->state = SOCKET_QUEUED;
	end->listener = s->listener;
	end->ticket = s->ticket;
	end->bound = true;
	end->local = s->peer;
	end->peer = s->local;
	end->other = s;
	s->state = SOCKET_CONNECTED;
	s->listener = NULL;
	s->other = end;
}

static void admit_to(struct net_socket *listener)
{
	unsigned waiting, queued;

	for (;;) {
		struct net_socket *s = first_of(listener, SOCKET_CONNECTING, &waiting), *end;

		first_of(listener, SOCKET_QUEUED, &queued);
		if (!s || queued >= listener->backlog)
			return;
		end = socket_take(socket_owner(listener), MS_NETWORK_STREAM, listener->local.family);
		if (!end)
			return;
		join(s, end);
	}
}

void stream_admit(unsigned client)
{
	for (unsigned i = 0; i < NET_SOCKETS; i++)
		if (sockets[client * NET_SOCKETS + i].state == SOCKET_LISTENING)
			admit_to(&sockets[client * NET_SOCKETS + i]);
}

int stream_connect(struct net_socket *s, const struct ms_network_address *to)
{
	if (s->state == SOCKET_CONNECTING)
		return -EALREADY;
	if (s->state != SOCKET_NEW)
		return s->state == SOCKET_LISTENING ? -EOPNOTSUPP : -EISCONN;
	struct ms_network_address place = *to;

	place_settle(&place);
	if (!place_is_here(&place))
		return -ENETUNREACH;
	struct net_socket *listener = listener_at(&place);
	int rc = listener ? socket_bind_any(s) : -ECONNREFUSED;

	if (rc < 0)
		return rc;
	place_settle(&s->local);
	s->peer = place;
	s->listener = listener;
	s->ticket = tickets++;
	s->state = SOCKET_CONNECTING;
	admit_to(listener);
	return s->state == SOCKET_CONNECTED ? 0 : -EINPROGRESS;
}

struct net_socket *stream_accept(struct net_socket *listener)
{
	unsigned queued;
	struct net_socket *s = first_of(listener, SOCKET_QUEUED, &queued);

	if (s) {
		s->state = s->other || s->finished ? SOCKET_CONNECTED : SOCKET_DEAD;
		s->listener = NULL;
		admit_to(listener);
	}
	return s;
}

/* What keeps it from sending or receiving at all; 0: nothing. */
static int obstacle(struct net_socket *s)
{
	if (s->error)
		return socket_error(s);
	return s->state == SOCKET_CONNECTED || s->state == SOCKET_DEAD ? 0 : -ENOTCONN;
}

/* How many of its bytes have arrived. */
static uint32_t arrived(const struct net_socket *s)
{
	return weather_has_come(s->arrival) ? s->in.used : (uint32_t)(s->in.used - s->on_the_way);
}

/* All but the first `before` bytes are on the way.  They keep their order: all of them arrive with the last. */
static void send_off(struct net_socket *end, uint32_t before)
{
	uint64_t arrival = weather_arrival_in_the_end();

	if (arrival > end->arrival)
		end->arrival = arrival;
	end->on_the_way = (uint16_t)(end->in.used - before);
}

/* What comes to a reader that does not want it any more is dropped, so that the writer is not held up. */
int stream_send(struct net_socket *s, psa_handle_t message, uint32_t size)
{
	int rc = obstacle(s);

	if (rc < 0)
		return rc;
	if (s->state == SOCKET_DEAD || !s->other || s->ended & MS_NETWORK_WRITE)
		return -EPIPE;
	if (s->other->ended & MS_NETWORK_READ)
		return (int)(size < NET_BUFFER ? size : NET_BUFFER);
	uint32_t room = ring_room(&s->other->in);

	if (size > 0 && room == 0)
		return -EAGAIN;
	uint32_t before = arrived(s->other);
	uint32_t came = ring_fill(&s->other->in, message, size < room ? size : room);

	send_off(s->other, before);
	return (int)came;
}

int stream_receive(struct net_socket *s, psa_handle_t message, uint32_t size, bool peek)
{
	int rc = obstacle(s);

	if (rc < 0)
		return rc;
	uint32_t there = arrived(s);

	if (there == 0)
		return (s->finished && !s->in.used) || s->state == SOCKET_DEAD || s->ended & MS_NETWORK_READ || size == 0 ? 0 : -EAGAIN;
	uint32_t given = ring_give(&s->in, message, 0, size < there ? size : there);

	if (!peek)
		ring_drop(&s->in, given);
	return (int)given;
}

int stream_shutdown(struct net_socket *s, uint8_t directions)
{
	if (s->state != SOCKET_CONNECTED)
		return -ENOTCONN;
	s->ended |= directions;
	if (directions & MS_NETWORK_READ) {
		ring_drop(&s->in, s->in.used);
		s->on_the_way = 0;
	}
	if (directions & MS_NETWORK_WRITE && s->other)
		s->other->finished = true;
	return 0;
}

/* The other end of one that is gone: at its end, or cut off. */
static void leave(struct net_socket *end, bool reset)
{
	end->other = NULL;
	if (!reset) {
		end->finished = true;
		return;
	}
	ring_drop(&end->in, end->in.used);
	end->on_the_way = 0;
	end->error = ECONNRESET;
	if (end->state == SOCKET_CONNECTED)
		end->state = SOCKET_DEAD;
}

/* Of a listener: those that wait for it are refused, those that it has not accepted cut off. */
static void close_listener(struct net_socket *listener)
{
	for EACH_SOCKET(s) {
		if (s->state == SOCKET_FREE || s->listener != listener)
			continue;
		s->listener = NULL;
		if (s->state == SOCKET_QUEUED) {
			stream_close(s, true);
		} else {
			s->state = SOCKET_NEW;
			s->error = ECONNREFUSED;
		}
	}
}

/* Bytes that nobody will receive are a reset to who has sent them. */
void stream_close(struct net_socket *s, bool abort)
{
	uint8_t state = s->state;

	if (s->other)
		leave(s->other, abort || s->in.used > 0);
	socket_free(s);
	if (state == SOCKET_LISTENING)
		close_listener(s);
	stream_admit(socket_owner(s));
}

static uint32_t ready_connected(const struct net_socket *s)
{
	bool read_ended = (s->finished && arrived(s) == s->in.used) || s->ended & MS_NETWORK_READ || s->state == SOCKET_DEAD;
	bool write_ended = !s->other || s->ended & MS_NETWORK_WRITE;
	bool room = write_ended || s->other->ended & MS_NETWORK_READ || ring_room(&s->other->in) > 0;

	return (arrived(s) || read_ended ? MS_NETWORK_READ : 0u) | (room ? MS_NETWORK_WRITE : 0u) |
	       (read_ended && write_ended ? MS_NETWORK_ENDED : 0u);
}

uint32_t stream_ready(const struct net_socket *s)
{
	uint32_t failed = s->error ? MS_NETWORK_FAILED | (uint32_t)BOTH : 0;
	unsigned queued;

	switch (s->state) {
	case SOCKET_NEW: return failed | MS_NETWORK_WRITE | MS_NETWORK_ENDED;
	case SOCKET_LISTENING: return first_of(s, SOCKET_QUEUED, &queued) ? MS_NETWORK_READ : 0;
	case SOCKET_CONNECTING: return failed;
	default: return failed | ready_connected(s);
	}
}
