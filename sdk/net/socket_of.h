/* SPDX-License-Identifier: Apache-2.0 */
/* What the socket functions share. */
#ifndef SOCKET_OF_H
#define SOCKET_OF_H

#include <sys/socket.h>

#include "descriptor.h"
#include "session.h"

/* The descriptor of a socket: 0, or -1 with EBADF, ENOTSOCK. */
int ms_socket_of(int fd, struct descriptor *d);

/* A new one for a socket that the service has given: the descriptor, or -1 with EMFILE. */
int ms_socket_descriptor(uint32_t handle, uint32_t epoch, uint8_t family, uint8_t type, uint32_t flags);

/* Give a socket back to the service. */
int ms_socket_close(uint32_t handle, uint32_t epoch);

/* -1 with errno for a negative number, else the number; after -EINTR a thread that was cancelled ends here. */
int ms_socket_result(int rc);

/* Ask about this socket: as ms_session_call. */
int ms_socket_ask(const struct descriptor *d, enum ms_network_call call, struct exchange *x);

/* When a wait that begins now is over, by the socket's time limit. */
uint64_t ms_socket_deadline(uint64_t timeout_nsec);

/* Wait for MS_NETWORK_READ or MS_NETWORK_WRITE: 0; -EAGAIN in the end; or another negative errno, as ms_session_wait that restarts. */
int ms_socket_wait(const struct descriptor *d, uint32_t events, uint64_t deadline_nsec);

/* Ask again whenever it is ready, until the answer is another than -EAGAIN; `dont_wait`: once. */
int ms_socket_insist(const struct descriptor *d, enum ms_network_call call, struct exchange *x, uint32_t events, uint64_t deadline_nsec, bool dont_wait);

/* The protocol's form of an address: 0, or -EINVAL, -EAFNOSUPPORT.  `family`: the socket's. */
int ms_address_in(struct ms_network_address *to, const struct sockaddr *from, socklen_t size, uint8_t family);

/* POSIX's form, cut to *size, which becomes what it would be whole; a NULL `to` takes nothing. */
void ms_address_out(struct sockaddr *to, socklen_t *size, const struct ms_network_address *from);

#endif
