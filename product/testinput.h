/* SPDX-License-Identifier: Apache-2.0 */
/* What a project's tests/ has beside its test programs. */
#ifndef TESTINPUT_H
#define TESTINPUT_H

#include "project.h"

struct beside { const char *name; struct list sources; };

struct testinput {
	struct list helpers;		/* tests/ *.c that are no program: paths */
	struct list beside;		/* tests/services/: struct beside * */
};

/* *out is zero.  -MS_EPROJECT for services that cannot be. */
int testinput_find(const struct project *p, struct arena *a, struct testinput *out, struct err *e);

#endif
