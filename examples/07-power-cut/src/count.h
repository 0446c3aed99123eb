/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A counter that outlives the power.  A page begins with a number and the
 * number inverted; each word after them that is not blank counts one more.  When a page is
 * full the next number begins the other page, and only then is the full one not needed any more.
 * So the number after a power cut is the one before, or one more.
 */
#ifndef COUNT_H
#define COUNT_H

#include <stdbool.h>
#include <stdint.h>

/* Find the number; on new flash it is 0.  false: there is no flash. */
bool count_open(void);

uint32_t count_now(void);

/* One more.  When it returns, that is kept. */
void count_up(void);

/* The same with a mistake, for the test that finds it: the full page is erased first. */
void count_up_hasty(void);

#endif
