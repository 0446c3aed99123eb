/* SPDX-License-Identifier: Apache-2.0 */
/* What ms-store says of a version before it is taken ('fetch'), said to people and programs: for ms add. */
#ifndef STOREOFFER_H
#define STOREOFFER_H

#include <jansson.h>
#include <stdbool.h>

#include "arena.h"
#include "err.h"

/* A text of it, "" where there is none. */
const char *storeoffer_text(const json_t *o, const char *key);

/* In lines, and as an event 'offer'.  `source`: its source is what is asked for. */
void storeoffer_say(json_t *o, bool source, struct arena *a);

/* It does not fit: why, and what can be done, as the check said. */
int storeoffer_misfit(const json_t *o, struct err *e);

#endif
