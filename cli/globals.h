/* SPDX-License-Identifier: Apache-2.0 */
/* The options that every verb has. */
#ifndef GLOBALS_H
#define GLOBALS_H

#include "opt.h"
#include "out.h"

struct globals {
	const char *folder;	/* -C, or NULL */
	const char *colour;	/* --color, or NULL */
	bool json, quiet, no_input, help, version;
	int verbose;
};

extern struct globals globals;
extern const struct opt global_options[];

/* What the output layer is told. */
struct out_options globals_out(void);

/* How they were given, as words for a companion's command line. */
void globals_words(struct list *words, struct arena *a);

/*
 * Where the verb stands in argv: the first word that is neither a global
 * option nor the value of one; argc when there is none.
 */
int globals_skip(int argc, char **argv);

/* Does this word stand alone in argv, before any "--"?  It counts even if what stands before it is wrong. */
bool globals_has(int argc, char **argv, const char *word);

#endif
