/* SPDX-License-Identifier: Apache-2.0 */
/*
 * out/run/crashes.log: the fault records of the last run as the board printed
 * them, each followed by an indented line with the place in the source, which
 * stays true when the service has been built again.
 */
#ifndef CRASHLOG_H
#define CRASHLOG_H

#include "crash.h"

struct crashlog { const char *path; };

/* Begin anew, in the folder of a run. */
void crashlog_start(struct crashlog *l, const char *folder, struct arena *a);

/* Keep one record.  A log that cannot be written is a warning: the run goes on. */
void crashlog_add(struct crashlog *l, const char *line, const struct crash_place *place, struct arena *a);

#endif
