/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and writes of several pieces at once (POSIX.1-2008, <sys/uio.h>). */
#ifndef SYS_UIO_H
#define SYS_UIO_H

#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct iovec {
	void *iov_base;
	size_t iov_len;			/* bytes */
};

/*
 * As read(2) and write(2), piece after piece; they end where one is not filled or not taken whole.  On a datagram socket the
 * pieces are one datagram.  EINVAL: less than 1 or more than IOV_MAX pieces, or more than SSIZE_MAX bytes.
 */
ssize_t readv(int fd, const struct iovec *pieces, int count);
ssize_t writev(int fd, const struct iovec *pieces, int count);

#ifdef __cplusplus
}
#endif

#endif
