/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The canonical form of an interface: a line for each function, of what its messages hold.  Two headers with the same form
 * speak to each other; comments, places and names of parameters are not in it.
 *
 *	1 adder_add status in:int32_t,int32_t out:int32_t
 */
#ifndef CANON_H
#define CANON_H

#include "wire.h"

enum { FINGERPRINT_SIZE = 8 };

char *canon_function(const struct call *c, struct arena *a);

/* 16 hexadecimal digits: the first bytes of the SHA-256 of all lines, each with its end. */
char *canon_fingerprint(const struct contract *k, struct arena *a);

#endif
