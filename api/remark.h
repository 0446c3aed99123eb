/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the comment before a function says: its text, and of the marks that are in wide use what they tell of a parameter, the
 * result, an error.  A mark begins a line, with '@' or '\'; what follows belongs to it up to the next mark or an empty line.
 */
#ifndef REMARK_H
#define REMARK_H

#include "arena.h"

enum remark_kind { REMARK_PARAMETER, REMARK_RESULT, REMARK_ERROR };

struct remark { enum remark_kind kind; const char *name, *text; };	/* name: the parameter's, the error's; "" of the result */

struct remarks {
	const char *text;		/* all else */
	struct list all;		/* struct remark * */
};

struct remarks remark_read(const char *comment, struct arena *a);

/* What is said of this one; "" nothing. */
const char *remark_of(const struct remarks *r, enum remark_kind kind, const char *name);

#endif
