/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Under which addresses a store is reached.  A claim names the one that its signer dialled: if that is another server's, which passed the claim on,
 * it counts here for nobody.
 *
 * Who runs the store says its addresses (--url); then these count and no other.  Left out, it is what it listens on: for a proxy or a name of the network
 * that is not enough.  Addresses of this computer itself then count only for who asks from here, and not through a proxy: everybody has such ones.
 */
#ifndef REACHED_H
#define REACHED_H

#include "address.h"

struct reached {
	struct list at;		/* const char *, as address_read writes them; "unix:PATH" */
	bool said;		/* by who runs it */
};

/* What is said: const char *, written in any way.  -MS_EUSAGE for what is no address. */
int reached_say(struct reached *r, const struct list *urls, struct arena *a, struct err *e);

/* A door (door.h) that was opened; counts if nothing was said. */
void reached_listen(struct reached *r, const char *url, struct arena *a);

/* Is the store reached there?  `from_here`: it is somebody on this computer who says so. */
bool reached_has(const struct reached *r, const char *at, bool from_here, struct arena *a);

#endif
