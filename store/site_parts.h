/* SPDX-License-Identifier: Apache-2.0 */
/* Of a mirror's pages: what they are made from (site_source.c), and how (site.c). */
#ifndef SITE_PARTS_H
#define SITE_PARTS_H

#include "bytemap.h"
#include "site.h"
#include "twin.h"

struct site_want { const char *path, *file; };	/* "/services?category=data", "list/category/data.html" */

struct site {
	const struct site_source *source;
	site_take *take;
	void *context;
	struct db *db;			/* what follows from the log; gone afterwards */
	struct list wanted;		/* struct site_want *: made in this order */
	struct bytemap seen;		/* their files */
	struct arena arena, bundle_arena;
	struct bytes bundle;		/* the one that was read last */
	uint64_t bundle_number;
};

/* Those up to SITE_ABOUT have a page and a twin. */
enum site_kind { SITE_MARKET, SITE_SERVICE, SITE_VERSION, SITE_PUBLISHER, SITE_LOG, SITE_ABOUT, SITE_SBOM, SITE_PIECE };

extern const struct routes site_routes;

/* What an address is, and its parts. */
enum site_kind site_kind(const char *path, struct arena *a, struct route_parts *parts);

/* "?name=7" in an address, or `otherwise`. */
uint64_t site_number(const char *path, const char *name, uint64_t otherwise);

/* Replay the log; and give back what that took, in any state. */
int site_open(struct site *s, struct err *e);
void site_close(struct site *s);

struct twin_from site_from(struct site *s, struct arena *a);

#endif
