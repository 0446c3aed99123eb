/* SPDX-License-Identifier: Apache-2.0 */
/* What ms publish does with a package, and with the source package of one, alike. */
#ifndef PUBLISH_PARTS_H
#define PUBLISH_PARTS_H

#include "connect.h"
#include "parcel.h"

struct publishing {
	struct client *to;
	struct parcel parcel;
	struct arena *arena;
	const char *there;	/* the state that the version has in the store, or NULL */
	bool repeated;		/* what the parcel is was there already */
	bool dry_run;
};

/* "v1/services/VENDOR/NAME/VERSION" and what is behind it. */
const char *publish_path(const struct publishing *p, const char *behind);

/* What the store has of the version: *out is the caller's to give back, NULL where it has none. */
int publish_look(const struct publishing *p, json_t **out, struct err *e);

/* Send the parcel, which may be done twice: the same bytes again are the same answer.  `how` is NULL or "?stage=1". */
int publish_send(struct publishing *p, const char *how, struct err *e);

/*
 * Get the proof that the log has it from `path`, and put it beside the file.  It must be good where the log's key is trusted; where it is not, it is kept for who trusts it.
 * *file is where it is, *checked whether it was checked.
 */
int publish_keep_proof(const struct publishing *p, const char *path, const char **file, bool *checked, struct err *e);

/* All of it for a source package; `along`: its package went before, in this call.  The version is there, or it is a dry run of both. */
int publish_source(struct publishing *p, bool along, struct err *e);

#endif
