/* SPDX-License-Identifier: Apache-2.0 */
/* The log, entry by entry, the newest first. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "key.h"
#include "out.h"
#include "storeindex.h"
#include "twin_parts.h"

struct said { const char *words, *url; };

/*
 * About a version: only where others see it by now.  The log itself has the name of one that is staged, but a page does not lead there.
 */
static int about_version(const struct twin *t, const struct leaf *l, struct said *s, struct err *e)
{
	const char *publisher = arena_string(t->a, l->publisher), *name = arena_string(t->a, l->name), *version = arena_string(t->a, l->version);
	struct db_version v;

	int rc = t->db->version(t->db, publisher, name, version, t->a, &v, e);
	if (rc < 0)
		return rc;
	if (!rc || !storeindex_shows(v.state)) {
		s->words = "a version that is not shown yet, or not any more";
		return MS_OK;
	}
	s->url = twin_address(t, publisher, name, version);
	if (l->kind == LEAF_PUBLISH)
		s->words = arena_printf(t->a, "%s/%s %s", publisher, name, version);
	else if (l->kind == LEAF_SOURCE)
		s->words = arena_printf(t->a, "%s/%s %s: its source", publisher, name, version);
	else
		s->words = arena_printf(t->a, "%s/%s %s: %s%s%.*s", publisher, name, version, leaf_state_name((enum leaf_state)l->state), l->reason.size ? ", " : "", (int)l->reason.size, (const char *)l->reason.at);
	return MS_OK;
}

static int say(const struct twin *t, const struct leaf *l, struct said *s, struct err *e)
{
	const char *publisher = arena_string(t->a, l->publisher);
	struct key_public k;

	if (l->kind == LEAF_PUBLISH || l->kind == LEAF_STATE || l->kind == LEAF_SOURCE)
		return about_version(t, l, s, e);
	if (l->kind == LEAF_STORE) {
		s->words = arena_printf(t->a, "the log of %s begins", arena_string(t->a, l->origin));
		return MS_OK;
	}
	s->url = arena_printf(t->a, "/publishers/%s", publisher);
	s->words = publisher;
	if (l->kind == LEAF_KEY) {
		key_public_from_point(&k, l->key.at);
		s->words = arena_printf(t->a, "%s: key %s", publisher, key_kid_text(k.kid, t->a));
	} else if (l->kind == LEAF_REVOKE) {
		s->words = arena_printf(t->a, "%s: key %s, %.*s", publisher, key_kid_text(l->kid.at, t->a), (int)l->reason.size, (const char *)l->reason.at);
	} else if (l->kind == LEAF_KEY_STATE) {
		s->words = arena_printf(t->a, "%s: key %s, %s", publisher, key_kid_text(l->kid.at, t->a), l->state == LEAF_QUARANTINED ? "quarantined" : "quarantined no more");
	} else if (l->kind == LEAF_PROOF) {
		s->words = arena_printf(t->a, "%s: proven by %.*s", publisher, (int)l->proof.size, (const char *)l->proof.at);
	} else if (l->kind == LEAF_APPROVAL) {
		s->words = arena_printf(t->a, "%s: what is staged is approved by %s", publisher, l->change == LEAF_ADDED ? "another person" : "who staged it, too");
	}
	return MS_OK;
}

static int entry_json(const struct twin *t, uint64_t index, json_t **out, struct err *e)
{
	struct said s = { 0 };
	struct bytes entry;
	struct leaf l;

	int rc = t->from.entry(t->from.context, index, t->a, &entry, e);
	if (rc >= 0)
		rc = leaf_read(entry, t->a, &l, e);
	if (rc >= 0)
		rc = say(t, &l, &s, e);
	if (rc < 0)
		return rc;
	*out = json_pack("{s:I, s:o, s:s, s:o, s:o}", "index", (json_int_t)index, "time", twin_time(l.time, t->a), "kind", leaf_kind_name(l.kind), "words", out_string(s.words),
			 "url", s.url ? twin_place(t, s.url) : json_null());
	return MS_OK;
}

/* A signed note, line by line. */
static json_t *lines_of(const char *note)
{
	json_t *all = json_array();
	char line[256];

	for (; *note; note += strcspn(note, "\n"), note += *note == '\n') {
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(note, "\n"), note);
		json_array_append_new(all, out_string(line));
	}
	return all;
}

/* From `from` down. */
static int add_entries(const struct twin *t, uint64_t from, json_t *entries, struct err *e)
{
	int rc = MS_OK;

	for (uint64_t i = 0; rc >= 0 && i <= from && i < TWIN_ENTRIES; i++) {
		json_t *one = NULL;

		rc = entry_json(t, from - i, &one, e);
		if (rc >= 0)
			json_array_append_new(entries, one);
	}
	return rc;
}

int twin_log(const struct twin *t, uint64_t from, json_t **out, struct err *e)
{
	json_t *entries = json_array();
	struct bytes note;
	uint64_t size;

	/* What the database has not yet is there the next time. */
	int rc = t->db->position(t->db, &size, e);
	if (rc >= 0)
		rc = t->from.checkpoint(t->from.context, t->a, &note, e);
	bool older = size && from < size - 1;
	uint64_t first = older ? from : size - 1;
	if (rc >= 0 && size)
		rc = add_entries(t, first, entries, e);
	if (rc < 0) {
		json_decref(entries);
		return rc;
	}
	json_t *twin = twin_frame(t, "Log", "/log", older ? arena_printf(t->a, "?from=%" PRIu64, from) : NULL, "log");
	const char *next = size && first >= TWIN_ENTRIES ? arena_printf(t->a, "/log?from=%" PRIu64, first - TWIN_ENTRIES) : NULL;
	twin_add(twin, json_pack("{s:{s:o, s:s, s:I}, s:b, s:o, s:o}", "log", "checkpoint", lines_of(arena_string(t->a, note)), "key", t->from.key, "size", (json_int_t)size,
				 "has_entries", json_array_size(entries) > 0, "entries", entries, "pager", twin_pager(t, older ? "/log" : NULL, next)));
	*out = twin;
	return 1;
}
