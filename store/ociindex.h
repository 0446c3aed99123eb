/* SPDX-License-Identifier: Apache-2.0 */
/*
 * index.json of the store's folder: the OCI image layout's list of all versions whose package is given to people.  It follows from the log, and begins
 * with the log that it follows from, so that one that is behind is known as such, whatever ended the store.  It is written in one piece when the store
 * ends, and row by row, since there may be very many.
 */
#ifndef OCIINDEX_H
#define OCIINDEX_H

#include "store.h"

/* Write it, unless it is of the log as it is now; the database has caught up with that. */
int ociindex_settle(struct store *s, struct err *e);

/* Write it in any case. */
int ociindex_write(struct store *s, struct err *e);

/*
 * *current: is it of the log as it is now?  Then it is compared, and the manifests that it names are looked for: how many faults there are, each said, such as
 * that it does not say what the log does; or negative.
 */
int ociindex_check(struct store *s, bool *current, store_say *say, struct err *e);

#endif
