/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses of the Internet (POSIX.1-2008, <netinet/in.h>; RFC 3493).  Ports and addresses in them are in the order of the wire: htons, htonl. */
#ifndef NETINET_IN_H
#define NETINET_IN_H

#include <inttypes.h>
#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef _IN_PORT_T_DECLARED
typedef uint16_t in_port_t;
#define _IN_PORT_T_DECLARED
#endif

#ifndef _IN_ADDR_T_DECLARED
typedef uint32_t in_addr_t;
#define _IN_ADDR_T_DECLARED
#endif

struct in_addr {
	in_addr_t s_addr;
};

struct sockaddr_in {
	sa_family_t sin_family;
	in_port_t sin_port;
	struct in_addr sin_addr;
	unsigned char sin_zero[8];
};

struct in6_addr {
	union {
		uint8_t ms_byte[16];
		uint32_t ms_word[4];
	} ms_in6;
};
#define s6_addr ms_in6.ms_byte

struct sockaddr_in6 {
	sa_family_t sin6_family;
	in_port_t sin6_port;
	uint32_t sin6_flowinfo;
	struct in6_addr sin6_addr;
	uint32_t sin6_scope_id;
};

struct ipv6_mreq {
	struct in6_addr ipv6mr_multiaddr;
	unsigned ipv6mr_interface;
};

extern const struct in6_addr in6addr_any, in6addr_loopback;
#define IN6ADDR_ANY_INIT { { { 0 } } }
#define IN6ADDR_LOOPBACK_INIT { { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } } }

#define IPPROTO_IP 0
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define IPPROTO_RAW 255

#define INADDR_ANY ((in_addr_t)0x00000000)
#define INADDR_LOOPBACK ((in_addr_t)0x7f000001)
#define INADDR_BROADCAST ((in_addr_t)0xffffffff)
#define INADDR_NONE ((in_addr_t)0xffffffff)

#define INET_ADDRSTRLEN 16
#define INET6_ADDRSTRLEN 46

/* Options of level IPPROTO_IPV6. */
#define IPV6_JOIN_GROUP 20
#define IPV6_LEAVE_GROUP 21
#define IPV6_MULTICAST_HOPS 18
#define IPV6_MULTICAST_IF 17
#define IPV6_MULTICAST_LOOP 19
#define IPV6_UNICAST_HOPS 16
#define IPV6_V6ONLY 26			/* int: always 1 here */

#define MS_IN6_WORD(a, i) ((a)->ms_in6.ms_word[i])
#define IN6_IS_ADDR_UNSPECIFIED(a) (!(MS_IN6_WORD(a, 0) | MS_IN6_WORD(a, 1) | MS_IN6_WORD(a, 2) | MS_IN6_WORD(a, 3)))
#define IN6_IS_ADDR_LOOPBACK(a) (!(MS_IN6_WORD(a, 0) | MS_IN6_WORD(a, 1) | MS_IN6_WORD(a, 2)) && MS_IN6_WORD(a, 3) == htonl(1))
#define IN6_IS_ADDR_MULTICAST(a) ((a)->s6_addr[0] == 0xff)
#define IN6_IS_ADDR_LINKLOCAL(a) ((a)->s6_addr[0] == 0xfe && ((a)->s6_addr[1] & 0xc0) == 0x80)
#define IN6_IS_ADDR_SITELOCAL(a) ((a)->s6_addr[0] == 0xfe && ((a)->s6_addr[1] & 0xc0) == 0xc0)
#define IN6_IS_ADDR_V4MAPPED(a) (!(MS_IN6_WORD(a, 0) | MS_IN6_WORD(a, 1)) && MS_IN6_WORD(a, 2) == htonl(0xffff))
#define IN6_IS_ADDR_V4COMPAT(a) (!(MS_IN6_WORD(a, 0) | MS_IN6_WORD(a, 1) | MS_IN6_WORD(a, 2)) && ntohl(MS_IN6_WORD(a, 3)) > 1)
#define MS_IN6_IS_MULTICAST_OF(a, scope) (IN6_IS_ADDR_MULTICAST(a) && ((a)->s6_addr[1] & 0x0f) == (scope))
#define IN6_IS_ADDR_MC_NODELOCAL(a) MS_IN6_IS_MULTICAST_OF(a, 1)
#define IN6_IS_ADDR_MC_LINKLOCAL(a) MS_IN6_IS_MULTICAST_OF(a, 2)
#define IN6_IS_ADDR_MC_SITELOCAL(a) MS_IN6_IS_MULTICAST_OF(a, 5)
#define IN6_IS_ADDR_MC_ORGLOCAL(a) MS_IN6_IS_MULTICAST_OF(a, 8)
#define IN6_IS_ADDR_MC_GLOBAL(a) MS_IN6_IS_MULTICAST_OF(a, 14)

#ifdef __cplusplus
}
#endif

#include <arpa/inet.h>

#endif
