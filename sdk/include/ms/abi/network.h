/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The network interface: what a service that uses sockets and a network service say to each other (docs/network.md).
 *
 * By connections.  All of a client's connections belong to one session, which MS_NETWORK_OPEN begins or joins; its sockets end
 * with it, when the last connection is closed or the client dies.  Every request but MS_NETWORK_WAIT is answered at once: what cannot be done
 * now is -EAGAIN, and a WAIT says when to try again.  So a server holds nothing but WAITs, and a client that gives up loses no bytes.
 *
 * A request's type is an enum ms_network_call.  Input 0 is a struct ms_network_request, input 1 the data; output 0 is a struct
 * ms_network_reply, output 1 the data.  The status is 0 or greater, or a negative number of POSIX's errno as the C library has it, all of
 * them above -129; from there down they are PSA's.  Numbers are little-endian, ports and addresses too; reserved ones are 0, and others refused.
 */
#ifndef MS_ABI_NETWORK_H
#define MS_ABI_NETWORK_H

#include <stdint.h>

#define MS_NETWORK_SID UINT32_C(0x4d530400)
#define MS_NETWORK_VERSION 1

enum ms_network_call {
	MS_NETWORK_OPEN = 1,	/* argument 0: a new session, which ends an older one of this client; else the session to join.  Value: the session */
	MS_NETWORK_SOCKET,	/* argument: enum ms_network_type; address: its family.  Value: the socket */
	MS_NETWORK_BIND,	/* address */
	MS_NETWORK_LISTEN,	/* argument: backlog */
	MS_NETWORK_ACCEPT,	/* of a listener.  Value: the socket; address: the other end's */
	MS_NETWORK_CONNECT,	/* address; EINPROGRESS: WAIT for MS_NETWORK_WRITE, then MS_NETWORK_GET of the error */
	MS_NETWORK_SEND,	/* address, or family none; input 1.  Status: bytes taken, of a datagram all or none */
	MS_NETWORK_RECEIVE,	/* argument: MS_NETWORK_PEEK; output 1.  Status: bytes given; value: a datagram's whole size; address: its sender's */
	MS_NETWORK_SHUTDOWN,	/* argument: MS_NETWORK_READ | MS_NETWORK_WRITE */
	MS_NETWORK_CLOSE,
	MS_NETWORK_NAME,	/* argument 0: its own address, 1: the other end's */
	MS_NETWORK_GET,		/* argument: enum ms_network_option.  Value: the option's */
	MS_NETWORK_SET,		/* argument: enum ms_network_option; value: the option's */
	MS_NETWORK_WAIT,	/* deadline; input 1: struct ms_network_event for each socket; output 1: those of them that are ready, and why */
	MS_NETWORK_CALLS
};

enum ms_network_type { MS_NETWORK_STREAM = 1, MS_NETWORK_DATAGRAM };

enum ms_network_family { MS_NETWORK_NONE, MS_NETWORK_IPV4 = 4, MS_NETWORK_IPV6 = 6 };

enum ms_network_option {
	MS_NETWORK_ERROR = 1,		/* what went wrong since it was last read (positive), only to GET */
	MS_NETWORK_REUSE_ADDRESS,	/* 0 or 1, and so are the next three */
	MS_NETWORK_KEEP_ALIVE,
	MS_NETWORK_BROADCAST,
	MS_NETWORK_NO_DELAY,
	MS_NETWORK_LINGER,		/* 0: off; else seconds + 1 */
	MS_NETWORK_LISTENS,		/* 0 or 1, only to GET */
	MS_NETWORK_RECEIVE_SIZE,	/* bytes, only to GET, and so is the next */
	MS_NETWORK_SEND_SIZE,
};

enum { MS_NETWORK_PEEK = 1 };

/* What a WAIT is for, and what came of it.  The last three are told unasked. */
enum {
	MS_NETWORK_READ = 1, MS_NETWORK_WRITE = 2,
	MS_NETWORK_FAILED = 4,	/* an error is there to be read */
	MS_NETWORK_ENDED = 8,	/* both directions have ended */
	MS_NETWORK_INVALID = 16	/* no socket of this client */
};

struct ms_network_address {
	uint8_t family, reserved;
	uint16_t port;
	uint32_t scope;
	uint8_t ip[16];			/* as on the wire; IPv4 in the first four, then zeros */
};

struct ms_network_request {
	uint32_t socket;		/* 0 where the call has none */
	uint32_t argument, value, reserved;
	uint64_t deadline_nsec;		/* of the system's clock; UINT64_MAX: for ever */
	struct ms_network_address address;
};

struct ms_network_reply {
	uint32_t value;
	struct ms_network_address address;
};

struct ms_network_event {
	uint32_t socket, events;
};

/*
 * How bad the network is: a second interface of a service that can make it so, for tests.  Stateless; one request, SET, whose input 0 is a
 * struct ms_network_weather.  Status 0, or -EINVAL: a share above 1000, a time above a minute.
 */
#define MS_NETWORK_WEATHER_SID UINT32_C(0x4d530401)
#define MS_NETWORK_WEATHER_VERSION 1

enum { MS_NETWORK_WEATHER_SET = 1, MS_NETWORK_WEATHER_MSEC_MAX = 60000 };

struct ms_network_weather {
	uint32_t loss_permille;		/* of a thousand datagrams so many are lost; of a stream's pieces so many are sent again, 200 ms later */
	uint32_t delay_msec;		/* on the way */
	uint32_t jitter_msec;		/* and up to so many more, drawn for each: one datagram may overtake another */
	uint32_t seed;			/* of all that is drawn; 0 is 1 */
};

_Static_assert(sizeof(struct ms_network_weather) == 16, "the same for all compilers");
_Static_assert(sizeof(struct ms_network_address) == 24, "the same for all compilers");
_Static_assert(sizeof(struct ms_network_request) == 48, "the same for all compilers");
_Static_assert(sizeof(struct ms_network_reply) == 28, "the same for all compilers");

#endif
