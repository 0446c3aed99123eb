/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rigs that this person knows, by name: a file each, 'rigs/NAME' in the folder of settings, of mode 0600 since a token stands in
 * it.  A URL, https://HOST:PORT or unix:PATH, can stand in a name's place where no token is needed.
 */
#ifndef REMOTE_H
#define REMOTE_H

#include "arena.h"
#include "err.h"

struct remote {
	const char *name;	/* or the URL */
	const char *url;
	const char *pin;	/* "sha256//..." of its certificate, or NULL: an authority's that this computer believes */
	const char *token;	/* or NULL */
};

/* By its name or URL. */
int remote_find(const char *name, struct arena *a, struct remote *out, struct err *e);

/* All names, sorted. */
int remote_names(struct arena *a, struct list *names, struct err *e);

int remote_keep(const struct remote *r, struct arena *a, struct err *e);
int remote_forget(const char *name, struct arena *a, struct err *e);

/* Read the bytes of such a file. */
int remote_decode(struct bytes text, const char *file, struct arena *a, struct remote *out, struct err *e);

/* Is that how a rig is reached? */
int remote_check_url(const char *url, struct err *e);

/* Is it of the form of a rig's token? */
int remote_check_token(const char *token, struct err *e);

/* "NAME" or "NAME/BOARD" taken apart, or "URL" or "URL!BOARD"; *board is NULL when none is named. */
void remote_split(const char *text, struct arena *a, const char **name, const char **board);

#endif
