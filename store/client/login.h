/* SPDX-License-Identifier: Apache-2.0 */
/* Getting a token by a key: ms has signed what the store asked for, and standard input is that claim. */
#ifndef LOGIN_H
#define LOGIN_H

#include "connect.h"

/* Send the claim; its token is shown by `c` from now on, and stands in *k, with the name space. */
int login_claim(struct client *c, struct arena *a, struct known *k, struct err *e);

#endif
