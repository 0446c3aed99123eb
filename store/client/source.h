/* SPDX-License-Identifier: Apache-2.0 */
/* Where a service is taken from: a store that is served, a mirror behind any web server, or the folder of either. */
#ifndef SOURCE_H
#define SOURCE_H

#include "connect.h"
#include "note.h"
#include "storefiles.h"
#include "storeline.h"

struct source {
	struct storefiles files;
	struct client *client;		/* NULL: a folder */
	struct connection connection;
};

/* `at->url` may name a folder; a folder needs no network and no login.  source_close ends it, in any state. */
int source_open(const struct store_at *at, struct arena *a, struct source *out, struct err *e);
void source_close(struct source *s);

/*
 * Whom to believe of it, and that it is not older than what was seen, has no other history and lacks nothing: `key` as of storebelief_find.  *note is
 * its checkpoint.  -MS_ESIGNATURE saying which.
 */
int source_believe(struct source *s, const char *key, struct arena *a, struct note_key *out, struct bytes *note, struct err *e);

/* All that the index has of a service, at most 16 MiB: struct storeline *.  -MS_ENOENT (ERR_STORE_SERVICE) when there is none. */
int source_lines(struct source *s, const char *vendor, const char *name, struct arena *a, struct list *out, struct err *e);

/* Nobody is trusted for this log: says which key it names itself, and how that is believed.  Of a `note` that is no checkpoint it says that.  Returns what it says. */
int source_refuse_unknown(const struct storefiles *from, struct bytes note, struct arena *a, struct err *e);

#endif
