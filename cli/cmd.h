/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The frame of `ms`, for those who write a verb.
 *
 * To add a verb: its row in verbs.def; cli/cmd_<verb>.c, which defines
 * cmd_<verb> and page_<verb>; its two lines in cli/build.ninja; its cases in
 * tests/cli.  Parser, help, manual page, completion and misuse then work.
 *
 * A verb may have commands of its own (commands.h), each with operands, options
 * and a page as a verb has: `ms product` is an example, integrate.def its rows.
 *
 * Before a verb is called the frame has found it, changed to -C's folder, set
 * up the output layer, set the variables of its options, and checked how many
 * operands there are against the row's text.  Afterwards it prints the
 * failure, ends the --json stream and gives the arena back.
 */
#ifndef CMD_H
#define CMD_H

#include "arena.h"
#include "err.h"
#include "opt.h"
#include "out.h"

/*
 * The verbs.  argv[0] is the verb's name, argv[1] to argv[argc - 1] are the
 * operands, argv[argc] is NULL.  Returns MS_OK or what err_set returned; see
 * cmd_exit for what is neither.
 */
#define VERB(name, group, operands, summary) int cmd_##name(int argc, char **argv, struct arena *a, struct err *e);
#include "verbs.def"
#undef VERB

/* What a verb's file says about the verb beyond its row. */
struct page {
	const struct opt *options;	/* its own, beside the variables they set, which are static; NULL: none */
	const struct verb *commands;	/* its own, of which an operand names one; one with name NULL ends them; NULL: it has none */
	enum opt_complete complete;	/* what its operands are; of one with commands: their names */
	const char *choices;		/* for OPT_CHOICE: "bash|zsh|fish" */
	const char *about;		/* paragraphs in plain text, an empty line between two */
	const struct example { const char *command, *what; } *examples;	/* one with command NULL ends them */
	const struct status { int status; const char *when; } *statuses;	/* besides what each has; in their order; { 0, NULL } ends them */
	const char *files;		/* what it reads and writes, in paragraphs; NULL: nothing worth saying */
	const char *json;		/* fields of its events and of its result, in paragraphs; NULL: none */
};
#define VERB(name, group, operands, summary) extern const struct page page_##name;
#include "verbs.def"
#undef VERB

/* The exit status of a verb that did not fail but does not end with 0 either: 130 of a run that was interrupted, say. */
void cmd_exit(int status);

/* --no-input: never ask. */
bool cmd_may_ask(void);

#endif
