/* SPDX-License-Identifier: Apache-2.0 */
#include "site.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bytemap.h"
#include "out.h"
#include "pages.h"
#include "release.h"
#include "site_parts.h"
#include "storeindex.h"
#include "tlog_files.h"

#define HERE "MIRROR"		/* what commands on the pages call the address, which nobody knows here */

/* A page while it is made. */
struct page { struct site *site; const char *file; };

/* It is made, too, unless it was. */
static void want(struct site *s, const char *path, const char *file)
{
	size_t size = strcspn(file, "#");
	struct bytes name = arena_copy(&s->arena, (struct bytes){ (const uint8_t *)file, size });
	void **seen = bytemap_at(&s->seen, name, &s->arena);
	struct site_want *w;

	if (*seen)
		return;
	w = arena_new(&s->arena, struct site_want);
	*w = (struct site_want){ arena_printf(&s->arena, "%s", path), arena_string(&s->arena, name) };
	*seen = w;
	list_push(&s->wanted, &s->arena, w);
}

/* Files of the mirror that are no pages are there already. */
static bool is_made(const char *path)
{
	return strcmp(path, "/") && strncmp(path, "/log/", 5) && strncmp(path, "/index/", 7) && strncmp(path, "/blobs/", 7);
}

static const char *place(const struct twin *t, const char *path)
{
	const struct page *p = t->context;
	const char *file = site_file(path, t->a);
	struct text up = { 0 };

	if (!file)
		return NULL;
	if (is_made(path))
		want(p->site, path, file);
	text_add(&up, t->a, "%s", "");
	for (const char *c = p->file; *c; c++)
		if (*c == '/')
			text_add(&up, t->a, "../");
	return arena_printf(t->a, "%s%s", up.at, file);
}

static const char *with_end(const char *file, const char *end, struct arena *a)
{
	return arena_printf(a, "%.*s%s", (int)(strlen(file) - strlen(".html")), file, end);
}

static int put(struct site *s, const char *file, const char *text, size_t size, struct err *e)
{
	return s->take(s->context, file, (struct bytes){ (const uint8_t *)text, size }, e);
}

/* The page and its twin; takes that. */
static int put_page(struct site *s, const char *file, const char *template, json_t *twin, struct arena *a, struct err *e)
{
	char *json = json_dumps(twin, JSON_COMPACT | JSON_ENSURE_ASCII);
	struct text html = { 0 };

	int rc = pages_render(template, twin, a, &html, e);
	if (rc >= 0)
		rc = put(s, file, html.at, html.size, e);
	if (rc >= 0 && !strcmp(file, "services.html"))
		rc = put(s, "index.html", html.at, html.size, e);
	if (rc >= 0)
		rc = put(s, with_end(file, ".json", a), json, strlen(json), e);
	free(json);
	json_decref(twin);
	return rc;
}

static int put_piece(struct site *s, const char *file, struct err *e)
{
	struct bytes content;
	const char *type;

	return pages_file(file, &content, &type) ? s->take(s->context, file, content, e) : err_set(e, ERR_BUG, "there is no '%s'", file);
}

static int put_sbom(struct site *s, const struct twin *t, const struct site_want *w, const struct route_parts *parts, struct err *e)
{
	struct db_version v;
	struct bytes sbom;

	int rc = s->db->version(s->db, parts->at[0], parts->at[1], parts->at[2], t->a, &v, e);
	if (rc == 1)
		rc = twin_sbom(t, v.package, &sbom, e);
	if (rc == 1)
		return s->take(s->context, w->file, sbom, e);
	return rc < 0 ? rc : err_set(e, ERR_BUG, "a page leads to '%s', which is not there", w->path);
}

/* The twin of an address: 1, 0 or negative, as in twin.h. */
static int make(const struct twin *t, const struct site_want *w, enum site_kind kind, const struct route_parts *parts, json_t **twin, struct err *e)
{
	uint64_t from = site_number(w->path, "from", INT64_MAX), cursor = site_number(w->path, "cursor", 0);
	const char *category = strstr(w->path, "category=");
	const struct twin_search search = { .category = category ? arena_printf(t->a, "%.*s", (int)strcspn(category + 9, "&"), category + 9) : "", .after = cursor };
	static const char *const none[] = { NULL };

	switch (kind) {
	case SITE_MARKET: return twin_market(t, &search, twin, e);
	case SITE_SERVICE: return twin_service(t, parts->at[0], parts->at[1], NULL, from, twin, e);
	case SITE_VERSION: return twin_service(t, parts->at[0], parts->at[1], parts->at[2], from, twin, e);
	case SITE_PUBLISHER: return twin_publisher(t, parts->at[0], cursor, twin, e);
	case SITE_LOG: return twin_log(t, from == INT64_MAX ? from : from / TWIN_ENTRIES * TWIN_ENTRIES + TWIN_ENTRIES - 1, twin, e);
	default: *twin = twin_about(t, none); return 1;
	}
}

static int make_page(struct site *s, const struct site_want *w, struct err *e)
{
	static const char *const templates[] = { [SITE_MARKET] = "services", [SITE_SERVICE] = "service", [SITE_VERSION] = "service", [SITE_PUBLISHER] = "publisher", [SITE_LOG] = "log", [SITE_ABOUT] = "about" };
	const char *end = strrchr(w->file, '/');
	struct page p = { s, w->file };
	struct route_parts parts;
	struct arena a = { 0 };
	json_t *page = NULL;
	enum site_kind kind = site_kind(w->path, &a, &parts);
	struct twin t = { .from = site_from(s, &a), .db = s->db, .routes = &site_routes, .url = HERE, .place = place, .context = &p, .a = &a };

	t.json = kind <= SITE_ABOUT ? with_end(end ? end + 1 : w->file, ".json", &a) : NULL;
	int rc = kind == SITE_PIECE ? put_piece(s, w->file, e) : kind == SITE_SBOM ? put_sbom(s, &t, w, &parts, e) : make(&t, w, kind, &parts, &page, e);
	if (rc == 1 && page)
		rc = put_page(s, w->file, templates[kind], page, &a, e);
	else if (!rc && kind <= SITE_ABOUT)
		rc = err_set(e, ERR_BUG, "a page leads to '%s', which is not there", w->path);
	arena_done(&a);
	return rc < 0 ? rc : MS_OK;
}

static int put_mark(struct site *s, struct err *e)
{
	const struct checkpoint *c = s->source->checkpoint;
	const char *text = arena_printf(&s->arena, "{\"version\":\"%s\",\"entries\":%" PRIu64 ",\"root\":\"%s\"}\n", STORE_VERSION, c->size, release_hex(c->root.at, TLOG_HASH_SIZE, &s->arena));

	return put(s, SITE_MARK, text, strlen(text), e);
}

int site_make(const struct site_source *source, site_take *take, void *context, struct err *e)
{
	struct site s = { .source = source, .take = take, .context = context };

	int rc = site_open(&s, e);
	want(&s, "/services", "services.html");
	for (size_t i = 0; rc >= 0 && i < s.wanted.count; i++)
		rc = make_page(&s, s.wanted.at[i], e);
	if (rc >= 0)
		rc = put_mark(&s, e);
	site_close(&s);
	return rc < 0 ? rc : MS_OK;
}
