/* SPDX-License-Identifier: Apache-2.0 */
/* Verbs that ask a store (product/storewish.h): ms has done its part, and becomes ms-store. */
#ifndef STORESEND_H
#define STORESEND_H

#include <jansson.h>

#include "arena.h"
#include "err.h"
#include "opt.h"

/* Become ms-store for the verb argv[0], with these options and argv[1..] as operands.  Returns only if it cannot be started. */
int storesend(const struct opt *options, int argc, char **argv, struct arena *a, struct err *e);

/*
 * The same with a text as its standard input: what must stand on no command line.  At most 4,096 bytes.
 */
int storesend_text(const struct opt *options, const char *text, int argc, char **argv, struct arena *a, struct err *e);

/* Have ms-store do the verb argv[0] without becoming it: *out is its result, the caller's to give back; its failure becomes ours. */
int storesend_result(const struct opt *options, int argc, char **argv, json_t **out, struct arena *a, struct err *e);

/*
 * Ask the store for what it wants to have signed, and sign it with the key (NULL: the developer key): the claim of the name space for
 * storesend_text.  The key never comes near the program that talks to the network.
 */
struct store_at;
int storesend_claim(const struct store_at *at, const char *vendor, const char *key, struct arena *a, const char **claim, struct err *e);

#endif
