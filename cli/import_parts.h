/* SPDX-License-Identifier: Apache-2.0 */
/* Between the parts of import.c: choosing files, and judging what is in them. */
#ifndef IMPORT_PARTS_H
#define IMPORT_PARTS_H

#include "import.h"

/* Which files are compiled and copied; fills program, folders, taken, built. */
int import_choose(struct import *m, const char *const *headers, struct arena *a, struct err *e);

/* What there is to be said of those that are taken; fills told, heap, network. */
void import_judge(struct import *m, struct arena *a);

/* Which licence the sources or the licence's text name. */
void import_licence(struct import *m, struct arena *a);

void import_tell(struct import *m, struct arena *a, enum import_remark_kind kind, const struct import_file *f,
		 const struct import_word *at, const char *name, const char *text);

#endif
