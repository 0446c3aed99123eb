/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way to the network service (<ms/abi/network.h>).  It is connected to when it is first needed: one connection
 * for all that is answered at once, and one for each thread that waits.
 *
 * An epoch is a session, counted by us.  When the service ends, so do all sockets of the epoch; a new socket begins the next.
 */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ms/abi/network.h>

/* One request and its answer. */
struct exchange {
	struct ms_network_request in;
	const void *data;		/* input 1 */
	size_t size;
	void *room;			/* output 1 */
	size_t room_size;
	struct ms_network_reply out;
};

/*
 * Ask.  *epoch is the socket's; 0: of none yet, it becomes the present one.  0 or greater, or a negative errno: the service's, or
 * -ENETDOWN (there is none), -ENOBUFS (no connection left), -ECONNRESET (the socket's session has ended).
 */
int ms_session_call(enum ms_network_call call, uint32_t *epoch, struct exchange *x);

/*
 * Wait until one of `count` sockets of the epoch is ready, or the clock reads `deadline_nsec`: how many of `ready`, which has room for `count`,
 * say something; 0: none in time; or a negative errno, as above; -EINTR: by a signal, unless it has SA_RESTART and this wait `restarts`, or because the
 * thread is to end.
 */
int ms_session_wait(uint32_t epoch, const struct ms_network_event *wanted, struct ms_network_event *ready, size_t count, uint64_t deadline_nsec, bool restarts);

/* The present one; 0: there is none. */
uint32_t ms_session_epoch(void);

#endif
