/* SPDX-License-Identifier: Apache-2.0 */
#include "waiting.h"

#include <errno.h>

#include <ms/syscall.h>

#include "datagram.h"
#include "stream.h"
#include "weather.h"

enum { UNASKED = MS_NETWORK_FAILED | MS_NETWORK_ENDED | MS_NETWORK_INVALID };

static uint32_t ready(unsigned client, const struct wanted *w)
{
	const struct net_socket *s = socket_of(client, w->socket);
	uint32_t is = !s ? (uint32_t)MS_NETWORK_INVALID : s->type == MS_NETWORK_STREAM ? stream_ready(s) : datagram_ready(s);

	return is & (w->events | UNASKED);
}

/* The same socket may be named twice. */
static int want(struct link *l, const struct ms_network_event *e)
{
	uint8_t i = 0;

	while (i < l->wanted_count && l->wanted[i].socket != e->socket)
		i++;
	if (i == NET_SOCKETS)
		return -EINVAL;
	if (i == l->wanted_count)
		l->wanted[l->wanted_count++] = (struct wanted){ .socket = e->socket };
	l->wanted[i].events |= e->events;
	return 0;
}

int waiting_begin(struct link *l, const psa_msg_t *m, uint64_t deadline_nsec)
{
	struct ms_network_event e;
	int rc = 0;

	l->wanted_count = 0;
	if (m->in_size[1] % sizeof(e) || m->out_size[1] < m->in_size[1])
		return -EINVAL;
	while (rc == 0 && psa_read(m->handle, 1, &e, sizeof(e)) == sizeof(e))
		rc = e.events & ~(uint32_t)(MS_NETWORK_READ | MS_NETWORK_WRITE) ? -EINVAL : want(l, &e);
	if (rc == 0) {
		l->deadline_nsec = deadline_nsec;
		l->waiting = m->handle;
	}
	return rc;
}

static void answer(struct link *l, psa_status_t status)
{
	psa_reply(l->waiting, status);
	l->waiting = PSA_NULL_HANDLE;
}

static void look(struct link *l, unsigned client, uint64_t now)
{
	psa_status_t count = 0;

	for (unsigned i = 0; i < l->wanted_count; i++) {
		struct ms_network_event e = { .socket = l->wanted[i].socket, .events = ready(client, &l->wanted[i]) };

		if (e.events) {
			psa_write(l->waiting, 1, &e, sizeof(e));
			count++;
		}
	}
	if (count || l->deadline_nsec <= now)
		answer(l, count);
}

void waiting_look(void)
{
	uint64_t now = ms_clock();

	for (unsigned c = 0; c < NET_CLIENTS; c++)
		for (unsigned i = 0; i < LINK_MAX; i++)
			if (clients[c].links[i].waiting)
				look(&clients[c].links[i], c, now);
}

static uint64_t sooner(uint64_t one, uint64_t other)
{
	return one < other ? one : other;
}

/* When something arrives that is on its way now. */
static uint64_t next_arrival(void)
{
	uint64_t next = MS_FOREVER;

	for EACH_SOCKET(s) {
		if (s->state == SOCKET_FREE || !s->in.used)
			continue;
		bool stream = s->type == MS_NETWORK_STREAM;
		uint64_t arrival = stream ? s->arrival : datagram_arrival(s);

		if (!weather_has_come(arrival))
			next = sooner(next, arrival);
	}
	return next;
}

uint64_t waiting_next(void)
{
	uint64_t next = next_arrival();

	for (unsigned c = 0; c < NET_CLIENTS; c++)
		for (unsigned i = 0; i < LINK_MAX; i++)
			if (clients[c].links[i].waiting)
				next = sooner(next, clients[c].links[i].deadline_nsec);
	return next;
}

void waiting_end(struct link *l)
{
	if (l->waiting)
		answer(l, -ENETRESET);
}
