/* SPDX-License-Identifier: Apache-2.0 */
/* What twins have in common. */
#ifndef TWIN_PARTS_H
#define TWIN_PARTS_H

#include "fit.h"
#include "twin.h"

/* What stands around each page: `store` and `page`.  `tab` is "services", "log" or "about", `query` NULL or what follows the address. */
json_t *twin_frame(const struct twin *t, const char *title, const char *path, const char *query, const char *tab);

/* Adds members; takes both.  Our own mistake if it is no object. */
void twin_add(json_t *twin, json_t *members);

/* A text that somebody wrote, cut to so many bytes; null where it is NULL or "". */
json_t *twin_words(const char *text, size_t most);

json_t *twin_time(uint64_t seconds, struct arena *a);	/* "2026-11-22T06:01:28Z" */

/* { word, is_bad, reason, words, replacement, replacement_url } of a version, and of anything that is simply good or bad. */
json_t *twin_state(const struct twin *t, const struct db_version *v);
json_t *twin_mark(const char *word, bool is_bad);

/* Where a page of the store is, as JSON; null where it is nowhere. */
json_t *twin_place(const struct twin *t, const char *path);

/* "/services/acme.example/uart/1.2.0" with version, "/services/acme.example/uart" without. */
const char *twin_address(const struct twin *t, const char *publisher, const char *name, const char *version);

/* { any, first, next }: where it begins (NULL: here) and goes on (NULL: nowhere). */
json_t *twin_pager(const struct twin *t, const char *first, const char *next);

/* How many of a list are not shown; null for none. */
json_t *twin_more(size_t count);

/* What a package says of itself (storefacts.h), as an object; null where nothing is known. */
json_t *twin_facts(const struct twin *t, const char *said);

/* A service in a list; `fit` NULL: where it fits was not asked.  Those of struct db_hit *, TWIN_CARDS at most. */
json_t *twin_card(const struct twin *t, const struct db_hit *h, const struct fit *fit);
json_t *twin_cards(const struct twin *t, const struct list *hits);

/* { kid, state, reason, since } of a key: in use, revoked or quarantined, and why. */
json_t *twin_key(const struct twin *t, const struct db_key *k);

/* Where the list goes on behind the last of `hits`, of which one more was asked for than is shown; NULL: nowhere. */
const char *twin_next(const struct twin *t, const struct list *hits, const char *path, const char *query);

/* { target, flash, ram, needs, words } of what fits: `words` say what has to come along; "" for nothing. */
json_t *twin_fit(const struct twin *t, const struct fit *fit);

/* Of a version, by what the index says of it: `has_boards`, `runs_somewhere`, `fit_count` of `board_count`, `other_boards`, `boards`, and `also` (with `has_also`, `more_boards`), into the twin. */
void twin_boards(const struct twin *t, const struct db_version *v, const char *said, json_t *twin);

/* { name, title, url } of those that are said of it and known. */
json_t *twin_categories(const struct twin *t, uint32_t mask);

/* Of the package: `bill` (is it read, or is there trouble with it?), `parts`, `has_parts`, `more_parts` and `build`, into the twin. */
void twin_inside(const struct twin *t, const struct db_version *v, json_t *twin);

#endif
