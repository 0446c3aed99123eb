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

json_t *twin_about(const struct twin *t, const char *const limits[])
{
	static const char *const who[] = { "anybody", "a token" };
	json_t *twin = twin_frame(t, "About and API", "/about", NULL, "about"), *routes = json_array(), *all = json_array();

	for (size_t i = 0; i < t->routes->count; i++) {
		const struct route *r = &t->routes->at[i];

		json_array_append_new(routes, json_pack("{s:s, s:s, s:s, s:s}", "method", r->method, "path", r->path, "who", who[r->who], "words", plain(r->what, t->a)));
	}
	for (; *limits; limits += 2)
		json_array_append_new(all, json_pack("{s:s, s:s}", "what", limits[0], "value", limits[1]));
	twin_add(twin, json_pack("{s:o, s:o}", "routes", routes, "limits", all));
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
