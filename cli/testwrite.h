/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results of tests for other programs, in one file: TAP version 14, JUnit's
 * XML, or JSON, as the file's name ends (.tap, .xml, .json).
 */
#ifndef TESTWRITE_H
#define TESTWRITE_H

#include "testrun.h"

/* Can a report have this name?  -MS_EUSAGE if its ending says no format. */
int testwrite_check(const char *path, struct err *e);

/* Remove what an earlier run has left there: whoever finds a report finds one of this run. */
void testwrite_forget(const char *path);

/* Write it.  A program without a verdict is an entry of its own, that failed. */
int testwrite(const struct testrun *r, const char *path, struct arena *a, struct err *e);

#endif
