/* SPDX-License-Identifier: Apache-2.0 */
/* The interface "greeter", for its clients. */
#ifndef GREETER_H
#define GREETER_H

/* Types of requests. */
enum {
	GREETER_GREET = 1,	/* in: a name, at most 32 bytes; out: the greeting, without a NUL */
};

enum { GREETER_NAME_MAX = 32 };

#endif
