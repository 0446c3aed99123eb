/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of a mirror: those of its store (twin.h) as files that any web server serves, or none.
 *
 *   index.html, services.html	the marketplace;  list/...  where it and other lists go on, and what is in each category
 *   services/<publisher>/<name>.html, services/<publisher>/<name>/<version>.html, publishers/<publisher>.html, log.html, about.html
 *   <page>.json		its twin, beside each;  services/<publisher>/<name>/<version>.cdx.json  the bill of materials
 *   style.css, icon.svg
 *   pages.json			of which log they are, and by which version of ms they were made: written last
 *
 * All of it follows from log and packages: whoever has these makes the same bytes.  What a store says of boards is left out, since that follows from the
 * SDK beside it.  Links are relative, so that the folder may lie anywhere below an address.  Whatever a page leads to is made, too: there
 * is no list of pages but the links themselves.
 */
#ifndef SITE_H
#define SITE_H

#include "checkpoint.h"
#include "storefiles.h"

#define SITE_MARK "pages.json"
enum { SITE_FILE_MAX = 4 << 20, SITE_MARK_MAX = 4096 };	/* bytes */

/* Folders that have pages and nothing else. */
extern const char *const site_folders[];	/* NULL ends them */

/* Where a page of a store, "/log?from=7", is in a mirror: "list/log/0.html#entry-7".  NULL: nowhere. */
const char *site_file(const char *path, struct arena *a);

/* A page, its twin, or what pages refer to. */
typedef int site_take(void *context, const char *path, struct bytes content, struct err *e);

/*
 * Make all of them from the log and the packages among the files, which are believed: the checkpoint was read with its key, and entries were held
 * against it.  Each goes to `take` once, SITE_MARK last; what that fails with ends it.
 */
struct site_source { const struct storefiles *files; const struct note_key *key; const struct checkpoint *checkpoint; };
int site_make(const struct site_source *s, site_take *take, void *context, struct err *e);

/* Make them in the folder `out` of a mirror: what differs is written, what follows from nothing any more is removed. */
int site_write(const struct site_source *s, const char *out, uint64_t *changed, struct err *e);

#endif
