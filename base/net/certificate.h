/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The certificate that a server shows.  Clients hold on to its public key, the pin, which they were told by whoever runs it:
 * so one that a rig has made for itself is as good as any.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "arena.h"
#include "err.h"

struct certificate {
	const char *certificate, *key;	/* PEM */
	const char *pin;		/* "sha256//BASE64" of its public key */
};

/* From two files.  A key that others may read is refused. */
int certificate_read(const char *certificate, const char *key, struct arena *a, struct certificate *out, struct err *e);

/* NAME.crt and NAME.key in the folder, made when they are not there. */
int certificate_own(const char *folder, const char *name, struct arena *a, struct certificate *out, struct err *e);

#endif
