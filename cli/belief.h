/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a verb believes: the person's own keys, those in trust/, and those given for this run. */
#ifndef BELIEF_H
#define BELIEF_H

#include "believe.h"

struct belief {
	struct arena *a;
	struct key_public given[16];
	const char *label[16];		/* the files they came from */
	uint32_t given_count;
	const char *folder;		/* of a product's keys, which then are believed in place of the person's; or NULL */
};

/*
 * Read the keys in `files` (const char *: public keys, or files of private
 * ones); they are believed in every role, for every vendor.  *out is borrowed
 * by the believer.
 */
int belief_init(struct belief *b, const struct list *files, struct arena *a, struct err *e);

/* Believe one more: the key that is used to sign. */
void belief_add(struct belief *b, const struct key_public *k, const char *label);

struct believer belief_of(struct belief *b);

#endif
