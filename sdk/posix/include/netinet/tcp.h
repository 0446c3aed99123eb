/* SPDX-License-Identifier: Apache-2.0 */
/* Options of level IPPROTO_TCP (POSIX.1-2008, <netinet/tcp.h>). */
#ifndef NETINET_TCP_H
#define NETINET_TCP_H

#define TCP_NODELAY 1			/* int */

#endif
