/* SPDX-License-Identifier: Apache-2.0 */
/* How much of everything there is.  Each client has its own part of it, so that none can use up another's; ms.yaml may say other numbers. */
#ifndef BOUNDS_H
#define BOUNDS_H

#ifndef NET_CLIENTS
#define NET_CLIENTS 4
#endif
#ifndef NET_SOCKETS
#define NET_SOCKETS 6		/* of each client */
#endif
#ifndef NET_WAITS
#define NET_WAITS 4		/* of each client: threads that wait at the same time */
#endif
#ifndef NET_BUFFER
#define NET_BUFFER 1152		/* bytes that a socket keeps until they are received */
#endif

_Static_assert(NET_CLIENTS >= 1 && NET_CLIENTS <= 64, "NET_CLIENTS");
_Static_assert(NET_SOCKETS >= 1 && NET_SOCKETS <= 255, "NET_SOCKETS");
_Static_assert(NET_WAITS >= 1 && NET_WAITS <= 64, "NET_WAITS");
_Static_assert(NET_BUFFER >= 128 && NET_BUFFER <= 32768, "NET_BUFFER");

#endif
