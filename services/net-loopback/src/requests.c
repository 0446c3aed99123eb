/* SPDX-License-Identifier: Apache-2.0 */
#include "requests.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "clients.h"
#include "datagram.h"
#include "stream.h"
#include "waiting.h"

/* A request of a client that has a session. */
struct asked {
	const psa_msg_t *m;
	struct link *link;
	unsigned client;
	struct ms_network_request in;
	struct ms_network_reply *out;
	struct net_socket *s;		/* of what takes one */
};

static bool is_stream(const struct net_socket *s)
{
	return s->type == MS_NETWORK_STREAM;
}

static int do_socket(struct asked *a)
{
	uint32_t type = a->in.argument;
	uint8_t family = a->in.address.family;

	if (family != MS_NETWORK_IPV4 && family != MS_NETWORK_IPV6)
		return -EAFNOSUPPORT;
	if (type != MS_NETWORK_STREAM && type != MS_NETWORK_DATAGRAM)
		return -EPROTOTYPE;
	struct net_socket *s = socket_take(a->client, (uint8_t)type, family);

	if (!s)
		return -ENFILE;
	a->out->value = socket_number(s);
	return 0;
}

static int do_bind(struct asked *a)
{
	if (a->s->bound || (is_stream(a->s) && a->s->state != SOCKET_NEW))
		return -EINVAL;
	return socket_bind(a->s, &a->in.address);
}

static int do_listen(struct asked *a)
{
	return is_stream(a->s) ? stream_listen(a->s, a->in.argument) : -EOPNOTSUPP;
}

static int do_accept(struct asked *a)
{
	if (!is_stream(a->s))
		return -EOPNOTSUPP;
	if (a->s->state != SOCKET_LISTENING)
		return -EINVAL;
	struct net_socket *s = stream_accept(a->s);

	if (!s)
		return -EAGAIN;
	a->out->value = socket_number(s);
	a->out->address = s->peer;
	return 0;
}

static int do_connect(struct asked *a)
{
	if (!is_stream(a->s))
		return datagram_connect(a->s, &a->in.address);
	return a->in.address.family ? stream_connect(a->s, &a->in.address) : -EAFNOSUPPORT;
}

static int do_send(struct asked *a)
{
	uint32_t size = (uint32_t)a->m->in_size[1];

	if (!is_stream(a->s))
		return datagram_send(a->s, &a->in.address, a->m->handle, size);
	return a->in.address.family ? -EISCONN : stream_send(a->s, a->m->handle, size);
}

static int do_receive(struct asked *a)
{
	uint32_t size = (uint32_t)a->m->out_size[1];
	bool peek = a->in.argument & MS_NETWORK_PEEK;

	if (a->in.argument & ~(uint32_t)MS_NETWORK_PEEK)
		return -EINVAL;
	return is_stream(a->s) ? stream_receive(a->s, a->m->handle, size, peek) : datagram_receive(a->s, a->m->handle, size, peek, a->out);
}

static int do_shutdown(struct asked *a)
{
	uint8_t directions = (uint8_t)a->in.argument;

	if (a->in.argument < 1 || a->in.argument > (MS_NETWORK_READ | MS_NETWORK_WRITE))
		return -EINVAL;
	return is_stream(a->s) ? stream_shutdown(a->s, directions) : datagram_shutdown(a->s, directions);
}

/* It does not linger: what was sent is with the other end already.  A linger of no time drops it. */
static int do_close(struct asked *a)
{
	stream_close(a->s, a->s->linger == 1);
	return 0;
}

static int do_name(struct asked *a)
{
	bool peer = a->in.argument == 1;

	if (a->in.argument > 1)
		return -EINVAL;
	if (peer && !(is_stream(a->s) ? a->s->state == SOCKET_CONNECTED : a->s->associated))
		return -ENOTCONN;
	a->out->address = peer ? a->s->peer : a->s->local;
	return 0;
}

static int do_get(struct asked *a)
{
	struct net_socket *s = a->s;

	switch (a->in.argument) {
	case MS_NETWORK_ERROR: a->out->value = (uint32_t)-socket_error(s); return 0;
	case MS_NETWORK_REUSE_ADDRESS: a->out->value = s->reuse_address; return 0;
	case MS_NETWORK_KEEP_ALIVE: a->out->value = s->keep_alive; return 0;
	case MS_NETWORK_BROADCAST: a->out->value = s->broadcast; return 0;
	case MS_NETWORK_NO_DELAY: a->out->value = s->no_delay; return is_stream(s) ? 0 : -ENOPROTOOPT;
	case MS_NETWORK_LINGER: a->out->value = s->linger; return 0;
	case MS_NETWORK_LISTENS: a->out->value = s->state == SOCKET_LISTENING; return 0;
	case MS_NETWORK_RECEIVE_SIZE:
	case MS_NETWORK_SEND_SIZE: a->out->value = NET_BUFFER; return 0;
	default: return -ENOPROTOOPT;
	}
}

static int set_flag(bool *flag, uint32_t value)
{
	if (value > 1)
		return -EINVAL;
	*flag = value;
	return 0;
}

static int do_set(struct asked *a)
{
	struct net_socket *s = a->s;
	uint32_t value = a->in.value;

	switch (a->in.argument) {
	case MS_NETWORK_REUSE_ADDRESS: return set_flag(&s->reuse_address, value);
	case MS_NETWORK_KEEP_ALIVE: return set_flag(&s->keep_alive, value);
	case MS_NETWORK_BROADCAST: return set_flag(&s->broadcast, value);
	case MS_NETWORK_NO_DELAY: return is_stream(s) ? set_flag(&s->no_delay, value) : -ENOPROTOOPT;
	case MS_NETWORK_LINGER:
		if (value > UINT16_MAX)
			return -EINVAL;
		s->linger = (uint16_t)value;
		return 0;
	default: return -ENOPROTOOPT;
	}
}

/* Of each call: what of a request it uses, so that the rest can be refused. */
enum { SOCKET = 1, ARGUMENT = 2, VALUE = 4, ADDRESS = 8, NO_ADDRESS = 16, INPUT = 32, OUTPUT = 64 };

static const struct { int (*make)(struct asked *a); uint8_t uses; } calls[MS_NETWORK_CALLS] = {
	[MS_NETWORK_SOCKET] = { do_socket, ARGUMENT | ADDRESS },
	[MS_NETWORK_BIND] = { do_bind, SOCKET | ADDRESS },
	[MS_NETWORK_LISTEN] = { do_listen, SOCKET | ARGUMENT },
	[MS_NETWORK_ACCEPT] = { do_accept, SOCKET },
	[MS_NETWORK_CONNECT] = { do_connect, SOCKET | ADDRESS | NO_ADDRESS },
	[MS_NETWORK_SEND] = { do_send, SOCKET | ADDRESS | NO_ADDRESS | INPUT },
	[MS_NETWORK_RECEIVE] = { do_receive, SOCKET | ARGUMENT | OUTPUT },
	[MS_NETWORK_SHUTDOWN] = { do_shutdown, SOCKET | ARGUMENT },
	[MS_NETWORK_CLOSE] = { do_close, SOCKET },
	[MS_NETWORK_NAME] = { do_name, SOCKET | ARGUMENT },
	[MS_NETWORK_GET] = { do_get, SOCKET | ARGUMENT },
	[MS_NETWORK_SET] = { do_set, SOCKET | ARGUMENT | VALUE },
};

static int with_socket(struct asked *a, uint8_t uses)
{
	uint8_t family = a->in.address.family;

	a->s = socket_of(a->client, a->in.socket);
	if (!a->s)
		return -EBADF;
	if (uses & ADDRESS && family != a->s->local.family && !(uses & NO_ADDRESS && family == MS_NETWORK_NONE))
		return -EAFNOSUPPORT;
	return 0;
}

static int call(struct asked *a, int32_t type)
{
	uint8_t uses = calls[type].uses;
	int rc = 0;

	if ((!(uses & SOCKET) && a->in.socket) || (!(uses & ARGUMENT) && a->in.argument) || (!(uses & VALUE) && a->in.value) ||
	    (!(uses & ADDRESS) && a->in.address.family) || (!(uses & INPUT) && a->m->in_size[1]) || (!(uses & OUTPUT) && a->m->out_size[1]) ||
	    a->in.deadline_nsec)
		return -EINVAL;
	if (uses & SOCKET)
		rc = with_socket(a, uses);
	return rc < 0 ? rc : calls[type].make(a);
}

static bool well_formed(const psa_msg_t *m, struct ms_network_request *in)
{
	return m->in_size[0] == sizeof(*in) && m->out_size[0] == sizeof(struct ms_network_reply) && m->in_size[2] == 0 && m->out_size[2] == 0 &&
	       psa_read(m->handle, 0, in, sizeof(*in)) == sizeof(*in) && in->reserved == 0 && place_well_formed(&in->address);
}

/* The status, with which to answer; `out` is the caller's if it is not negative. */
static int request(const psa_msg_t *m, struct link *l, struct ms_network_reply *out)
{
	struct asked a = { .m = m, .link = l, .client = link_owner(l), .out = out };

	if (m->type < MS_NETWORK_OPEN || m->type >= MS_NETWORK_CALLS)
		return -EOPNOTSUPP;
	if (!well_formed(m, &a.in))
		return -EINVAL;
	if (m->type == MS_NETWORK_OPEN)
		return link_bind(l, a.in.argument, &out->value);
	if (!link_lives(l))
		return -ENETRESET;
	if (m->type == MS_NETWORK_WAIT)
		return waiting_begin(l, m, a.in.deadline_nsec);
	return call(&a, m->type);
}

static void serve_request(const psa_msg_t *m)
{
	struct ms_network_reply out;

	memset(&out, 0, sizeof(out));
	int status = request(m, m->rhandle, &out);

	if (status >= 0)
		psa_write(m->handle, 0, &out, sizeof(out));
	if (status < 0 || m->type != MS_NETWORK_WAIT)
		psa_reply(m->handle, status);
}

static void serve_connect(const psa_msg_t *m)
{
	struct link *l = link_open(m->client_id);

	psa_set_rhandle(m->handle, l);
	psa_reply(m->handle, l ? PSA_SUCCESS : PSA_ERROR_CONNECTION_BUSY);
}

void requests_serve(const psa_msg_t *m)
{
	switch (m->type) {
	case PSA_IPC_CONNECT:
		serve_connect(m);
		break;
	case PSA_IPC_DISCONNECT:
		link_close(m->rhandle);
		psa_reply(m->handle, PSA_SUCCESS);
		break;
	default:
		serve_request(m);
	}
	waiting_look();
}
