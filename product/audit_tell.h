/* SPDX-License-Identifier: Apache-2.0 */
/* An audit told to a person or a program: of a folder by ms, of a server by ms-store, in the same words. */
#ifndef AUDIT_TELL_H
#define AUDIT_TELL_H

#include <stdbool.h>

#include "storefiles.h"

/*
 * Replay all among the files (audit.h); `key` as of storebelief_find, NULL: who is trusted.  `moves`: others may publish meanwhile, so what does not follow is told only
 * when the checkpoint is still the same afterwards; else it begins again, and after three times -MS_EIO (ERR_STORE_MOVES).
 */
struct auditing;
struct audit_telling { const char *key; bool log_only, moves; int (*more)(struct auditing *d, struct err *e); };
int audit_tell(const struct storefiles *files, const struct audit_telling *t, struct arena *a, struct err *e);

#endif
