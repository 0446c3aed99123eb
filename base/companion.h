/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Companions: programs of ours that lie beside ms and do a verb's work, as git has them: ms-api, ms-rig, ms-store.  Each brings libraries
 * that ms itself should not have to start.  Here are both ends: how one is started, and how one begins.
 *
 * Most do one verb, whose commands are theirs: `ms rig serve`.  One may do other verbs as well, whole, each with options of its own: `ms publish` is
 * ms-store's.  Then the verb is the first word of the command line.
 */
#ifndef COMPANION_H
#define COMPANION_H

#include "opt.h"

/* The path of a program that lies beside this one. */
const char *companion_path(const char *name, struct arena *a);

/* The options of a table that were given, as the words of a command line.  A number is one if it is not 0. */
void companion_options(struct list *words, const struct opt *table, struct arena *a);

/*
 * Become the companion, with these options and argv[1..] as operands.  Returns only if it cannot be started: -MS_ETOOL if it is
 * not there.
 */
int companion_become(const char *name, const struct list *options, int argc, char **argv, struct arena *a, struct err *e);

/* The same for argv[0], a verb that the companion does whole. */
int companion_become_verb(const char *name, const struct list *options, int argc, char **argv, struct arena *a, struct err *e);

struct companion_command {
	const char *name;
	int least, most;	/* operands */
	const struct opt *options;	/* of a verb that it does whole; NULL: it is a command of the companion's own verb */
};

struct companion {
	const char *verb;	/* of ms: "rig" */
	const struct opt *options;
	const struct companion_command *commands;
	size_t command_count;
	/* Do commands[at]; NULL ends the operands.  < 0 is a failure, > 0 the status to end with. */
	int (*run)(size_t at, const char *const *operands, struct arena *a, struct err *e);
};

/* A companion's main: options of its own and those of all verbs, its command, its operands; gives the exit status. */
int companion_main(const struct companion *c, int argc, char **argv);

#endif
