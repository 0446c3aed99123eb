/* SPDX-License-Identifier: Apache-2.0 */
/* Getting a token by a key: ms has signed what the store asked for, and standard input is that claim. */
#ifndef LOGIN_H
#define LOGIN_H

#include "connect.h"

/* The claim, from standard input. */
struct bytes login_read_claim(struct arena *a);

/* Send it; its token is shown by `c` from now on, and stands in *k, with the name space.  *proof, which may be NULL: how that was proven. */
int login_claim(struct client *c, struct bytes claim, struct arena *a, struct known *k, const char **proof, struct err *e);

#endif
