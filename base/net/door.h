/* SPDX-License-Identifier: Apache-2.0 */
/* By what a server is reached: a Unix socket of its owner's, or the network. */
#ifndef DOOR_H
#define DOOR_H

#include "call.h"

struct certificate;

struct door {
	struct web *web;
	struct MHD_Daemon *daemon;
	int epoll;			/* readable when there is something to do: door_run */
	bool local;			/* a Unix socket: who may open it may ask */
	struct line *lines;		/* that are open (line.h) */
	const char *url;		/* by which it is reached: "https://127.0.0.1:7443", "unix:/run/rig" */
};

/* A path, mode 0600.  What is left of a server that was killed is replaced; one that answers is not. */
int door_open_socket(struct door *d, struct web *w, const char *path, struct arena *a, struct err *e);

/* Is it written as door_open_network takes it?  Opens nothing. */
int door_check_address(const char *address, struct arena *a, struct err *e);

/* ADDRESS:PORT, port 0 for any that is free; HTTPS with the certificate, or HTTP where that is NULL. */
int door_open_network(struct door *d, struct web *w, const char *address, const struct certificate *c, struct arena *a, struct err *e);

/* Do what there is to do; milliseconds for which it may be left alone then, at most `most`. */
uint64_t door_run(struct door *d, uint64_t most_msec);

void door_close(struct door *d);

#endif
