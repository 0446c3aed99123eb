/* SPDX-License-Identifier: Apache-2.0 */
/* What a project's tests/ has beside its test programs. */
#ifndef TESTINPUT_H
#define TESTINPUT_H

#include "project.h"

struct beside {
	const char *name;
	const char *folder;		/* of its project, relative to the one that is tested; NULL: it is a folder of tests/services */
	struct project *project;	/* likewise */
	struct list sources;		/* relative to its project, or to the one that is tested */
};

struct testinput {
	struct list helpers;		/* tests/ *.c that are no program: paths */
	struct list beside;		/* tests/services/: struct beside * */
};

/* Where the headers for a project beside are, relative to the project that is tested. */
char *testinput_generated(const struct beside *b, struct arena *a);

/* *out is zero; the generated headers of projects beside it are written.  -MS_EPROJECT for services that cannot be. */
int testinput_find(const struct project *p, const char *sdk_version, struct arena *a, struct testinput *out, struct err *e);

#endif
