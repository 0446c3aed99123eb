/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of stores' logs, for ms key: NAME+ID+KEY, or a file with such a line. */
#ifndef STOREKEY_H
#define STOREKEY_H

#include "note.h"

int storekey_trust(const char *word, struct arena *a, struct err *e);
int storekey_untrust(const char *word, struct arena *a, struct err *e);

/* A line and an event for each that is trusted; the number of them. */
int storekey_list(struct arena *a, struct err *e);

#endif
