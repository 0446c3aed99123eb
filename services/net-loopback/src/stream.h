/* SPDX-License-Identifier: Apache-2.0 */
/* What streams do.  Each returns 0 or greater, or a negative errno; none waits. */
#ifndef STREAM_H
#define STREAM_H

#include "sockets.h"

int stream_listen(struct net_socket *s, uint32_t backlog);

/* 0: connected; -EINPROGRESS: the listener has no room yet. */
int stream_connect(struct net_socket *s, const struct ms_network_address *to);

/* The next that is queued, or NULL. */
struct net_socket *stream_accept(struct net_socket *listener);

int stream_send(struct net_socket *s, psa_handle_t message, uint32_t size);
int stream_receive(struct net_socket *s, psa_handle_t message, uint32_t size, bool peek);
int stream_shutdown(struct net_socket *s, uint8_t directions);

/* Close it; `abort`: its client has died, or does not want what is on its way to arrive. */
void stream_close(struct net_socket *s, bool abort);

/* Let those that wait for a listener of this client in, as far as there is room. */
void stream_admit(unsigned client);

/* What a WAIT would say: MS_NETWORK_READ, ... */
uint32_t stream_ready(const struct net_socket *s);

#endif
