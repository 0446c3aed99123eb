/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets (POSIX.1-2008, <sys/socket.h>): streams and datagrams of the Internet's two address families.
 *
 * Each call is a message to the network service that the product grants (docs/network.md).  Without one, socket()
 * fails with ENETDOWN and the log says so once.  Functions that wait do so in the calling thread alone, and are no
 * longer waiting when SO_RCVTIMEO or SO_SNDTIMEO is over (EAGAIN), or the network service ends (ECONNRESET; later ENETDOWN).
 * Each may be called from any thread.  A wrong descriptor gives EBADF, one that is no socket ENOTSOCK.
 */
#ifndef SYS_SOCKET_H
#define SYS_SOCKET_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef _SOCKLEN_T_DECLARED
typedef __socklen_t socklen_t;
#define _SOCKLEN_T_DECLARED
#endif

#ifndef _SA_FAMILY_T_DECLARED
typedef uint16_t sa_family_t;
#define _SA_FAMILY_T_DECLARED
#endif

/* Families. */
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define PF_UNSPEC AF_UNSPEC
#define PF_UNIX AF_UNIX
#define PF_INET AF_INET
#define PF_INET6 AF_INET6

/* Types.  Only the first two are there; the flags may be added to them. */
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_SEQPACKET 5
#define SOCK_NONBLOCK 0x4000
#define SOCK_CLOEXEC 0x40000

/* Levels and options of getsockopt and setsockopt. */
#define SOL_SOCKET 0xffff
#define SO_DEBUG 0x0001
#define SO_ACCEPTCONN 0x0002		/* int, read only */
#define SO_REUSEADDR 0x0004		/* int */
#define SO_KEEPALIVE 0x0008		/* int */
#define SO_DONTROUTE 0x0010
#define SO_BROADCAST 0x0020		/* int */
#define SO_LINGER 0x0080		/* struct linger */
#define SO_OOBINLINE 0x0100
#define SO_SNDBUF 0x1001		/* int, read only: the service's, bytes */
#define SO_RCVBUF 0x1002		/* int, read only: the service's, bytes */
#define SO_SNDLOWAT 0x1003
#define SO_RCVLOWAT 0x1004
#define SO_SNDTIMEO 0x1005		/* struct timeval; 0: for ever */
#define SO_RCVTIMEO 0x1006		/* struct timeval; 0: for ever */
#define SO_ERROR 0x1007			/* int, read only: reading clears it */
#define SO_TYPE 0x1008			/* int, read only */
#define SO_PROTOCOL 0x1009		/* int, read only */
#define SO_DOMAIN 0x100a		/* int, read only */
#define SOMAXCONN 8

/* Flags of sends and receives. */
#define MSG_OOB 0x01			/* refused: EOPNOTSUPP */
#define MSG_PEEK 0x02
#define MSG_DONTROUTE 0x04
#define MSG_EOR 0x08
#define MSG_TRUNC 0x10
#define MSG_CTRUNC 0x20
#define MSG_WAITALL 0x40
#define MSG_DONTWAIT 0x80
#define MSG_NOSIGNAL 0x4000		/* there is no SIGPIPE: EPIPE with and without it */

#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2

struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

/* Large enough for each address, and aligned for it. */
struct sockaddr_storage {
	sa_family_t ss_family;
	char ms_reserved[6];
	uint64_t ms_storage[3];
};

struct linger {
	int l_onoff;
	int l_linger;			/* seconds */
};

struct msghdr {
	void *msg_name;			/* an address, or NULL */
	socklen_t msg_namelen;
	struct iovec *msg_iov;
	int msg_iovlen;
	void *msg_control;		/* nothing is sent or received with it */
	socklen_t msg_controllen;
	int msg_flags;			/* of what was received: MSG_TRUNC */
};

struct cmsghdr {
	socklen_t cmsg_len;
	int cmsg_level, cmsg_type;
};

#define SCM_RIGHTS 1
#define CMSG_DATA(cmsg) ((unsigned char *)((struct cmsghdr *)(cmsg) + 1))
#define CMSG_FIRSTHDR(m) ((m)->msg_controllen >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(m)->msg_control : (struct cmsghdr *)0)
#define CMSG_NXTHDR(m, cmsg) ((cmsg) ? (struct cmsghdr *)0 : CMSG_FIRSTHDR(m))	/* there is never a second */

/*
 * A new socket.  EAFNOSUPPORT, EPROTOTYPE (a type that is not there), EPROTONOSUPPORT, EMFILE (no descriptor left), ENFILE
 * (the service has no socket left for this caller), ENETDOWN, ENOBUFS (the caller has its share of connections to services).
 */
int socket(int domain, int type, int protocol);

/* Give it an address; port 0 takes any free one.  EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL (it has one). */
int bind(int s, const struct sockaddr *address, socklen_t size);

/* Let a stream socket take connections, of which `backlog` (at least 1, at most SOMAXCONN) wait to be accepted.  EOPNOTSUPP, EINVAL (it is connected). */
int listen(int s, int backlog);

/* The next connection to a listener, as a new socket; waits for one.  EAGAIN, EINVAL (it does not listen), EMFILE, ENFILE. */
int accept(int s, struct sockaddr *__restrict address, socklen_t *__restrict size);

/*
 * Connect a stream, or say where datagrams go to and come from (AF_UNSPEC: to and from anywhere).  ECONNREFUSED, EISCONN,
 * EINPROGRESS (O_NONBLOCK: poll says when it is done, SO_ERROR how), EALREADY, ENETUNREACH, EAFNOSUPPORT.
 */
int connect(int s, const struct sockaddr *address, socklen_t size);

/* End one direction or both.  ENOTCONN. */
int shutdown(int s, int how);

/* Send; returns how many bytes were taken.  EAGAIN, EPIPE, ECONNRESET, ENOTCONN, EDESTADDRREQ, EISCONN, EMSGSIZE (a datagram that is too large). */
ssize_t send(int s, const void *data, size_t size, int flags);
ssize_t sendto(int s, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t to_size);
ssize_t sendmsg(int s, const struct msghdr *message, int flags);

/* Receive; 0 at the end of a stream.  EAGAIN, ECONNRESET, ENOTCONN. */
ssize_t recv(int s, void *data, size_t size, int flags);
ssize_t recvfrom(int s, void *__restrict data, size_t size, int flags, struct sockaddr *__restrict from, socklen_t *__restrict from_size);
ssize_t recvmsg(int s, struct msghdr *message, int flags);

/* Its own address, and the other end's (ENOTCONN). */
int getsockname(int s, struct sockaddr *__restrict address, socklen_t *__restrict size);
int getpeername(int s, struct sockaddr *__restrict address, socklen_t *__restrict size);

/* Options.  ENOPROTOOPT (unknown, or read only), EINVAL (size or value), EDOM (a time out of range). */
int getsockopt(int s, int level, int option, void *__restrict value, socklen_t *__restrict size);
int setsockopt(int s, int level, int option, const void *value, socklen_t size);

/* There is no out-of-band data: 0. */
int sockatmark(int s);

/* Not with these families: EOPNOTSUPP, EAFNOSUPPORT. */
int socketpair(int domain, int type, int protocol, int sockets[2]);

#ifdef __cplusplus
}
#endif

#endif
