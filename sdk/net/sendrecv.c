/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes out and in: everything comes down to one piece of memory and one request for it, repeated as long as it must be. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

#include "cancellation.h"
#include "socket_of.h"

enum { SEND_FLAGS = MSG_DONTWAIT | MSG_NOSIGNAL | MSG_EOR, RECEIVE_FLAGS = MSG_DONTWAIT | MSG_PEEK | MSG_WAITALL };

/* Of pieces: how many bytes, or a negative errno.  A stream that waits takes all; what was taken before something went wrong counts. */
static ssize_t send_piece(const struct descriptor *d, struct exchange *x, const void *data, size_t size, int flags)
{
	uint64_t deadline = ms_socket_deadline(d->write_timeout_nsec);
	size_t done = 0;
	int rc;

	do {
		x->data = (const char *)data + done;
		x->size = size - done;
		rc = ms_socket_insist(d, MS_NETWORK_SEND, x, MS_NETWORK_WRITE, deadline, flags & MSG_DONTWAIT);
		if (rc > 0)
			done += (size_t)rc;
	} while (rc > 0 && done < size && d->type == SOCK_STREAM && !(flags & MSG_DONTWAIT) && !(d->flags & O_NONBLOCK));
	return done ? (ssize_t)done : rc;
}

static ssize_t receive_piece(const struct descriptor *d, struct exchange *x, void *data, size_t size, int flags)
{
	uint64_t deadline = ms_socket_deadline(d->read_timeout_nsec);
	size_t done = 0;
	int rc;

	x->in.argument = flags & MSG_PEEK ? MS_NETWORK_PEEK : 0;
	do {
		x->room = (char *)data + done;
		x->room_size = size - done;
		rc = ms_socket_insist(d, MS_NETWORK_RECEIVE, x, MS_NETWORK_READ, deadline, flags & MSG_DONTWAIT);
		if (rc > 0)
			done += (size_t)rc;
	} while (rc > 0 && done < size && d->type == SOCK_STREAM && flags & MSG_WAITALL && !(flags & MSG_PEEK));
	return done ? (ssize_t)done : rc;
}

static ssize_t result(ssize_t rc)
{
	return rc < 0 ? ms_socket_result((int)rc) : rc;
}

/* 0, or a negative errno.  Flags that are not known are refused, but those of <sys/socket.h> that mean nothing here. */
static int begin(int s, int flags, int known, struct descriptor *d)
{
	cancellation_point();
	if (ms_socket_of(s, d) < 0)
		return -errno;
	return flags & ~(known | MSG_DONTROUTE) ? -EOPNOTSUPP : 0;
}

static ssize_t send_to(int s, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t to_size)
{
	struct descriptor d;
	struct exchange x = { 0 };

	int rc = begin(s, flags, SEND_FLAGS, &d);

	if (rc == 0 && to)
		rc = ms_address_in(&x.in.address, to, to_size, d.family);
	return rc < 0 ? rc : send_piece(&d, &x, data, size, flags);
}

ssize_t sendto(int s, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t to_size)
{
	return result(send_to(s, data, size, flags, to, to_size));
}

ssize_t send(int s, const void *data, size_t size, int flags)
{
	return sendto(s, data, size, flags, NULL, 0);
}

ssize_t recvfrom(int s, void *restrict data, size_t size, int flags, struct sockaddr *restrict from, socklen_t *restrict from_size)
{
	struct descriptor d;
	struct exchange x = { 0 };

	int rc = begin(s, flags, RECEIVE_FLAGS, &d);
	ssize_t got = rc < 0 ? rc : receive_piece(&d, &x, data, size, flags);

	if (got >= 0 && from && from_size) {
		if (x.out.address.family)
			ms_address_out(from, from_size, &x.out.address);
		else
			*from_size = 0;
	}
	return result(got);
}

ssize_t recv(int s, void *data, size_t size, int flags)
{
	return recvfrom(s, data, size, flags, NULL, NULL);
}

/* How long all pieces are together, or -1 with EINVAL, EMSGSIZE. */
static ssize_t total(const struct iovec *pieces, int count)
{
	size_t sum = 0;

	if (count < 1 || count > IOV_MAX)
		return ms_socket_result(-EMSGSIZE);
	for (int i = 0; i < count; i++) {
		if (pieces[i].iov_len > SIZE_MAX / 2 - sum)
			return ms_socket_result(-EINVAL);
		sum += pieces[i].iov_len;
	}
	return (ssize_t)sum;
}

/* The pieces in one, as a datagram needs it, and a request has it.  The caller's to free; NULL with ENOMEM. */
static char *gather(const struct iovec *pieces, int count, size_t size)
{
	char *whole = malloc(size ? size : 1), *end = whole;

	for (int i = 0; whole && i < count; end += pieces[i++].iov_len)
		memcpy(end, pieces[i].iov_base, pieces[i].iov_len);
	return whole;
}

static void scatter(const struct iovec *pieces, const char *whole, size_t size)
{
	for (size_t n; size > 0; size -= n, whole += n, pieces++) {
		n = pieces->iov_len < size ? pieces->iov_len : size;
		memcpy(pieces->iov_base, whole, n);
	}
}

ssize_t sendmsg(int s, const struct msghdr *m, int flags)
{
	ssize_t size = total(m->msg_iov, m->msg_iovlen), sent;

	if (size < 0)
		return -1;
	if (m->msg_iovlen == 1)
		return sendto(s, m->msg_iov->iov_base, (size_t)size, flags, m->msg_name, m->msg_namelen);
	char *whole = gather(m->msg_iov, m->msg_iovlen, (size_t)size);

	if (!whole)
		return -1;
	sent = send_to(s, whole, (size_t)size, flags, m->msg_name, m->msg_namelen);
	free(whole);
	return result(sent);
}

/* Into one piece of memory, which is the caller's if there is one. */
static ssize_t receive_message(const struct descriptor *d, struct exchange *x, struct msghdr *m, size_t size, int flags)
{
	bool single = m->msg_iovlen == 1;
	char *whole = single ? m->msg_iov->iov_base : malloc(size ? size : 1);

	if (!whole)
		return -errno;
	ssize_t got = receive_piece(d, x, whole, size, flags);

	if (!single) {
		scatter(m->msg_iov, whole, got > 0 ? (size_t)got : 0);
		free(whole);
	}
	return got;
}

ssize_t recvmsg(int s, struct msghdr *m, int flags)
{
	struct descriptor d;
	struct exchange x = { 0 };
	ssize_t size = total(m->msg_iov, m->msg_iovlen);

	if (size < 0)
		return -1;
	int rc = begin(s, flags, RECEIVE_FLAGS, &d);
	ssize_t got = rc < 0 ? rc : receive_message(&d, &x, m, (size_t)size, flags);

	if (got < 0)
		return result(got);
	if (m->msg_name && x.out.address.family)
		ms_address_out(m->msg_name, &m->msg_namelen, &x.out.address);
	else
		m->msg_namelen = 0;
	m->msg_controllen = 0;
	m->msg_flags = d.type == SOCK_DGRAM && x.out.value > (size_t)got ? MSG_TRUNC : 0;
	return got;
}
