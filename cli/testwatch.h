/* SPDX-License-Identifier: Apache-2.0 */
/* ms test --watch: again after each change of a source, until the user wants to stop. */
#ifndef TESTWATCH_H
#define TESTWATCH_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

struct project;

/* Build and run all that testwatch_wants; what it says in `e` is printed, and ends nothing but this round. */
typedef int testwatch_round(const char *folder, struct arena *a, struct err *e);

/* Rounds, the first at once.  -MS_EINTR when the user wants to stop. */
int testwatch(const char *folder, testwatch_round *round, struct arena *a, struct err *e);

/* From a round: whose sources these are.  They are watched before they are built, so that no change is missed. */
void testwatch_project(const struct project *p, struct arena *a);

/* Does a program run in this round?  Not if it is the one of the round before, byte for byte as its linker left it. */
bool testwatch_wants(const char *path, struct arena *a);

/* Is anything watched at all? */
bool testwatch_is_on(void);

#endif
