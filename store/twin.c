/* SPDX-License-Identifier: Apache-2.0 */
#include "twin_parts.h"

#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "sbom_parts.h"
#include "storeindex.h"

void twin_add(json_t *twin, json_t *members)
{
	if (json_object_update_new(twin, members))
		abort();
}

/* What every page leads to. */
static json_t *site_json(const struct twin *t)
{
	json_t *o = json_pack("{s:o, s:o, s:o, s:o}", "home", twin_place(t, "/"), "services", twin_place(t, "/services"), "log", twin_place(t, "/log"), "about", twin_place(t, "/about"));

	twin_add(o, json_pack("{s:o, s:o, s:o}", "style", twin_place(t, "/style.css"), "icon", twin_place(t, "/icon.svg"), "checkpoint", twin_place(t, "/log/checkpoint")));
	return o;
}

json_t *twin_frame(const struct twin *t, const char *title, const char *path, const char *query, const char *tab)
{
	const char *json = t->json ? t->json : path ? arena_printf(t->a, "%s.json%s", path, query ? query : "") : NULL;

	return json_pack("{s:{s:o, s:o, s:s, s:b}, s:o, s:{s:o, s:s?, s:s?, s:b, s:b, s:b}}", "store", "name", out_string(t->from.name), "url", out_string(t->url), "version", STORE_VERSION, "is_mirror", (int)t->from.is_mirror,
			 "site", site_json(t), "page", "title", out_string(title), "path", path, "json", json, "is_services", !strcmp(tab, "services"), "is_log", !strcmp(tab, "log"), "is_about", !strcmp(tab, "about"));
}

/* Not in the middle of a character. */
json_t *twin_words(const char *text, size_t most)
{
	char cut[1024];
	size_t size = text ? strlen(text) : 0;

	if (!size)
		return json_null();
	if (size <= most || most >= sizeof(cut) - 4)
		return out_string(text);
	for (size = most; size && ((unsigned char)text[size] & 0xc0) == 0x80; )
		size--;
	snprintf(cut, sizeof(cut), "%.*s…", (int)size, text);
	return out_string(cut);
}

json_t *twin_time(uint64_t seconds, struct arena *a)
{
	return json_string(sbom_time(seconds, a));
}

json_t *twin_mark(const char *word, bool is_bad)
{
	return json_pack("{s:s, s:b, s:n, s:n, s:n, s:n}", "word", word, "is_bad", (int)is_bad, "reason", "words", "replacement", "replacement_url");
}

const char *twin_address(const struct twin *t, const char *publisher, const char *name, const char *version)
{
	return arena_printf(t->a, "/services/%s/%s%s%s", publisher, name, version ? "/" : "", version ? version : "");
}

json_t *twin_place(const struct twin *t, const char *path)
{
	const char *there = t->place ? t->place(t, path) : path;

	return there ? json_string(there) : json_null();
}

/* What to take instead: another version, or "publisher/name".  Where it leads is a page that is there, or nowhere. */
static json_t *replacement_place(const struct twin *t, const struct db_version *v)
{
	const char *slash = strchr(v->replacement, '/'), *publisher = slash ? arena_printf(t->a, "%.*s", (int)(slash - v->replacement), v->replacement) : v->publisher;
	struct db_version other;
	struct err ignored;

	int rc = slash ? t->db->foremost(t->db, publisher, slash + 1, t->a, &other, &ignored) : t->db->version(t->db, publisher, v->name, v->replacement, t->a, &other, &ignored);
	if (rc != 1 || !storeindex_shows(other.state))
		return json_null();
	return twin_place(t, twin_address(t, other.publisher, other.name, slash ? NULL : other.version));
}

json_t *twin_state(const struct twin *t, const struct db_version *v)
{
	json_t *o = twin_mark(leaf_state_name(v->state), v->state != LEAF_LIVE);

	json_object_set_new(o, "reason", twin_words(v->reason, TWIN_WORDS_MAX));
	json_object_set_new(o, "words", twin_words(v->words, 500));
	json_object_set_new(o, "replacement", twin_words(v->replacement, TWIN_WORDS_MAX));
	if (*v->replacement)
		json_object_set_new(o, "replacement_url", replacement_place(t, v));
	return o;
}

json_t *twin_pager(const struct twin *t, const char *first, const char *next)
{
	return json_pack("{s:b, s:o, s:o}", "any", first || next, "first", first ? twin_place(t, first) : json_null(), "next", next ? twin_place(t, next) : json_null());
}

json_t *twin_more(size_t count)
{
	return count ? json_integer((json_int_t)count) : json_null();
}

json_t *twin_facts(const struct twin *t, const char *said)
{
	json_t *o = *said ? json_loads(arena_printf(t->a, "{%s}", said), 0, NULL) : NULL;

	return o ? o : json_null();
}

/* Markdown of routes.def as plain text. */
static const char *plain(const char *text, struct arena *a)
{
	char *copy = arena_printf(a, "%s", text), *to = copy;

	for (const char *from = copy; *from; from++)
		if (*from != '`')
			*to++ = *from;
	*to = '\0';
	return copy;
}

/* Routes that belong together, by how their paths begin; `example` is behind the store's address.  The first that fits has a route, the last has what is left. */
static const struct family { const char *begin, *title, *options, *example; } families[] = {
	{ "/v1/search", "Searching", "", "/v1/search?q=uart&fits=mps2-an386" },
	{ "/v1/publish", "Publishing", "--data-binary @hello-1.0.0.msp ", "/v1/publish?dry-run=1&publisher=example.org" },
	{ "/v1/services", "Services and their versions", "", "/v1/services/example.org/hello" },
	{ "/v1/", "Name spaces, keys, tokens", "", "/v1/keys/example.org" },
	{ "/v2/", "OCI registry", "", "/v2/example.org/hello/tags/list" },
	{ "/blobs/", "Packages, log and index as files", "", "/log/checkpoint" },
	{ "/log/", NULL, NULL, NULL },
	{ "/index/", NULL, NULL, NULL },
	{ "/livez", "For who runs it", "", "/readyz" },
	{ "/readyz", NULL, NULL, NULL },
	{ "/metrics", NULL, NULL, NULL },
	{ "/", "Pages", "-H 'Accept: application/json' ", "/services?q=uart" },
};
enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

/* The family's row; those without a title belong to the one before. */
static size_t family_of(const char *path)
{
	size_t i = 0;

	while (i + 1 < FAMILIES && strncmp(path, families[i].begin, strlen(families[i].begin)))
		i++;
	while (!families[i].title)
		i--;
	return i;
}

static json_t *routes_of(const struct twin *t, size_t family)
{
	static const char *const who[] = { "anybody", "a token" };
	json_t *routes = json_array();

	for (size_t i = 0; i < t->routes->count; i++) {
		const struct route *r = &t->routes->at[i];

		if (family_of(r->path) == family)
			json_array_append_new(routes, json_pack("{s:s, s:s, s:s, s:b, s:s}", "method", r->method, "path", r->path, "who", who[r->who], "is_token", r->who != 0, "words", plain(r->what, t->a)));
	}
	return routes;
}

json_t *twin_about(const struct twin *t, const char *const limits[])
{
	json_t *twin = twin_frame(t, "About and API", "/about", NULL, "about"), *all = json_array(), *kinds = json_array();

	for (size_t i = 0; i < FAMILIES; i++) {
		const struct family *f = &families[i];
		json_t *routes = f->title ? routes_of(t, i) : NULL;

		if (json_array_size(routes))
			json_array_append_new(kinds, json_pack("{s:s, s:s, s:O}", "title", f->title, "example", arena_printf(t->a, "curl %s'%s%s'", f->options, t->url, f->example), "routes", routes));
		json_decref(routes);
	}
	for (; *limits; limits += 2)
		json_array_append_new(all, json_pack("{s:s, s:s}", "what", limits[0], "value", limits[1]));
	twin_add(twin, json_pack("{s:o, s:o}", "families", kinds, "limits", all));
	return twin;
}

static const char *headline(int status)
{
	static const struct { int status; const char *text; } known[] = {
		{ 400, "That was not understood" }, { 401, "A token is needed" }, { 403, "Not allowed" }, { 404, "There is nothing here" }, { 405, "That cannot be done here" },
		{ 409, "That does not fit what is there" }, { 410, "It was removed" }, { 413, "Too large" }, { 416, "Not so many bytes" }, { 429, "Too often" }, { 503, "The store has trouble" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].status == status)
			return known[i].text;
	return status < 500 ? "That was refused" : "The store has trouble";
}

json_t *twin_problem(const struct twin *t, const json_t *problem)
{
	int status = (int)json_integer_value(json_object_get(problem, "status"));
	json_t *twin = twin_frame(t, headline(status), NULL, NULL, "");

	twin_add(twin, json_pack("{s:{s:i, s:O, s:s, s:O, s:O}}", "problem", "status", status, "code", json_object_get(problem, "title"), "title", headline(status),
				 "detail", json_object_get(problem, "detail"), "hint", json_object_get(problem, "fix")));
	return twin;
}
