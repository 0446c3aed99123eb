/* SPDX-License-Identifier: Apache-2.0 */
/* A list of choices as a text: "120:1,344:t". */
#ifndef SCHEDULE_LIST_H
#define SCHEDULE_LIST_H

#include "schedule.h"

/* What is to be done in a replay.  Returns false when the text is no list; points must not become less. */
bool schedule_read(struct schedule *s, const char *text);

/* As far as there is room: a text that fills it is not whole. */
void schedule_write(const struct schedule_choice *choices, size_t count, char *to, size_t size);

#endif
