/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running Ninja and understanding what comes back: progress, the compiler's
 * words, and of a failure one sentence that says what is wrong and what to do.
 */
#ifndef NINJA_H
#define NINJA_H

#include "arena.h"
#include "err.h"

/*
 * Run Ninja on a file in the project's folder, for the targets given
 * (NULL-terminated; none: the file's default ones).  The words of compilers go to stderr as they
 * come.  `steps` counts the commands that ran and may be NULL.
 * -MS_EPROJECT, -MS_ENOSPC or what a failed `ms` command inside said; -MS_ETOOL
 * without ninja; -MS_EINTR when the user stopped it.
 */
int ninja_run(const char *folder, const char *file, const char *const targets[], struct arena *a,
	      uint32_t *steps, struct err *e);

#endif
