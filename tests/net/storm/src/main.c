/* SPDX-License-Identifier: Apache-2.0 */
/* Sends itself datagrams with a number and a time in each, and bytes of a stream; says what became of them. */
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 5000, SENT = 200, PAUSE_MSEC = 5, PATIENCE_MSEC = 500, BYTES = 300 };

struct datagram {
	uint32_t number, msec;
};

static struct sockaddr_in place = { .sin_family = AF_INET, .sin_port = 0, .sin_addr = { 0 } };
static uint32_t came, overtaken, soonest = UINT32_MAX, latest;

static uint32_t now_msec(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint32_t)(t.tv_sec * 1000 + t.tv_nsec / 1000000);
}

static int at_home(int type)
{
	int s = socket(AF_INET, type, 0);

	place.sin_port = htons(PORT);
	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return bind(s, (struct sockaddr *)&place, sizeof(place)) ? -1 : s;
}

static void take(int s, uint32_t *last)
{
	struct datagram d;

	while (recv(s, &d, sizeof(d), MSG_DONTWAIT) == sizeof(d)) {
		uint32_t took = now_msec() - d.msec;

		came++;
		overtaken += d.number < *last;
		*last = d.number;
		soonest = took < soonest ? took : soonest;
		latest = took > latest ? took : latest;
	}
}

static void wait_for(int s, int msec)
{
	struct pollfd p = { .fd = s, .events = POLLIN };

	poll(&p, 1, msec);
}

static void datagrams(void)
{
	int from = socket(AF_INET, SOCK_DGRAM, 0), to = at_home(SOCK_DGRAM);
	uint32_t last = 0;

	for (uint32_t i = 1; i <= SENT; i++) {
		struct datagram d = { i, now_msec() };

		sendto(from, &d, sizeof(d), 0, (struct sockaddr *)&place, sizeof(place));
		wait_for(to, PAUSE_MSEC);
		take(to, &last);
	}
	for (uint32_t since = now_msec(); now_msec() - since < PATIENCE_MSEC; take(to, &last))
		wait_for(to, PATIENCE_MSEC);
	printf("datagrams: %u of %u came, %u overtaken, in %u to %u ms\n", (unsigned)came, SENT, (unsigned)overtaken, (unsigned)soonest, (unsigned)latest);
	close(from);
	close(to);
}

/* Written byte by byte, closed at once, and read to the end. */
static void stream(void)
{
	int listener = at_home(SOCK_STREAM), to, from = socket(AF_INET, SOCK_STREAM, 0);
	uint32_t begun = now_msec(), count = 0, wrong = 0;
	uint8_t byte;

	listen(listener, 1);
	connect(from, (struct sockaddr *)&place, sizeof(place));
	to = accept(listener, NULL, NULL);
	for (unsigned i = 0; i < BYTES; i++) {
		byte = (uint8_t)i;
		wrong += send(from, &byte, 1, 0) != 1;
	}
	shutdown(from, SHUT_WR);
	while (recv(to, &byte, 1, 0) == 1)
		wrong += byte != (uint8_t)count++;
	printf("stream: %u bytes came, %u wrong, %s\n", (unsigned)count, (unsigned)wrong, now_msec() - begun >= PATIENCE_MSEC / 25 ? "late" : "at once");
}

int main(void)
{
	datagrams();
	stream();
	return 0;
}
