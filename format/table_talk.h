/* SPDX-License-Identifier: Apache-2.0 */
/* What must be true of a table's rules about endpoints taken together (docs/formats.md 5.4). */
#ifndef TABLE_TALK_H
#define TABLE_TALK_H

#include "table.h"

/*
 * Endpoints are numbered without a gap and each has one owner, with a version and a SID of its own; in a service each
 * signal and each local index is taken once; a rule says that one calls or that one receives, not both.
 */
bool table_talk_ok(const struct table *t);

#endif
