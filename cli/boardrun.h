/* SPDX-License-Identifier: Apache-2.0 */
/* Running a test program on an emulated board (docs/testing.md, "On a board"). */
#ifndef BOARDRUN_H
#define BOARDRUN_H

#include "testrun.h"

/*
 * Build it, start the board with it as often as it takes, and print each
 * test's verdict as it comes.  MS_OK whatever the verdicts; what keeps it from
 * being built or placed, or -MS_EINTR.
 */
int boardrun_program(struct testrun *r, const struct test_program *t, struct arena *a, struct err *e);

#endif
