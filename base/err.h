/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A failure as a person reads it: a sentence, where, and what to do.
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

struct err {
	int code;		/* -MS_E..., 0 when nothing failed */
	char text[1024];
	char fix[512];		/* "" or what to do: a sentence or a command */
	char file[512];		/* "" or where it is wrong */
	int line, column;	/* from 1; 0 when unknown; columns count characters */
};

/*
 * Say what failed, forgetting any earlier failure; its own text may be among
 * the arguments.  Returns code (which is negative), so that failing is one line.
 */
int err_set(struct err *e, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same with ": <strerror(errno)>" and the usual fix for it; returns the -MS_E... for errno. */
int err_errno(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Add what to do, or the place, to a failure that was set; returns e->code. */
int err_fix(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
int err_at(struct err *e, const char *file, int line, int column);

/* The exit status of a failure, from its code alone (docs/exit-codes.md); 0 when nothing failed. */
int err_exit_status(const struct err *e);

/* The text of an error number from errors.def ("does not exist"). */
const char *err_text(int code);

/* Its name without the prefix ("ENOENT"), as JSON results give it. */
const char *err_name(int code);

#endif
