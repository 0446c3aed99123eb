/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for a socket, and the two functions that begin a connection. */
#include <errno.h>
#include <fcntl.h>

#include <ms/syscall.h>

#include "cancellation.h"
#include "socket_of.h"

uint64_t ms_socket_deadline(uint64_t timeout_nsec)
{
	uint64_t now = ms_clock();

	return timeout_nsec && timeout_nsec < MS_FOREVER - now ? now + timeout_nsec : MS_FOREVER;
}

int ms_socket_wait(const struct descriptor *d, uint32_t events, uint64_t deadline_nsec)
{
	struct ms_network_event e = { d->handle, events };
	int rc = ms_session_wait(d->epoch, &e, &e, 1, deadline_nsec, true);

	if (rc < 0)
		return rc;
	if (rc == 0)
		return -EAGAIN;
	return e.events & MS_NETWORK_INVALID ? -EBADF : 0;
}

int ms_socket_insist(const struct descriptor *d, enum ms_network_call call, struct exchange *x, uint32_t events, uint64_t deadline_nsec, bool dont_wait)
{
	bool once = dont_wait || d->flags & O_NONBLOCK;
	int rc;

	while ((rc = ms_socket_ask(d, call, x)) == -EAGAIN && !once) {
		rc = ms_socket_wait(d, events, deadline_nsec);
		if (rc < 0)
			break;
	}
	return rc;
}

int accept(int s, struct sockaddr *restrict address, socklen_t *restrict size)
{
	struct descriptor d;
	struct exchange x = { 0 };

	cancellation_point();
	if (ms_socket_of(s, &d) < 0 || ms_descriptor_room() < 0)
		return -1;
	int rc = ms_socket_insist(&d, MS_NETWORK_ACCEPT, &x, MS_NETWORK_READ, ms_socket_deadline(d.read_timeout_nsec), false);

	if (rc < 0)
		return ms_socket_result(rc);
	int fd = ms_socket_descriptor(x.out.value, d.epoch, d.family, d.type, 0);

	if (fd < 0)
		ms_socket_close(x.out.value, d.epoch);
	else if (address)
		ms_address_out(address, size, &x.out.address);
	return fd;
}

/* How the connection came out that was begun. */
static int conclude(const struct descriptor *d)
{
	struct exchange x = { .in.argument = MS_NETWORK_ERROR };
	int rc = ms_socket_wait(d, MS_NETWORK_WRITE, ms_socket_deadline(d->write_timeout_nsec));

	if (rc < 0)
		return rc == -EAGAIN ? -EINPROGRESS : rc;
	rc = ms_socket_ask(d, MS_NETWORK_GET, &x);
	return rc < 0 ? rc : -(int)x.out.value;
}

int connect(int s, const struct sockaddr *address, socklen_t size)
{
	struct descriptor d;
	struct exchange x = { 0 };
	int rc = 0;

	cancellation_point();
	if (ms_socket_of(s, &d) < 0)
		return -1;
	if (d.type == SOCK_STREAM || size < sizeof(address->sa_family) || address->sa_family != AF_UNSPEC)
		rc = ms_address_in(&x.in.address, address, size, d.family);
	if (rc == 0)
		rc = ms_socket_ask(&d, MS_NETWORK_CONNECT, &x);
	if (rc == -EINPROGRESS && !(d.flags & O_NONBLOCK))
		rc = conclude(&d);
	return ms_socket_result(rc);
}
