/* SPDX-License-Identifier: Apache-2.0 */
/* Internet addresses as texts, and the order of the wire (POSIX.1-2008, <arpa/inet.h>).  htons and the like are the C library's macros, and functions as well. */
#ifndef MS_ARPA_INET_H
#define MS_ARPA_INET_H

#include_next <arpa/inet.h>

#include <netinet/in.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t (htonl)(uint32_t host);
uint16_t (htons)(uint16_t host);
uint32_t (ntohl)(uint32_t net);
uint16_t (ntohs)(uint16_t net);

/* An IPv4 address of one to four numbers, decimal, octal or hexadecimal, as the manual of old has it; (in_addr_t)-1 if it is none. */
in_addr_t inet_addr(const char *text);

/* Decimal with dots, in memory that the next call overwrites. */
char *inet_ntoa(struct in_addr in);

/* Returns `to`; NULL with EAFNOSUPPORT, or ENOSPC when the text with its NUL needs more than `size` bytes. */
const char *inet_ntop(int family, const void *__restrict from, char *__restrict to, socklen_t size);

/* 1; 0 when the text is not an address of the family, and nothing has happened; -1 with EAFNOSUPPORT. */
int inet_pton(int family, const char *__restrict text, void *__restrict to);

#ifdef __cplusplus
}
#endif

#endif
