/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Power cuts: at each operation of the simulated flash the process of a test
 * makes a copy of itself, in which the power fails there, once for each extent to which the operation may have come; the
 * device starts again on what the flash holds, and the test's own check (sim_power_cuts) says whether
 * that is well.  The test itself goes on as if nothing had happened.  Several processes may run the same test at
 * once, each of which takes its share of the operations.
 */
#ifndef CUT_H
#define CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "simflash.h"
#include "testframe.h"

struct sim;

/* For the test that is started next: `chosen` is one cut, "17.2" (operation, extent); NULL: all of them. */
void cut_begin(const char *chosen);

/* In one of several processes that run the test: its share of the operations, as one of `shares`, at most CUT_SHARES. */
enum { CUT_SHARES = 64 };
void cut_share(unsigned share, unsigned shares);

/* What came of it: the verdict, with that of the test without cuts; `reason` gets the sum, cuts that were not survived are told. */
enum test_verdict cut_judge(enum test_verdict verdict, char *reason, size_t size,
			    void (*tell)(void *context, const char *id, const char *outcome, const char *text), void *context);

/* The flash is about to do this, in the process of a test. */
void cut_here(const struct flash_operation *o);

/* How the test looks at what is there after a cut; NULL: not at all. */
void cut_check(struct sim *s, void (*check)(struct sim *s, void *context), void *context);

#endif
