/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mirror: a store's public files in a folder that any web server can serve.
 *
 * Only the checkpoint, entries that are new and packages that are new are
 * fetched; tiles and index are made here, since they follow from those, and nothing is
 * shown before all of it has been checked.  The checkpoint is written last: whoever reads meanwhile, or after a kill, sees the mirror as it was.
 */
#ifndef MIRROR_H
#define MIRROR_H

#include "checkpoint.h"
#include "storefiles.h"

struct mirror {
	struct checkpoint checkpoint;	/* what is mirrored now */
	uint64_t before;		/* entries that were there already */
	uint64_t requests, bytes;	/* what was fetched */
	uint64_t packages, sources;	/* of that: packages, and source packages */
};

/*
 * Bring the folder `out`, which is made if it is not there, to where the store is.  `key`: whom to believe.  -MS_ESIGNATURE: what came does not
 * follow from the checkpoint, or the mirror is of another history (ERR_LOG_FORKED) or newer (ERR_LOG_OLD): then nothing has changed.
 */
int mirror_run(const struct storefiles *from, const struct note_key *key, const char *out, struct arena *a, struct mirror *m, struct err *e);

#endif
