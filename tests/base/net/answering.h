/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server for tests of the client: it gives the answers that are written down, one connection after the other, and keeps what was asked.
 */
#ifndef ANSWERING_H
#define ANSWERING_H

#include "client.h"
#include "scratch.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>

enum { ASKED_MAX = 12, REQUEST_MAX = 4096 };

static struct server {
	pthread_t thread;
	int socket;
	const char *const *answers;	/* NULL ends them; then nobody listens any more */
	bool blind;		/* it does not look for a request's end: what comes first is all of it */
	char asked[ASKED_MAX][REQUEST_MAX];
	size_t count;
} server;

/* Behind an answer: the line stays open until whoever asked closes it. */
#define HELD "\1"

/* All of a request: its head, and as many bytes as it names. */
static inline void read_request(int line, char *into)
{
	size_t size = 0, wanted = REQUEST_MAX - 1;

	while (size < wanted && !(server.blind && size)) {
		ssize_t n = read(line, into + size, wanted - size);

		if (n <= 0)
			break;
		size += (size_t)n;
		into[size] = '\0';
		const char *end = strstr(into, "\r\n\r\n"), *length = strstr(into, "Content-Length: ");
		if (end)
			wanted = (size_t)(end + 4 - into) + (length && length < end ? strtoul(length + 16, NULL, 10) : 0);
	}
}

static inline void send_answer(int line, const char *answer)
{
	size_t size = strcspn(answer, HELD);
	char byte;

	for (size_t sent = 0; sent < size;) {
		ssize_t n = send(line, answer + sent, size - sent, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		sent += (size_t)n;
	}
	while (answer[size] && read(line, &byte, 1) > 0)
		;
}

static inline void *serve(void *unused)
{
	(void)unused;
	for (size_t i = 0; server.answers[i]; i++) {
		int line = accept(server.socket, NULL, NULL);

		if (line < 0)
			return NULL;
		read_request(line, server.asked[i]);
		server.count = i + 1;
		if (!server.answers[i + 1])
			close(server.socket);	/* before the last answer: who asks once more finds nobody */
		send_answer(line, server.answers[i]);
		close(line);
	}
	return NULL;
}

static inline const char *begin(const char *const *answers)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);

	memset(&server, 0, sizeof(server));
	server.answers = answers;
	server.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(server.socket, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(server.socket, 8), 0);
	assert_int_equal(getsockname(server.socket, (struct sockaddr *)&at, &size), 0);
	assert_int_equal(pthread_create(&server.thread, NULL, serve, NULL), 0);
	return arena_printf(&scratch, "http://127.0.0.1:%u", (unsigned)ntohs(at.sin_port));
}

/* All answers were asked for, or the test waits until it is killed; so many requests came. */
static inline size_t asked(void)
{
	pthread_join(server.thread, NULL);
	return server.count;
}

static inline struct client *client(const char *url, const struct client_options *more)
{
	struct client_options o = more ? *more : (struct client_options){ 0 };
	struct client *c = NULL;
	struct err e;

	o.first_wait_msec = 1;
	assert_int_equal(client_open(url, &o, &scratch, &c, &e), 0);
	return c;
}

#define HEAD(status) "HTTP/1.1 " status "\r\nConnection: close\r\n"
#define PROBLEM(status, title) HEAD(status) "Content-Type: application/problem+json\r\n\r\n{\"title\":\"" title "\",\"detail\":\"as it said\",\"fix\":\"do that\"}"
#define TOKEN "ms_0123456789abcdef"

#endif
