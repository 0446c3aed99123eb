/* SPDX-License-Identifier: Apache-2.0 */
/* What a mirror's pages are made from: a database for the moment, the log's entries, and packages. */
#include <string.h>

#include "package.h"
#include "release.h"
#include "site_parts.h"
#include "store.h"
#include "storeindex.h"
#include "tlog_files.h"

/* In the order of enum site_kind. */
static const struct route rows[] = {
	{ "GET", "/services", 0, 0, "" }, { "GET", "/services/{publisher}/{name}", 0, 0, "" }, { "GET", "/services/{publisher}/{name}/{version}", 0, 0, "" },
	{ "GET", "/publishers/{publisher}", 0, 0, "" }, { "GET", "/log", 0, 0, "" }, { "GET", "/about", 0, 0, "" }, { "GET", "/v1/services/{publisher}/{name}/{version}/sbom", 0, 0, "" },
};
const struct routes site_routes = { rows, sizeof(rows) / sizeof(*rows) };

enum site_kind site_kind(const char *path, struct arena *a, struct route_parts *parts)
{
	const char *bare = arena_printf(a, "%.*s", (int)strcspn(path, "?"), path);
	size_t at;

	return route_find(&site_routes, "GET", bare, &at, parts) == ROUTE_FOUND ? (enum site_kind)at : SITE_PIECE;
}

uint64_t site_number(const char *path, const char *name, uint64_t otherwise)
{
	const char *query = strchr(path, '?'), *at = query ? strstr(query, name) : NULL;
	uint64_t n;

	return at && at[strlen(name)] == '=' && route_number(at + strlen(name) + 1, &n) ? n : otherwise;
}

static int checkpoint(void *context, struct arena *a, struct bytes *note, struct err *e)
{
	const struct storefiles *f = ((struct site *)context)->source->files;

	return f->read(f->context, "log/checkpoint", NOTE_SIZE_MAX, a, note, e);
}

/* Entries are read one after the other: of their bundles the last one is kept. */
static int entry(void *context, uint64_t index, struct arena *a, struct bytes *out, struct err *e)
{
	struct site *s = context;
	uint64_t number = index / TLOG_WIDTH;
	struct bytes left, one = { 0 };

	if (!s->bundle.size || s->bundle_number != number) {
		arena_done(&s->bundle_arena);
		s->bundle = (struct bytes){ 0 };
		int rc = tlog_files_bundle(s->source->files, number, tlog_tile_width(TLOG_ENTRIES, number, s->source->checkpoint->size), &s->bundle_arena, &s->bundle, e);
		if (rc < 0)
			return rc;
		s->bundle_number = number;
	}
	left = s->bundle;
	for (uint64_t i = 0; i <= index % TLOG_WIDTH; i++)
		if (!tlog_bundle_next(&left, &one))
			return err_set(e, ERR_LOG_DAMAGED, "the log has no entry %llu", (unsigned long long)index);
	*out = arena_copy(a, one);
	return MS_OK;
}

static int package(void *context, const char *sha256, size_t most, struct arena *a, struct bytes *head, uint64_t *size, struct err *e)
{
	const struct storefiles *f = ((struct site *)context)->source->files;

	int rc = f->read(f->context, arena_printf(a, "blobs/sha256/%s", sha256), PACKAGE_SIZE_MAX, a, head, e);
	*size = rc < 0 ? 0 : head->size;
	head->size = rc < 0 || head->size < most ? head->size : most;
	return rc;
}

struct twin_from site_from(struct site *s, struct arena *a)
{
	return (struct twin_from){ .name = s->source->checkpoint->origin, .key = note_key_write(s->source->key, a), .is_mirror = true, .checkpoint = checkpoint, .entry = entry, .package = package, .context = s };
}

/* A package that was taken away has no facts: nothing is said of it. */
static int facts_of(struct site *s, const struct leaf *l, struct arena *a, struct db_facts *facts, struct err *e)
{
	const struct storefiles *f = s->source->files;
	struct bytes content;

	*facts = (struct db_facts){ .license = "", .said = "" };
	int rc = l->kind == LEAF_PUBLISH ? f->read(f->context, storeindex_blob(l->package, a), l->size, a, &content, e) : -MS_ENOENT;
	if (rc == -MS_ENOENT)
		return MS_OK;
	return rc < 0 ? rc : store_facts(content, a, facts, e);
}

static int fold(struct site *s, uint64_t index, struct arena *a, struct err *e)
{
	struct db_facts facts;
	struct bytes bytes;
	struct leaf l;

	int rc = entry(s, index, a, &bytes, e);
	if (rc >= 0)
		rc = leaf_read(bytes, a, &l, e);
	if (rc >= 0)
		rc = facts_of(s, &l, a, &facts, e);
	return rc < 0 ? rc : s->db->apply(s->db, index, &l, "", &facts, e);
}

int site_open(struct site *s, struct err *e)
{
	int rc = db_sqlite_scratch(&s->arena, &s->db, e);

	if (rc >= 0)
		rc = s->db->begin(s->db, e);
	for (uint64_t i = 0; rc >= 0 && i < s->source->checkpoint->size; i++) {
		struct arena a = { 0 };

		rc = fold(s, i, &a, e);
		arena_done(&a);
	}
	return rc < 0 ? rc : s->db->end(s->db, true, e);
}

void site_close(struct site *s)
{
	if (s->db)
		s->db->close(s->db);
	arena_done(&s->bundle_arena);
	arena_done(&s->arena);
}
