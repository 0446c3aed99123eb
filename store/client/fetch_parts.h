/* SPDX-License-Identifier: Apache-2.0 */
/* For ms add and ms install: what is known of one version, and how it is proven and fetched. */
#ifndef FETCH_PARTS_H
#define FETCH_PARTS_H

#include "source.h"
#include "storewish.h"
#include "tlog_proof.h"

struct fetching {
	const struct fetch_wish *wish;
	struct source from;
	struct arena *arena;
	struct err *e;
	struct storeline_word word;
	const struct storeline *line;
	struct storefacts *facts;	/* of it */
	struct note_key key;
	struct bytes note;		/* the checkpoint; empty: by hash alone */
	struct tlog_proof proof, source_proof;
};

/* The log has the version as the index does, and with --source its source, too: the proofs are filled.  From the log's own files, so that a mirror which nobody serves can prove as much as a store. */
int fetch_prove(struct fetching *f);

/*
 * Package or source package with the very hash that is wanted is in its file, also where it was there before.  On failure the file is what it was before, and
 * mostly not there: what has another hash is put nowhere, and what came before a line was cut lies beside it, for the next call (client_fetch).
 */
int fetch_blobs(struct fetching *f);

/* Beside them the proofs, and the key of whoever signed what was fetched, as the log has it (FILE.pem): whether to believe that is somebody else's to decide. */
int fetch_write_beside(struct fetching *f);

#endif
