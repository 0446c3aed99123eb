/* SPDX-License-Identifier: Apache-2.0 */
/* What datagram sockets do.  Each returns 0 or greater, or a negative errno; none waits. */
#ifndef DATAGRAM_H
#define DATAGRAM_H

#include "sockets.h"

/* Where it sends to and what it hears; family none: anything again. */
int datagram_connect(struct net_socket *s, const struct ms_network_address *to);

/*
 * Send one; family none: to where it is connected.  A receiver that has no room for it does not get it.  No client's datagrams may take
 * more of a receiver's room than is left free, so that another's always find some.
 */
int datagram_send(struct net_socket *s, const struct ms_network_address *to, psa_handle_t message, uint32_t size);

/* The next one, cut to `size`: how much was given; its whole size and sender go into the reply. */
int datagram_receive(struct net_socket *s, psa_handle_t message, uint32_t size, bool peek, struct ms_network_reply *reply);

int datagram_shutdown(struct net_socket *s, uint8_t directions);
uint32_t datagram_ready(const struct net_socket *s);

/* When the first of those that it has arrives (weather.h); its ring is not empty. */
uint64_t datagram_arrival(const struct net_socket *s);

#endif
