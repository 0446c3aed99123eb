/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store that lies: gives the files below a folder as any web server does, but for paths that begin with one of those that are named.
 *
 *   liar PORTFILE FOLDER [LIE PATH]...
 *
 *   endless	bytes without end, until whoever asked has enough
 *   sized	the same, with a length of 1 GB that is told before
 *   half	the first half of the file, as if it were all of it
 *   slow	the file, in a hundred pieces within three seconds or more
 *   gone	there is no such file
 *   empty	nothing has changed (304), though nobody asked whether something had
 *   pages	a page of a search with nothing on it, and another behind it, for ever
 *   same	such a page, with itself behind it
 *   many	a page with 1,000 services, whatever was asked for
 *
 * It listens on a free loopback port, which it writes to PORTFILE, prints a line for each request, and ends by SIGTERM, or after ten minutes.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS_MAX = 600 };

static bool put(int line, const char *at, size_t size)
{
	while (size) {
		ssize_t n = send(line, at, size, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

__attribute__((format(printf, 2, 3)))
static bool say(int line, const char *format, ...)
{
	char text[1000];
	va_list args;

	va_start(args, format);
	int size = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return put(line, text, (size_t)size);
}

static void head(int line, const char *status)
{
	say(line, "HTTP/1.1 %s\r\nConnection: close\r\nETag: \"one\"\r\n", status);
}

static void put_slowly(int line, const char *at, size_t size)
{
	size_t step = size / 100 + 1;

	for (size_t done = 0; done < size; done += step) {
		usleep(30 * 1000);
		if (!put(line, at + done, size - done < step ? size - done : step))
			return;
	}
}

static void file(int line, const char *folder, const char *path, bool half, bool slow)
{
	static char content[1 << 20];
	char name[4200];

	snprintf(name, sizeof(name), "%s/%.*s", folder, (int)strcspn(path, "?"), path);
	int fd = !*path || strstr(path, "..") ? -1 : open(name, O_RDONLY);
	ssize_t size = fd < 0 ? -1 : read(fd, content, sizeof(content));
	if (fd >= 0)
		close(fd);
	if (size < 0) {
		head(line, "404 Not Found");
		say(line, "Content-Length: 0\r\n\r\n");
		return;
	}
	size = half ? size / 2 : size;
	head(line, "200 OK");
	say(line, "Content-Length: %zd\r\n\r\n", size);
	if (slow)
		put_slowly(line, content, (size_t)size);
	else
		put(line, content, (size_t)size);
}

static void endless(int line, bool sized)
{
	static char some[1 << 16];

	memset(some, '{', sizeof(some));
	head(line, "200 OK");
	say(line, "%s\r\n", sized ? "Content-Length: 1000000000\r\n" : "");
	while (put(line, some, sizeof(some)))
		;
}

static void page(int line, const char *lie)
{
	static unsigned number = 1;

	head(line, "200 OK");
	say(line, "\r\n{\"services\":[");
	for (int i = 0; *lie == 'm' && i < 1000; i++)
		say(line, "%s{}", i ? "," : "");
	say(line, "],\"next\":\"%u\"}", *lie == 's' ? 1 : number++);
}

static void lie(int line, const char *what, const char *folder, const char *path)
{
	if (!strcmp(what, "half") || !strcmp(what, "slow")) {
		file(line, folder, path, *what == 'h', *what == 's');
	} else if (!strcmp(what, "gone")) {
		file(line, folder, "", false, false);
	} else if (!strcmp(what, "empty")) {
		head(line, "304 Not Modified");
		say(line, "\r\n");
	} else if (!strcmp(what, "endless") || !strcmp(what, "sized")) {
		endless(line, *what == 's');
	} else {
		page(line, what);
	}
}

/* The path of a request without a body; "" for what is none. */
static const char *read_path(int line, char *request, size_t room)
{
	size_t size = 0;

	request[0] = '\0';
	while (size < room - 1 && !strstr(request, "\r\n\r\n")) {
		ssize_t n = read(line, request + size, room - 1 - size);

		if (n <= 0)
			break;
		size += (size_t)n;
		request[size] = '\0';
	}
	char *path = strchr(request, '/');
	if (!path)
		return "";
	path[strcspn(path, " \r\n")] = '\0';
	return path + 1;
}

static void answer(int line, int argc, char **argv)
{
	char request[8192];
	const char *path = read_path(line, request, sizeof(request));

	printf("%s\n", path);
	fflush(stdout);
	for (int i = 3; i + 1 < argc; i += 2)
		if (!strncmp(path, argv[i + 1], strlen(argv[i + 1]))) {
			lie(line, argv[i], argv[2], path);
			return;
		}
	file(line, argv[2], path, false, false);
}

int main(int argc, char **argv)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int listening = socket(AF_INET, SOCK_STREAM, 0), line;
	socklen_t size = sizeof(at);
	char name[4200];

	if (argc < 3 || bind(listening, (struct sockaddr *)&at, sizeof(at)) || listen(listening, 8) || getsockname(listening, (struct sockaddr *)&at, &size))
		return 2;
	alarm(SECONDS_MAX);
	snprintf(name, sizeof(name), "%s.new", argv[1]);
	FILE *f = fopen(name, "w");
	if (!f || fprintf(f, "%u\n", (unsigned)ntohs(at.sin_port)) < 0 || fclose(f) || rename(name, argv[1]))
		return 2;
	while ((line = accept(listening, NULL, NULL)) >= 0) {
		answer(line, argc, argv);
		close(line);
	}
	return 1;
}
