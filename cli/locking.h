/* SPDX-License-Identifier: Apache-2.0 */
/* What `ms lock` and `ms vendor` have in common: all that a project, or a product, takes from others, found anew. */
#ifndef LOCKING_H
#define LOCKING_H

#include "dependencies.h"
#include "opt.h"
#include "product.h"

struct locking {
	const char *root;		/* its folder */
	struct project project;		/* unless it is a product */
	struct list dependencies;
	struct product product;
	bool is_product;
	struct lock lock;		/* what its ms.lock has to say */
};

/* Look for them in neighbours first, then in vendor/. */
int locking_find(const char *folder, struct arena *a, struct locking *out, struct err *e);

/* Bring its ms.lock or product.lock up to date, and say what became of it. */
int locking_write(struct locking *l, struct arena *a, struct err *e);

/* Options of each verb that builds: they set dependency_policy. */
#define LOCKING_OPTIONS \
	OPT_FLAG(0, "locked", &dependency_policy.locked, "fail when ms.lock or product.lock does not say all that is needed of others"), \
	OPT_FLAG(0, "offline", &dependency_policy.offline, "take what is needed of others from vendor/ only")

#endif
