/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stores that this person is logged in to: a file each below 'stores' in the folder of settings, named by the address, of mode 0600
 * since a token stands in it.
 */
#ifndef KNOWN_H
#define KNOWN_H

#include "arena.h"
#include "err.h"

struct known {
	const char *url;
	const char *ca;		/* a file, absolute, or NULL */
	const char *token;	/* or NULL */
};

/* 1: there it is; 0: this person is not logged in there; negative: its file cannot be used. */
int known_find(const char *url, struct arena *a, struct known *out, struct err *e);

/* The addresses of all (const char *), sorted. */
int known_urls(struct arena *a, struct list *urls, struct err *e);

int known_keep(const struct known *k, struct arena *a, struct err *e);

/* -MS_EPERM (ERR_STORE_LOGIN) where there is none. */
int known_forget(const char *url, struct arena *a, struct err *e);

/* A token, from the first line of a file that nobody else may read, or of standard input where path is NULL. */
int known_read_token(const char *path, struct arena *a, const char **token, struct err *e);

#endif
