/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of `ms doctor`: each looks at one thing and says what would repair it. */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "arena.h"

struct finding {
	bool bad;
	const char *text;	/* what is there, or what is wrong */
	const char *remedy;	/* of a bad one: a command */
};

struct doctor {
	struct arena *a;
	uint32_t space_mib_min;	/* that must be free */
};

struct doctor_check {
	const char *name;
	bool optional;		/* bad is a warning only: some verb can do without */
	void (*look)(const struct doctor *d, struct finding *f);
};

extern const struct doctor_check doctor_checks[];
extern const size_t doctor_check_count;

#endif
