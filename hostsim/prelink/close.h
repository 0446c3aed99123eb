/* SPDX-License-Identifier: Apache-2.0 */
/* Closing a service: from its objects to one whose symbols are its own. */
#ifndef CLOSE_H
#define CLOSE_H

#include "err.h"
#include "script.h"

struct job {
	struct script script;
	const char *out;		/* path of the object; beside it lie .ld, .keep and .link */
	uint32_t slot;
	struct list objects, whole, libraries, tests;
	struct list kept;		/* names that the tests use */
	struct list lent;		/* and those of the library's that they use by the prefix ms_lent_, without it */
	const char *simulation;		/* what the program is linked with: ms-sim.o */
};

/* Do it.  -MS_EPROJECT when the service uses what no device has, after saying each name and place on stderr. */
int close_service(struct job *j, struct arena *a, struct err *e);

#endif
