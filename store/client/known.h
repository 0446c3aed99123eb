/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What this person may do in stores: a file for each store and name space below 'stores' in the folder of settings, named by the address and the
 * name space, of mode 0600 since a token stands in it.
 */
#ifndef KNOWN_H
#define KNOWN_H

#include "arena.h"
#include "err.h"

#define KNOWN_ADMINISTRATOR "administrator"	/* in a name space's place: of who may do all there */

struct known {
	const char *url;
	const char *publisher;	/* whose token it is; NULL: a file of before, which does not say */
	const char *ca;		/* a file, absolute, or NULL */
	const char *token;	/* or NULL */
};

/*
 * The one by which to act for that name space in the store at url: its own, one that does not say whose it is, the administrator's.  Where publisher is NULL,
 * the only one; of several none but their ca.  1: there it is; 0: there is none; negative: its file cannot be used.
 */
int known_find(const char *url, const char *publisher, struct arena *a, struct known *out, struct err *e);

/* All of the store at url, or of all where it is NULL: struct known *, of which url and publisher are set, sorted. */
int known_list(const char *url, struct arena *a, struct list *out, struct err *e);

/* In the place of what was kept for the same store and name space. */
int known_keep(const struct known *k, struct arena *a, struct err *e);

/* All of the store.  -MS_EPERM (ERR_STORE_LOGIN) where there is none. */
int known_forget(const char *url, struct arena *a, struct err *e);

/* A token, from the first line of a file that nobody else may read, or of standard input where path is NULL. */
int known_read_token(const char *path, struct arena *a, const char **token, struct err *e);

#endif
