/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a store's index, read: which versions of a service there are, what each is, and which one is meant. */
#ifndef STORELINE_H
#define STORELINE_H

#include "leaf.h"
#include "storefacts.h"

struct storeline {
	const char *vendor, *name, *version;
	const char *package, *manifest, *kid;	/* hexadecimal: SHA-256 of package and manifest, the key that signed */
	uint64_t size, entry, published, changed;	/* bytes; of the log: the entry, and the one that gave the state; seconds since 1970 */
	enum leaf_state state;
	const char *reason, *words, *replacement;	/* "" where nothing is said; may be shown as they are */
	const char *source, *source_kid;	/* of its source package, where it is given: SHA-256, and who signed it; "" where there is none */
	uint64_t source_size, source_entry;	/* bytes; of the log */
	bool offered;			/* its package is there for everybody */
	struct bytes line;		/* as it came, borrowed */
};

/* Read one; its facts are looked at and not kept, since an index may have very many lines.  -MS_EFORMAT (ERR_STORE_DIFFERS) for what storeindex_file does not write, and for a line of another service than this. */
int storeline_read(struct bytes line, const char *vendor, const char *name, struct arena *a, struct storeline *out, struct err *e);

/* What the index says of the package, for a line that is offered.  Failures as of storeline_read. */
int storeline_facts(const struct storeline *l, struct arena *a, struct storefacts *out, struct err *e);

/* A whole file of the index: struct storeline * in the order of the log. */
int storeline_file(struct bytes file, const char *vendor, const char *name, struct arena *a, struct list *out, struct err *e);

/*
 * The one to take: `version`, or, where that is NULL, the highest that is live, else the highest that is deprecated.  -MS_ENOENT
 * (ERR_STORE_VERSION): there is none, with those that there are, and of one that was yanked or quarantined why, and what to take in its place.
 */
int storeline_choose(const struct list *lines, const char *version, struct arena *a, const struct storeline **out, struct err *e);

/* "vendor/name" or "vendor/name@version", taken apart; *version is NULL in the first.  -MS_EUSAGE (ERR_SERVICE_WORD). */
struct storeline_word { const char *vendor, *name, *version; };
int storeline_word(const char *word, struct arena *a, struct storeline_word *out, struct err *e);

/* Why a version is not live, for people: "yanked (broken): says hello twice; take 1.1.0". */
const char *storeline_state(const struct storeline *l, struct arena *a);

#endif
