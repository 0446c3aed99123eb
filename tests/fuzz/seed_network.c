/* SPDX-License-Identifier: Apache-2.0 */
/* What a client of the network service does, as fuzz_network reads it: connection, call, and what the call needs. */
#include <ms/abi/network.h>

#include "seeds.h"

void seed_network(void)
{
	static const uint8_t stream[] = {
		0, 0,							/* connect */
		0, MS_NETWORK_OPEN, 0, 0, 0, 0,				/* number 0: the session */
		0, MS_NETWORK_SOCKET, 0, 0x24, 1, 0, 0, 0,		/* number 1 */
		0, MS_NETWORK_BIND, 1, 0x21, 1, 0, 0,
		0, MS_NETWORK_LISTEN, 1, 0x05, 1, 0, 0,
		0, MS_NETWORK_SOCKET, 0, 0x24, 1, 0, 0, 0,		/* number 2 */
		0, MS_NETWORK_CONNECT, 2, 0x21, 1, 0, 0,
		0, MS_NETWORK_ACCEPT, 1, 0x01, 0, 0,			/* number 3 */
		0, MS_NETWORK_SEND, 2, 0x01, 3, 'a', 'b', 'c', 0,
		0, MS_NETWORK_RECEIVE, 3, 0x01, 0, 9,
		1, 0, 1, MS_NETWORK_OPEN, 0, 0x02, 0, 0, 0,		/* another connection joins */
		1, MS_NETWORK_WAIT, 0, 0x10, 0xff, 0xff, 0, 0, 3, 1,
		0, MS_NETWORK_SHUTDOWN, 2, 0x05, 2, 0, 0,
		0, MS_NETWORK_CLOSE, 2, 0x01, 0, 0,
		0, 31,							/* it dies */
	};
	static const uint8_t datagrams[] = {
		0, 0, 0, MS_NETWORK_OPEN, 0, 0, 0, 0,
		0, MS_NETWORK_SOCKET, 0, 0x64, 2, 0, 0, 0,
		0, MS_NETWORK_BIND, 1, 0x61, 2, 0, 0,
		3, 0, 3, MS_NETWORK_OPEN, 0, 0, 0, 0,			/* another client: numbers 2, 3 */
		3, MS_NETWORK_SOCKET, 0, 0x64, 2, 0, 0, 0,
		3, MS_NETWORK_SEND, 3, 0x61, 2, 2, 'x', 'y', 0,
		0, MS_NETWORK_RECEIVE, 1, 0x05, 1, 0, 9,
		0, MS_NETWORK_RECEIVE, 1, 0x01, 0, 1,
		3, MS_NETWORK_CONNECT, 3, 0x61, 3, 0, 0,
		3, MS_NETWORK_SEND, 3, 0x01, 1, 'z', 0,
		3, MS_NETWORK_GET, 3, 0x05, 1, 0, 0,
		3, MS_NETWORK_SET, 3, 0x0d, 2, 1, 0, 0,
		0, MS_NETWORK_NAME, 1, 0x01, 0, 0,
	};

	static const uint8_t storm[] = {
		0, 0, 0, 30, 100, 0, 20, 30, 7, 0,			/* a tenth is lost, 20 to 50 ms */
		0, MS_NETWORK_OPEN, 0, 0, 0, 0,
		0, MS_NETWORK_SOCKET, 0, 0x24, 2, 0, 0, 0,
		0, MS_NETWORK_BIND, 1, 0x21, 2, 0, 0,
		0, MS_NETWORK_SEND, 1, 0x21, 2, 2, 'x', 'y', 0,
		0, MS_NETWORK_SEND, 1, 0x21, 2, 1, 'z', 0,
		1, 0, 1, MS_NETWORK_OPEN, 0, 0x02, 0, 0, 0,
		1, MS_NETWORK_WAIT, 0, 0x10, 0xff, 0xff, 0, 0, 1, 1,
		0, 30, 0, 0, 0, 0, 1, 60,				/* 60 ms later */
		0, MS_NETWORK_RECEIVE, 1, 0x01, 0, 9,
	};

	seed_keep("fuzz_network", "storm", BYTES_OF(storm));
	seed_keep("fuzz_network", "stream", BYTES_OF(stream));
	seed_keep("fuzz_network", "datagrams", BYTES_OF(datagrams));
	seed_keep("fuzz_inet", "four", BYTES_LITERAL("127.0.0.1"));
	seed_keep("fuzz_inet", "eight", BYTES_LITERAL("2001:db8::1:0:0:7"));
	seed_keep("fuzz_inet", "both", BYTES_LITERAL("::ffff:192.0.2.33"));
}
