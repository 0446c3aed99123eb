/* SPDX-License-Identifier: Apache-2.0 */
#include "door.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "certificate.h"
#include "file.h"
#include "head.h"
#include "line.h"
#include "out.h"

enum { MEMORY_MAX = 32 << 10, BACKLOG = 64 };

static void say_trouble(void *context, const char *format, va_list args)
{
	struct arena a = { 0 };

	(void)context;
	out_detail("%s", arena_vprintf(&a, format, args));
	arena_done(&a);
}

static int open_daemon(struct door *d, int fd, const struct certificate *c, struct err *e)
{
	struct MHD_OptionItem options[] = {
		{ MHD_OPTION_LISTEN_SOCKET, fd, NULL },
		{ MHD_OPTION_CONNECTION_LIMIT, d->web->connections_max, NULL },
		{ MHD_OPTION_PER_IP_CONNECTION_LIMIT, d->web->per_address_max, NULL },
		{ MHD_OPTION_CONNECTION_TIMEOUT, line_idle_sec(d->web), NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_MAX, NULL },
		{ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL },
		{ MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)head_unescape, NULL },
		{ MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL },	/* else files are copied in pieces of 4 KiB, not handed to the kernel */
		{ MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)call_done, d },
		{ MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)line_notice, &d->lines },
		{ c ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0, c ? (char *)c->certificate : NULL },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, c ? (char *)c->key : NULL },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (char *)"SECURE256:+SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2" },
		{ MHD_OPTION_END, 0, NULL },
	};

	signal(SIGPIPE, SIG_IGN);
	d->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG | (c ? MHD_USE_TLS : 0), 0, NULL, NULL, call_take, d,
				     MHD_OPTION_EXTERNAL_LOGGER, say_trouble, NULL, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
	if (!d->daemon) {
		close(fd);
		err_set(e, c ? ERR_CERTIFICATE : ERR_LISTEN, "the server does not start");
		return err_fix(e, "-v says why; a certificate and its key must belong together");
	}
	d->epoll = MHD_get_daemon_info(d->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	return MS_OK;
}

/* `port`: where it is an address, not a socket's path. */
static int cannot_listen(const char *where, bool port, struct err *e)
{
	int why = errno;

	err_set(e, ERR_LISTEN, "cannot be reached under '%s': %s", where, strerror(why));
	if (why == EACCES || why == EPERM)
		return err_fix(e, "choose a port from 1024 on, or a folder that is yours, and let a proxy be reached by others");
	if (why == EADDRINUSE)
		return err_fix(e, "another program has it, perhaps one like this that was begun before: end that one, or choose another %s",
			       port ? "address; port 0 takes one that is free" : "path");
	if (why == EADDRNOTAVAIL)
		return err_fix(e, "it is not this computer's: choose one that is, such as 127.0.0.1, or 0.0.0.0 for all that it has");
	return why == ENOENT || why == ENOTDIR ? err_fix(e, "make the folder that the socket is to be in") : e->code;
}

static bool answers(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool there = fd >= 0 && !connect(fd, (const struct sockaddr *)at, sizeof(*at));

	if (fd >= 0)
		close(fd);
	return there;
}

int door_open_socket(struct door *d, struct web *w, const char *path, struct arena *a, struct err *e)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat s;

	*d = (struct door){ .web = w, .local = true, .epoll = -1, .url = arena_printf(a, "unix:%s", path) };
	if (strlen(path) >= sizeof(at.sun_path)) {
		err_set(e, ERR_LISTEN, "the path '%s' is too long for a socket", path);
		return err_fix(e, "take one of at most %zu bytes", sizeof(at.sun_path) - 1);
	}
	strcpy(at.sun_path, path);
	if (!lstat(path, &s) && S_ISSOCK(s.st_mode) && !answers(&at))
		unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t old = umask(0177);
	bool bound = fd >= 0 && !bind(fd, (struct sockaddr *)&at, sizeof(at)) && !listen(fd, BACKLOG);
	umask(old);
	if (!bound) {
		cannot_listen(path, false, e);
		close(fd);
		return e->code;
	}
	return open_daemon(d, fd, NULL, e);
}

/* 0 to 65535 in digits: the C library would take 80800 for 15264. */
static bool is_port(const char *text)
{
	size_t size = strspn(text, "0123456789");

	return size > 0 && size <= 5 && !text[size] && strtoul(text, NULL, 10) <= UINT16_MAX;
}

/* What stands before the port; "[::1]" is "::1", which without the brackets would be none in the address of a page.  NULL: nothing. */
static const char *host_of(const char *address, const char *colon, struct arena *a)
{
	size_t size = (size_t)(colon - address);

	if (size > 2 && address[0] == '[' && colon[-1] == ']')
		return arena_printf(a, "%.*s", (int)size - 2, address + 1);
	return memchr(address, ':', size) ? NULL : arena_printf(a, "%.*s", (int)size, address);
}

static int find_address(const char *address, struct arena *a, struct addrinfo **all, struct err *e)
{
	const struct addrinfo want = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
	const char *colon = strrchr(address, ':'), *host = colon ? host_of(address, colon, a) : NULL;

	if (host && is_port(colon + 1) && !getaddrinfo(host, colon + 1, &want, all))
		return MS_OK;
	err_set(e, ERR_LISTEN, "'%s' is no address to listen on", address);
	return err_fix(e, "write ADDRESS:PORT with numbers, a port of 0 to 65535, as in 127.0.0.1:7443 or [::1]:7443");
}

int door_check_address(const char *address, struct arena *a, struct err *e)
{
	struct addrinfo *all;
	int rc = find_address(address, a, &all, e);

	if (rc >= 0)
		freeaddrinfo(all);
	return rc;
}

static int listen_on(const char *address, struct arena *a, uint16_t *port, struct err *e)
{
	struct addrinfo *all = NULL;
	struct sockaddr_storage at;
	socklen_t size = sizeof(at);
	int on = 1;

	int rc = find_address(address, a, &all, e);
	if (rc < 0)
		return rc;
	int fd = socket(all->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	bool bound = fd >= 0 && !bind(fd, all->ai_addr, all->ai_addrlen) && !listen(fd, BACKLOG) && !getsockname(fd, (struct sockaddr *)&at, &size);
	freeaddrinfo(all);
	if (!bound) {
		cannot_listen(address, true, e);
		close(fd);
		return e->code;
	}
	*port = ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at)->sin6_port : ((struct sockaddr_in *)&at)->sin_port);
	return fd;
}

int door_open_network(struct door *d, struct web *w, const char *address, const struct certificate *c, struct arena *a, struct err *e)
{
	uint16_t port = 0;

	*d = (struct door){ .web = w, .epoll = -1 };
	int fd = listen_on(address, a, &port, e);
	if (fd < 0)
		return fd;
	d->url = arena_printf(a, "http%s://%.*s:%u", c ? "s" : "", (int)(strrchr(address, ':') - address), address, port);
	return open_daemon(d, fd, c, e);
}

uint64_t door_run(struct door *d, uint64_t most_msec)
{
	MHD_UNSIGNED_LONG_LONG msec;

	MHD_run(d->daemon);
	line_sweep(d->lines, line_idle_sec(d->web));
	return MHD_get_timeout(d->daemon, &msec) == MHD_YES && msec < most_msec ? msec : most_msec;
}

void door_close(struct door *d)
{
	if (d->daemon)
		MHD_stop_daemon(d->daemon);
	if (d->daemon && d->local)
		unlink(d->url + sizeof("unix:") - 1);
	d->daemon = NULL;
}
