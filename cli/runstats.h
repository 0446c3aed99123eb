/* SPDX-License-Identifier: Apache-2.0 */
/* `ms run --stats`: at the end, what each service and thread has used of what it was given. */
#ifndef RUNSTATS_H
#define RUNSTATS_H

#include "snapshot.h"

/* A table for people, or an event "stats" for each thread; a list of struct snapshot_service *. */
void runstats_show(const struct list *services, struct arena *a);

#endif
