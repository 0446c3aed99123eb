/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <limits.h>
#include <sys/uio.h>
#include <unistd.h>

#include "socket_of.h"

static int check(const struct iovec *pieces, int count)
{
	size_t sum = 0;

	for (int i = 0; count <= IOV_MAX && i < count; sum += pieces[i++].iov_len)
		if (pieces[i].iov_len > SIZE_MAX / 2 - sum)
			count = 0;
	return ms_socket_result(count < 1 || count > IOV_MAX ? -EINVAL : 0);
}

/* Where a piece's boundary would be one of a datagram, all is one message. */
static int is_socket(int fd)
{
	int error = errno;
	struct descriptor d;
	int is = ms_socket_of(fd, &d) == 0;

	errno = error;
	return is;
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
	ssize_t done = 0, n;

	if (check(pieces, count) < 0)
		return -1;
	if (is_socket(fd))
		return sendmsg(fd, &(struct msghdr){ .msg_iov = (struct iovec *)pieces, .msg_iovlen = count }, 0);
	for (int i = 0; i < count; i++, done += n) {
		n = write(fd, pieces[i].iov_base, pieces[i].iov_len);
		if (n < 0)
			return done ? done : -1;
	}
	return done;
}

ssize_t readv(int fd, const struct iovec *pieces, int count)
{
	ssize_t done = 0, n;

	if (check(pieces, count) < 0)
		return -1;
	if (is_socket(fd))
		return recvmsg(fd, &(struct msghdr){ .msg_iov = (struct iovec *)pieces, .msg_iovlen = count }, 0);
	for (int i = 0; i < count; i++) {
		n = read(fd, pieces[i].iov_base, pieces[i].iov_len);
		if (n < 0)
			return done ? done : -1;
		done += n;
		if ((size_t)n < pieces[i].iov_len)
			break;
	}
	return done;
}
