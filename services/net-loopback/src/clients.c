/* SPDX-License-Identifier: Apache-2.0 */
#include "clients.h"

#include <errno.h>
#include <string.h>

#include "stream.h"
#include "waiting.h"

struct client clients[NET_CLIENTS];

static uint32_t sessions;

static struct client *client_of(int32_t id)
{
	struct client *free = NULL;

	for (struct client *c = clients; c < clients + NET_CLIENTS; c++) {
		if (c->id == id)
			return c;
		if (!free && c->id == 0)
			free = c;
	}
	return free;
}

struct link *link_open(int32_t client_id)
{
	struct client *c = client_of(client_id);

	for (unsigned i = 0; c && i < LINK_MAX; i++) {
		struct link *l = &c->links[i];

		if (l->taken)
			continue;
		memset(l, 0, sizeof(*l));
		l->taken = true;
		c->id = client_id;
		return l;
	}
	return NULL;
}

unsigned link_owner(const struct link *l)
{
	return (unsigned)(((uintptr_t)l - (uintptr_t)clients) / sizeof(clients[0]));
}

bool link_lives(const struct link *l)
{
	return l->session != 0 && l->session == clients[link_owner(l)].session;
}

static void end_session(struct client *c)
{
	unsigned index = (unsigned)(c - clients);

	c->session = 0;
	for (unsigned i = 0; i < LINK_MAX; i++)
		waiting_end(&c->links[i]);
	for (unsigned i = 0; i < NET_SOCKETS; i++)
		if (sockets[index * NET_SOCKETS + i].state != SOCKET_FREE)
			stream_close(&sockets[index * NET_SOCKETS + i], true);
}

void link_close(struct link *l)
{
	struct client *c = &clients[link_owner(l)];
	bool any = false;

	if (l->first && link_lives(l))
		end_session(c);
	l->taken = false;
	for (unsigned i = 0; i < LINK_MAX; i++)
		any |= c->links[i].taken;
	if (!any)
		c->id = 0;
}

int link_bind(struct link *l, uint32_t session, uint32_t *number)
{
	struct client *c = &clients[link_owner(l)];

	if (l->session)
		return -EISCONN;
	if (session && session != c->session)
		return -ENETRESET;
	if (!session) {
		end_session(c);
		if (++sessions == 0)
			sessions = 1;
		c->session = sessions;
		l->first = true;
	}
	*number = l->session = c->session;
	return 0;
}
