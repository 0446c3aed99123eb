/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A failure as a person reads it: a sentence, where, what to do, and a code to look up.
 *
 * Functions that can fail return zero or a negative -MS_E... and take a
 * `struct err *` last, which they fill on failure and leave alone on success.
 * Sentences are lower case, say what failed first, quote the subject with
 * '...', and have no full stop.  Only main() prints one.
 */
#ifndef ERR_H
#define ERR_H

#include <stdarg.h>
#include <stdbool.h>

#include <ms/abi/abi.h>

/* What can go wrong, each with a page that `ms explain` shows. */
enum {
#define ERR_AREA(first, title)
#define ERR_GENERAL ERR_CODE
#define ERR_CODE(number, name, error, title) ERR_##name = number,
#include "err_codes.def"
#undef ERR_AREA
#undef ERR_GENERAL
#undef ERR_CODE
};

struct err {
	int code;		/* -MS_E..., 0 when nothing failed */
	char id[8];		/* what to look up: "MS1105" */
	char text[1024];
	char fix[512];		/* "" or what to do: a sentence or a command */
	char file[512];		/* "" or where it is wrong */
	int line, column;	/* from 1; 0 when unknown; columns count characters */
	bool shown;		/* the line and its place have been: people need not see them twice */
};

/*
 * Say what failed, forgetting any earlier failure; its own text may be among
 * the arguments.  `what` is a row of err_codes.def, ERR_..., or, where a number is
 * handed on, that -MS_E..., which has a general row.  Returns the row's -MS_E..., so that failing is one line.
 */
int err_set(struct err *e, int what, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same with ": <strerror(errno)>" and the usual fix for it; returns the -MS_E... for errno. */
int err_errno(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Add what to do, or the place, to a failure that was set; returns e->code. */
int err_fix(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
int err_at(struct err *e, const char *file, int line, int column);
int err_at_shown(struct err *e, const char *file, int line, int column);

/* The exit status of a failure, from its code alone (docs/exit-codes.md); 0 when nothing failed. */
int err_exit_status(const struct err *e);

/* Is it trouble with a rig or the way to it, which says nothing about what was sent there? */
bool err_is_of_rig(const struct err *e);

/* The name of an error number from errors.def without the prefix ("ENOENT"), as JSON results give it. */
const char *err_name(int code);

#endif
