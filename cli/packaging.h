/* SPDX-License-Identifier: Apache-2.0 */
/* A project's package: built, described, signed, read back.  For `ms package`, and for who builds a source of others again. */
#ifndef PACKAGING_H
#define PACKAGING_H

#include "archive.h"
#include "builder.h"
#include "project.h"

struct packaging {
	struct project project;
	struct bytes package;
	const char *kid;	/* of the key that signed it */
	struct bytes source;	/* its source package; empty: none was asked for */
	size_t source_count;	/* files in that */
};

/* `key`: the file of the key that signs it in place of the person's developer key; or NULL. */
int packaging_make(const char *folder, const struct build_options *o, const char *key, struct arena *a, struct packaging *out, struct err *e);

/* The same, with its source package: the package is made of the very files that go into that, in a clean folder, offline from then on, and of nothing beside them. */
int packaging_make_source(const char *folder, const struct build_options *o, const char *key, struct arena *a, struct packaging *out, struct err *e);

/* The key that signs: `key`, or else the person's developer key.  key_close. */
int packaging_key(const char *key, struct arena *a, struct key **out, struct err *e);

#endif
