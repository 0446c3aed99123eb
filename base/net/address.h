/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses of servers, written in one way: who asks and who answers can compare what each calls a server.
 * "HTTPS://Store.Example.org.:443/" and "https://store.example.org" are one.
 */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

enum { ADDRESS_MAX = 500 };

struct address {
	const char *text;	/* "https://store.example.org", "http://127.0.0.1:8080/store": small letters, no port that goes without saying, no '/' at its end */
	const char *host;	/* "store.example.org", "[::1]" */
	const char *port;	/* ":8080", or "" */
	bool secure;		/* https */
	bool here;		/* the host is this computer, whatever the network's names say */
};

/*
 * https://HOST[:PORT][/PATH] or http, into the arena.  No word of who asks may stand in it, and nothing that could end a line.
 * -MS_EUSAGE (ERR_STORE_URL) for what is no such address.
 */
int address_read(const char *url, struct arena *a, struct address *out, struct err *e);

#endif
