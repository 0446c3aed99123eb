/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A log only grows, and grows for all the same: each checkpoint that is seen
 * is held against the newest that was seen before.
 */
#ifndef LOGSEEN_H
#define LOGSEEN_H

#include "checkpoint.h"
#include "tlog.h"

/*
 * Compare a checkpoint that is believed by the key, `note`, and remember it if it is newer.
 * `t` leads from the one to the other, and of the first one to its root: what a store signs for and has not is not remembered.  NULL where there are no tiles: then only
 * two of one size can be told apart, and nothing is remembered.  Several may do so at once.  -MS_ESIGNATURE: ERR_LOG_OLD, ERR_LOG_DAMAGED, ERR_LOG_FORKED (the note is kept
 * beside the other, as proof), or what reading tiles gave.
 */
int logseen_check(const struct note_key *k, struct bytes note, const struct tlog_tiles *t, struct arena *a, struct err *e);

#endif
