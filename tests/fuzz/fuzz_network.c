/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loopback network service under clients that send anything: here is the kernel below it, as far as it uses one.
 * Each step names a connection and what its client does.  Whatever that is, the service answers each message once, reads and writes
 * within its bounds, keeps only what is a WAIT, and has nothing left when all are gone.
 */
#include <string.h>

#include <ms/abi/network.h>
#include <ms/syscall.h>
#include <psa/service.h>

#include "clients.h"
#include "fuzz.h"
#include "requests.h"
#include "sockets.h"
#include "waiting.h"
#include "weather.h"

enum { CONNECTIONS = 8, NUMBERS = 8, VECTORS = 2 };

/* One connection, with the message on its way. */
static struct connection {
	bool open, held, orphan;
	void *rhandle;
	struct bytes in[VECTORS];
	size_t room[VECTORS];
	uint8_t reply[sizeof(struct ms_network_reply)];
	size_t reply_size;
	int32_t status;
} all[CONNECTIONS];

static uint32_t numbers[NUMBERS];	/* sockets and sessions that were given out */
static unsigned number_count;
static uint64_t now;

uint64_t ms_clock(void)
{
	return now;
}

static struct connection *held(psa_handle_t handle)
{
	must(handle >= 1 && handle <= CONNECTIONS && all[handle - 1].held);
	return &all[handle - 1];
}

void psa_set_rhandle(psa_handle_t handle, void *rhandle)
{
	held(handle)->rhandle = rhandle;
}

size_t psa_read(psa_handle_t handle, uint32_t vector, void *to, size_t size)
{
	struct connection *c = held(handle);

	must(vector < VECTORS);
	struct bytes *in = &c->in[vector];
	size_t n = c->orphan ? 0 : size < in->size ? size : in->size;

	if (n)
		memcpy(to, in->at, n);
	*in = (struct bytes){ in->at + n, in->size - n };
	return n;
}

void psa_write(psa_handle_t handle, uint32_t vector, const void *from, size_t size)
{
	struct connection *c = held(handle);

	must(vector < VECTORS && size <= c->room[vector]);
	c->room[vector] -= size;
	if (vector == 0 && !c->orphan && c->reply_size + size <= sizeof(c->reply)) {
		memcpy(c->reply + c->reply_size, from, size);
		c->reply_size += size;
	}
}

void psa_reply(psa_handle_t handle, psa_status_t status)
{
	struct connection *c = held(handle);

	must(status > -129 || status == PSA_ERROR_CONNECTION_BUSY);
	c->held = false;
	c->status = status;
}

/* A message of the connection; clients have two connections or more each, and more are there than there is room for. */
static void deliver(struct connection *c, int32_t type)
{
	int number = (int)(c - all);
	psa_msg_t m = { .type = type, .handle = number + 1, .client_id = 1 + number / 3, .rhandle = c->rhandle };

	for (unsigned i = 0; i < VECTORS; i++) {
		m.in_size[i] = c->in[i].size;
		m.out_size[i] = c->room[i];
	}
	c->held = true;
	c->reply_size = 0;
	requests_serve(&m);
	must(!c->held || type == MS_NETWORK_WAIT);
}

static void no_vectors(struct connection *c)
{
	memset(c->in, 0, sizeof(c->in));
	memset(c->room, 0, sizeof(c->room));
}

static void disconnect(struct connection *c)
{
	if (!c->open)
		return;
	no_vectors(c);
	c->open = c->orphan = false;
	deliver(c, PSA_IPC_DISCONNECT);
}

/* The kernel tells of a death when the message is answered that was on its way. */
static void tell_deaths(void)
{
	for (unsigned i = 0; i < CONNECTIONS; i++)
		if (all[i].orphan && !all[i].held)
			disconnect(&all[i]);
}

static void keep_number(const struct connection *c)
{
	struct ms_network_reply r;

	if (c->held || c->status < 0 || c->reply_size != sizeof(r))
		return;
	memcpy(&r, c->reply, sizeof(r));
	if (r.value)
		numbers[number_count++ % NUMBERS] = r.value;
}

/* A request that makes some sense, of few bytes. */
static struct ms_network_request shaped(struct reader *r)
{
	uint8_t socket = read_u8(r), bits = read_u8(r);
	struct ms_network_request in = { .socket = bits & 1 ? numbers[socket % NUMBERS] : 0 };

	in.argument = bits & 2 ? numbers[read_u8(r) % NUMBERS] : bits & 4 ? read_u8(r) % 4 : 0;
	in.value = bits & 8 ? read_u8(r) : 0;
	in.deadline_nsec = bits & 16 ? read_u16(r) : 0;
	if (bits & 32) {
		in.address.family = bits & 64 ? MS_NETWORK_IPV6 : MS_NETWORK_IPV4;
		in.address.port = read_u8(r) % 4;
		in.address.ip[bits & 64 ? 15 : 0] = bits & 128 ? 0 : bits & 64 ? 1 : 127;
	}
	return in;
}

static void request(struct connection *c, struct reader *r, uint8_t type, bool raw)
{
	struct ms_network_request in = { 0 };
	struct ms_network_event event;
	struct bytes bytes = raw ? read_bytes(r, read_u8(r) % 64) : (struct bytes){ 0 };

	if (!raw)
		in = shaped(r);
	no_vectors(c);
	c->in[0] = raw ? bytes : (struct bytes){ (const uint8_t *)&in, sizeof(in) };
	c->in[1] = read_bytes(r, read_u8(r));
	c->room[0] = raw ? read_u8(r) : sizeof(struct ms_network_reply);
	c->room[1] = read_u8(r);
	if (!raw && type == MS_NETWORK_WAIT) {
		event = (struct ms_network_event){ numbers[read_u8(r) % NUMBERS], read_u8(r) % 4 };
		c->in[1] = (struct bytes){ (const uint8_t *)&event, sizeof(event) };
		c->room[1] = sizeof(event);
	}
	deliver(c, type);
	keep_number(c);
}

/* By a call without a connection; time goes on by as much as a datagram may be late. */
static void weather(struct connection *c, struct bytes wanted)
{
	psa_msg_t m = { .type = MS_NETWORK_WEATHER_SET, .handle = (int)(c - all) + 1, .client_id = 9, .in_size = { wanted.size } };

	no_vectors(c);
	c->in[0] = wanted;
	c->held = true;
	weather_serve(&m);
	must(!c->held);
}

static void change_weather(struct connection *c, struct reader *r)
{
	struct ms_network_weather w = { read_u16(r), read_u8(r), read_u8(r), read_u8(r) };

	now += UINT64_C(1000000) * read_u8(r);
	weather(c, w.seed ? (struct bytes){ (const uint8_t *)&w, sizeof(w) } : read_bytes(r, read_u8(r) % 32));
}

static void step(struct reader *r)
{
	uint8_t what = read_u8(r), type = read_u8(r);
	struct connection *c = &all[what % CONNECTIONS];

	if (what & 0x80)
		now += 1000;
	if (c->held) {
		c->orphan |= !(type % 8);
	} else if (!c->open) {
		no_vectors(c);
		deliver(c, PSA_IPC_CONNECT);
		c->open = c->status == PSA_SUCCESS;
	} else if (type % 32 == 31) {
		disconnect(c);
	} else if (type % 32 == 30) {
		change_weather(c, r);
	} else {
		request(c, r, type % (MS_NETWORK_CALLS + 2), what & 0x40);
	}
	tell_deaths();
	for EACH_SOCKET(s)
		must(s->in.used <= NET_BUFFER && s->in.head < NET_BUFFER);
}

/* All die; then nobody has anything, and the next input finds a fresh service. */
static void end(void)
{
	for (unsigned i = 0; i < CONNECTIONS; i++)
		all[i].orphan = all[i].open;
	now = UINT64_MAX - 1;
	for (unsigned i = 0; i < CONNECTIONS; i++)
		tell_deaths();
	waiting_look();
	tell_deaths();
	for EACH_SOCKET(s)
		must(s->state == SOCKET_FREE);
	for (unsigned i = 0; i < NET_CLIENTS; i++)
		must(clients[i].id == 0);
	must(waiting_next() == MS_FOREVER);
	weather(&all[0], (struct bytes){ (const uint8_t *)&(struct ms_network_weather){ 0 }, sizeof(struct ms_network_weather) });
	memset(all, 0, sizeof(all));
	memset(numbers, 0, sizeof(numbers));
	number_count = 0;
	now = 0;
}

FUZZ(in)
{
	struct reader r = { .left = in };

	while (!r.failed)
		step(&r);
	end();
}
