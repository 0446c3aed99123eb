/* SPDX-License-Identifier: Apache-2.0 */
/* Waiting for several descriptors (POSIX.1-2008, <poll.h>).  Of what is no socket, reading and writing never wait. */
#ifndef POLL_H
#define POLL_H

#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned nfds_t;

struct pollfd {
	int fd;				/* negative: left out */
	short events;
	short revents;
};

#define POLLIN 0x01
#define POLLRDNORM 0x40
#define POLLRDBAND 0x80			/* never */
#define POLLPRI 0x02			/* never */
#define POLLOUT 0x04
#define POLLWRNORM POLLOUT
#define POLLWRBAND 0x100		/* never */
#define POLLERR 0x08
#define POLLHUP 0x10
#define POLLNVAL 0x20

/* How many are ready; 0 when `timeout_msec` is over (-1: for ever).  EINVAL: more of them than there are descriptors (OPEN_MAX). */
int poll(struct pollfd fds[], nfds_t count, int timeout_msec);

#ifdef __cplusplus
}
#endif

#endif
