/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "kills.h"

enum { ANSWER_MAX = 1 << 20, NO_CONTENT = 204 };

static bool send_all(int fd, struct bytes left)
{
	while (left.size) {
		ssize_t n = send(fd, left.at, left.size, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		left = bytes_part(left, (size_t)n, left.size);
	}
	return true;
}

/* All that comes until the store closes the line; false when it broke. */
static bool read_all(int fd, struct arena *a, struct text *all)
{
	char buffer[65536];
	ssize_t n = 1;

	while (all->size < ANSWER_MAX && (n = read(fd, buffer, sizeof(buffer))) > 0)
		text_add_bytes(all, a, (struct bytes){ (uint8_t *)buffer, (size_t)n });
	text_add(all, a, "%s", "");
	return n == 0 && all->size;
}

/* What was cut short by a kill nobody was told. */
static int status_of(const struct text *all, struct bytes *answer)
{
	const char *end = memmem(all->at, all->size, "\r\n\r\n", 4), *length;
	int status = 0;

	if (!end || sscanf(all->at, "HTTP/1.1 %d", &status) != 1)
		return 0;
	*answer = bytes_part((struct bytes){ (uint8_t *)all->at, all->size }, (size_t)(end - all->at) + 4, all->size);
	length = memmem(all->at, (size_t)(end - all->at), "Content-Length: ", 16);
	if (!length)
		return status == NO_CONTENT ? status : 0;
	return strtoull(length + 16, NULL, 10) == answer->size ? status : 0;
}

int kills_ask(const char *socket_path, const char *head, struct bytes body, const char *token, struct arena *a, struct bytes *answer)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const char *text = arena_printf(a, "%s HTTP/1.1\r\nHost: store\r\nConnection: close\r\nContent-Length: %zu\r\n%s%s%s\r\n", head, body.size, token ? "Authorization: Bearer " : "",
					token ? token : "", token ? "\r\n" : "");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct text all = { 0 };

	if (fd < 0)
		give_up("no socket");
	snprintf(at.sun_path, sizeof(at.sun_path), "%s", socket_path);
	/* An answer may come before all was sent: it is read in any case. */
	bool there = !connect(fd, (struct sockaddr *)&at, sizeof(at)) && send_all(fd, (struct bytes){ (const uint8_t *)text, strlen(text) });
	if (there)
		send_all(fd, body);
	there = there && read_all(fd, a, &all);
	close(fd);
	return there ? status_of(&all, answer) : 0;
}

void kills_field(struct bytes body, const char *name, struct arena *a, char *out, size_t size)
{
	const char *text = arena_string(a, body), *at = strstr(text, arena_printf(a, "\"%s\":\"", name));

	out[0] = '\0';
	if (at)
		snprintf(out, size, "%.*s", (int)strcspn(at + strlen(name) + 4, "\""), at + strlen(name) + 4);
}
