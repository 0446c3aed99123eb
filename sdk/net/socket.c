/* SPDX-License-Identifier: Apache-2.0 */
#include "socket_of.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>

#include "cancellation.h"

static ssize_t socket_read(int fd, void *to, size_t size)
{
	return recv(fd, to, size, 0);
}

static ssize_t socket_write(int fd, const void *from, size_t size)
{
	return send(fd, from, size, 0);
}

static const struct descriptor_kind kind = { socket_read, socket_write, ms_socket_close, NULL };

int ms_socket_result(int rc)
{
	if (rc >= 0)
		return rc;
	if (rc == -EINTR)
		cancellation_point();
	errno = -rc;
	return -1;
}

int ms_socket_of(int fd, struct descriptor *d)
{
	if (ms_descriptor_get(fd, d) < 0)
		return -1;
	return ms_socket_result(d->kind == &kind ? 0 : -ENOTSOCK);
}

int ms_socket_descriptor(uint32_t handle, uint32_t epoch, uint8_t family, uint8_t type, uint32_t flags)
{
	struct descriptor d = { .kind = &kind, .flags = O_RDWR | flags, .handle = handle, .epoch = epoch, .family = family, .type = type };

	return ms_descriptor_new(&d, 0);
}

/* One whose session has ended is closed already. */
int ms_socket_close(uint32_t handle, uint32_t epoch)
{
	struct exchange x = { .in.socket = handle };

	ms_session_call(MS_NETWORK_CLOSE, &epoch, &x);
	return 0;
}

int ms_socket_ask(const struct descriptor *d, enum ms_network_call call, struct exchange *x)
{
	uint32_t epoch = d->epoch;

	x->in.socket = d->handle;
	return ms_session_call(call, &epoch, x);
}

static int protocol_of(uint8_t type)
{
	return type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
}

static int check(int domain, int type, int protocol)
{
	if (domain != AF_INET && domain != AF_INET6)
		return -EAFNOSUPPORT;
	if (type != SOCK_STREAM && type != SOCK_DGRAM)
		return -EPROTOTYPE;
	return protocol && protocol != protocol_of((uint8_t)type) ? -EPROTONOSUPPORT : 0;
}

int socket(int domain, int type, int protocol)
{
	uint32_t flags = (uint32_t)type & (SOCK_NONBLOCK | SOCK_CLOEXEC), epoch = 0;
	struct exchange x = { .in.argument = MS_NETWORK_STREAM, .in.address.family = domain == AF_INET ? MS_NETWORK_IPV4 : MS_NETWORK_IPV6 };

	type &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
	int rc = check(domain, type, protocol);

	if (rc < 0)
		return ms_socket_result(rc);
	if (ms_descriptor_room() < 0)
		return -1;
	if (type == SOCK_DGRAM)
		x.in.argument = MS_NETWORK_DATAGRAM;
	rc = ms_session_call(MS_NETWORK_SOCKET, &epoch, &x);
	if (rc < 0)
		return ms_socket_result(rc);
	int fd = ms_socket_descriptor(x.out.value, epoch, (uint8_t)domain, (uint8_t)type, flags);

	if (fd < 0)
		ms_socket_close(x.out.value, epoch);
	return fd;
}

int socketpair(int domain, int type, int protocol, int sockets[2])
{
	int rc = check(domain, type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC), protocol);

	(void)sockets;
	return ms_socket_result(rc < 0 ? rc : -EOPNOTSUPP);
}

int bind(int s, const struct sockaddr *address, socklen_t size)
{
	struct descriptor d;
	struct exchange x = { 0 };

	if (ms_socket_of(s, &d) < 0)
		return -1;
	int rc = ms_address_in(&x.in.address, address, size, d.family);

	return ms_socket_result(rc < 0 ? rc : ms_socket_ask(&d, MS_NETWORK_BIND, &x));
}

int listen(int s, int backlog)
{
	struct descriptor d;
	struct exchange x = { .in.argument = backlog > 0 ? (uint32_t)backlog : 0 };

	return ms_socket_of(s, &d) < 0 ? -1 : ms_socket_result(ms_socket_ask(&d, MS_NETWORK_LISTEN, &x));
}

int shutdown(int s, int how)
{
	struct descriptor d;
	struct exchange x = { .in.argument = how == SHUT_RD ? MS_NETWORK_READ : how == SHUT_WR ? MS_NETWORK_WRITE : MS_NETWORK_READ | MS_NETWORK_WRITE };

	if (ms_socket_of(s, &d) < 0)
		return -1;
	return ms_socket_result(how < SHUT_RD || how > SHUT_RDWR ? -EINVAL : ms_socket_ask(&d, MS_NETWORK_SHUTDOWN, &x));
}

static int name(int s, uint32_t which, struct sockaddr *address, socklen_t *size)
{
	struct descriptor d;
	struct exchange x = { .in.argument = which };

	if (ms_socket_of(s, &d) < 0)
		return -1;
	int rc = ms_socket_ask(&d, MS_NETWORK_NAME, &x);

	if (rc == 0)
		ms_address_out(address, size, &x.out.address);
	return ms_socket_result(rc);
}

int getsockname(int s, struct sockaddr *restrict address, socklen_t *restrict size)
{
	return name(s, 0, address, size);
}

int getpeername(int s, struct sockaddr *restrict address, socklen_t *restrict size)
{
	return name(s, 1, address, size);
}

int sockatmark(int s)
{
	struct descriptor d;

	return ms_socket_of(s, &d);
}
