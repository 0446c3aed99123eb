/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the store's pages say, as JSON: the twin that programs get is the very object that a page is rendered from (pages.h).  Made from
 * database, log and packages, of what everybody may see and nothing else: a token changes nothing.
 *
 * All texts that others wrote are printable; long ones and long lists are cut, so that a page is small whatever was published.  A list that goes on
 * says so: `pager`, or how many more there are.  tests/store/pages has each as a sample.
 */
#ifndef TWIN_H
#define TWIN_H

#include <jansson.h>

#include "route.h"
#include "store.h"
#include "storeboards.h"

enum { TWIN_CARDS = 12, TWIN_VERSIONS = 12, TWIN_ENTRIES = 40, TWIN_ROWS = 12, TWIN_PARTS = 6, TWIN_BOARDS = 16, TWIN_BOARD_NAMES = 700, TWIN_FACET_VALUES = 16, TWIN_FACET_MAX = 100, TWIN_WORDS_MAX = 200 };

/* Whose pages they are, besides what the database says: of a store that is served, or of a mirror's files. */
struct twin_from {
	const char *name, *key;		/* of the log; its key as text */
	bool is_mirror;
	int (*checkpoint)(void *context, struct arena *a, struct bytes *note, struct err *e);
	int (*entry)(void *context, uint64_t index, struct arena *a, struct bytes *entry, struct err *e);
	/* The first bytes of a package, at most `most`, and how many it has. */
	int (*package)(void *context, const char *sha256, size_t most, struct arena *a, struct bytes *head, uint64_t *size, struct err *e);
	void *context;
};

struct twin {
	struct twin_from from;
	struct db *db;
	const struct routes *routes;
	const struct storeboards *boards;	/* that it can be said of what fits there; NULL or none: nothing is said */
	const char *url;		/* by which the store was asked: "https://store.example.org" */
	/* Where a page of a store, "/services?category=data", is from the page that is made; NULL: nowhere.  Itself NULL: there. */
	const char *(*place)(const struct twin *t, const char *path);
	const char *json;		/* where the twin is, where that is not ".json" behind the address */
	void *context;			/* of place */
	struct arena *a;
};

/* What is looked for; all as it was asked, NULL where it was not. */
struct twin_search { const char *words, *target, *license, *publisher, *category, *fits; uint64_t after; };

/* From a store that is open. */
struct twin_from twin_from_store(struct store *s, struct arena *a);

/*
 * Each gives 1 and the twin, which is the caller's; 0 when there is no such thing, or negative.  `from` is an entry of the log: what is there
 * from it down.
 */
int twin_market(const struct twin *t, const struct twin_search *s, json_t **out, struct err *e);
int twin_service(const struct twin *t, const char *publisher, const char *name, const char *version, uint64_t from, json_t **out, struct err *e);	/* `version` NULL: the foremost */
int twin_publisher(const struct twin *t, const char *name, uint64_t after, json_t **out, struct err *e);
int twin_log(const struct twin *t, uint64_t from, json_t **out, struct err *e);

/* About the store: how it is asked, and for how much; `limits` is "what" and "value" in turn, NULL at the end. */
json_t *twin_about(const struct twin *t, const char *const limits[]);

/* Of a problem (RFC 9457), which it borrows. */
json_t *twin_problem(const struct twin *t, const json_t *problem);

/* The bill of materials in a package: CycloneDX, as its maker wrote it.  1, 0 when there is none, or negative. */
int twin_sbom(const struct twin *t, const char *package, struct bytes *sbom, struct err *e);

#endif
