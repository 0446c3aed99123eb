/* SPDX-License-Identifier: Apache-2.0 */
/* Takes of the network what it can get, for ever: all sockets, connections that nobody uses, bytes and datagrams that nobody wanted. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STREAM_PORT = 7000, DATAGRAM_PORT = 7001, SOCKETS_MAX = 16 };

static const char waste[200];

int main(void)
{
	struct sockaddr_in stream = { .sin_family = AF_INET, .sin_port = htons(STREAM_PORT), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct sockaddr_in datagram = stream;
	int all[SOCKETS_MAX], count;

	datagram.sin_port = htons(DATAGRAM_PORT);
	for (;;) {
		for (count = 0; count < SOCKETS_MAX; count++) {
			all[count] = socket(AF_INET, (count ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK, 0);
			if (all[count] < 0)
				break;
			connect(all[count], (struct sockaddr *)(count ? &stream : &datagram), sizeof(stream));
		}
		for (int round = 0; round < 20; round++)
			for (int i = 0; i < count; i++)
				send(all[i], waste, sizeof(waste), 0);
		while (count > 0)
			close(all[--count]);
	}
}
