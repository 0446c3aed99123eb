/* SPDX-License-Identifier: Apache-2.0 */
/* Where the symbols for the faults of a board come from: the project here, its last run, and files that are named. */
#ifndef CRASHSOURCES_H
#define CRASHSOURCES_H

#include "crash.h"

/* Folder and file of the last run, from the project's folder. */
#define CRASHSOURCES_RUN "out/run"
#define CRASHSOURCES_SYMBOLS CRASHSOURCES_RUN "/symbols"

/*
 * `debug_files`: NAME.debug, each beside its NAME.img, whose failure is the call's; `board`: whose runtime it was, or
 * NULL: that of the last run, else the default one's.
 */
int crashsources_find(const struct list *debug_files, const char *board, struct crash_sources *s, struct arena *a, struct err *e);

#endif
