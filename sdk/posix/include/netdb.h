/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of hosts and services (POSIX.1-2008, <netdb.h>), as far as no server must be asked: addresses as numbers,
 * "localhost", and ports as numbers.
 */
#ifndef NETDB_H
#define NETDB_H

#include <netinet/in.h>
#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

struct addrinfo {
	int ai_flags, ai_family, ai_socktype, ai_protocol;
	socklen_t ai_addrlen;
	struct sockaddr *ai_addr;
	char *ai_canonname;
	struct addrinfo *ai_next;
};

#define AI_PASSIVE 0x01
#define AI_CANONNAME 0x02
#define AI_NUMERICHOST 0x04
#define AI_NUMERICSERV 0x08
#define AI_V4MAPPED 0x10
#define AI_ALL 0x20
#define AI_ADDRCONFIG 0x40

#define NI_NUMERICHOST 0x01
#define NI_NUMERICSERV 0x02
#define NI_NOFQDN 0x04
#define NI_NAMEREQD 0x08
#define NI_DGRAM 0x10
#define NI_NUMERICSCOPE 0x20

#define EAI_AGAIN 1
#define EAI_BADFLAGS 2
#define EAI_FAIL 3
#define EAI_FAMILY 4
#define EAI_MEMORY 5
#define EAI_NONAME 6
#define EAI_SERVICE 7
#define EAI_SOCKTYPE 8
#define EAI_SYSTEM 9
#define EAI_OVERFLOW 10

/* The addresses of a host and service, as a list that is the caller's until freeaddrinfo; 0, or an EAI_ number. */
int getaddrinfo(const char *__restrict host, const char *__restrict service, const struct addrinfo *__restrict hints,
		struct addrinfo **__restrict found);
void freeaddrinfo(struct addrinfo *found);

/* An address as texts; there are no names: EAI_NONAME with NI_NAMEREQD. */
int getnameinfo(const struct sockaddr *__restrict address, socklen_t size, char *__restrict host, socklen_t host_size,
		char *__restrict service, socklen_t service_size, int flags);

/* What an EAI_ number means. */
const char *gai_strerror(int number);

#ifdef __cplusplus
}
#endif

#endif
