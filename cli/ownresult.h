/* SPDX-License-Identifier: Apache-2.0 */
/* What a program of ours said with --json, where we started it. */
#ifndef OWNRESULT_H
#define OWNRESULT_H

#include "err.h"

/* Is this line a result that failed?  Then its failure, with place and fix, is *e. */
bool ownresult_failed(const char *line, struct err *e);

#endif
