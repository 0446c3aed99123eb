/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs as a table: verbs.def joined with what each verb's file says. */
#ifndef VERBS_H
#define VERBS_H

#include "cmd.h"

enum verb_group { VERB_START, VERB_TRUST, VERB_CARE, VERB_GROUP_COUNT, VERB_HIDDEN };

struct verb {
	const char *name;
	const char *of;			/* of a command: the verb whose it is; else NULL */
	enum verb_group group;
	const char *operands;		/* "NAME", "[DIR...]" */
	const char *summary;
	int (*run)(int argc, char **argv, struct arena *a, struct err *e);
	const struct page *page;
};

/* All of them, in the order of verbs.def; verb_count of them are for people, and hidden ones follow. */
extern const struct verb verbs[];
extern const size_t verb_count;

/* "Start", "Trust", ... */
const char *verb_group_title(enum verb_group group);

const struct verb *verb_find(const char *name);	/* NULL when there is none */

/* As a person types it: "build", "product add". */
const char *verb_words(const struct verb *v, struct arena *a);

/* How many operands the row's text allows. */
struct operand_range { int min, max; };
struct operand_range verb_operands(const struct verb *v);

/* Say that there is no such verb, naming the nearest. */
int verb_unknown(const char *name, struct err *e);

#endif
