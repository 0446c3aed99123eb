/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verbs that do several things: the first operand is a command, such as the
 * `add` of `ms product add`, with operands, options and a page of its own, in
 * the same rows as a verb has (verbs.h).  The frame finds it and checks what
 * belongs to it; the verb itself only hands on.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "verbs.h"

/* Where the command stands in argv, which begins with the verb; options may stand before it.  argc: there is none. */
int commands_at(const struct verb *v, int argc, char **argv);

const struct verb *commands_find(const struct verb *v, const char *name);	/* NULL when there is none */

/* Say that there is no such command, naming the nearest. */
int commands_unknown(const struct verb *v, const char *name, struct arena *a, struct err *e);

/* Is each option that was given one that this command knows, or none of any other's?  -MS_EUSAGE naming whose it is. */
int commands_check_options(const struct verb *v, const struct verb *command, int argc, char **argv, struct err *e);

/* All names, with this between two. */
char *commands_names(const struct verb *v, const char *between, struct arena *a);

/* For cmd_<verb>: argv[1] is a command's name; it gets what stands behind it. */
int commands_run(const struct verb *commands, int argc, char **argv, struct arena *a, struct err *e);

#endif
