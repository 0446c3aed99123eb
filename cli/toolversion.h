/* SPDX-License-Identifier: Apache-2.0 */
/* What versions the programs have that we run. */
#ifndef TOOLVERSION_H
#define TOOLVERSION_H

#include "arena.h"

/* The first line of `program --version`; NULL when it is not in PATH or does not run. */
const char *tool_version(const char *program, struct arena *a);

/* The command that installs it. */
const char *tool_remedy(const char *program, struct arena *a);

#endif
