/* SPDX-License-Identifier: Apache-2.0 */
/* A test under gdb, with commands that show services, threads and their stacks (hostsim/ms.gdb). */
#ifndef TESTDEBUG_H
#define TESTDEBUG_H

#include "testrun.h"

/*
 * Becomes gdb on the program that the filter names, which runs the tests that it names one after the other, in the order of threads of
 * options->replay if that is set.  Returns only when it cannot: -MS_EUSAGE: no filter, or several programs fit; -MS_ETOOL: no gdb.
 */
int testdebug(const struct project *p, const struct list *programs, const struct testrun_options *o, struct arena *a, struct err *e);

#endif
