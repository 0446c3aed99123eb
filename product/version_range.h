/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of the SDK a project is for: ">=0.1 <0.2". */
#ifndef VERSION_RANGE_H
#define VERSION_RANGE_H

#include "err.h"

/* Is the text comparisons (>= > <= < =) with versions of one to three numbers, blanks between them?  -MS_EINVAL with the sentence. */
int version_range_check(const char *text, struct err *e);

/* Does "0.1.0" hold all comparisons of a range that was checked?  Numbers that are left out count as 0. */
bool version_range_holds(const char *range, const char *version);

#endif
