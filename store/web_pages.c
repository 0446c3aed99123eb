/* SPDX-License-Identifier: Apache-2.0 */
/* The pages: each is made from its twin (twin.h), and programs get the twin itself. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "accept.h"
#include "category.h"
#include "out.h"
#include "pages.h"
#include "storeindex.h"
#include "storeweb.h"
#include "target.h"
#include "twin.h"

#define HTML "text/html"
#define JSON "application/json"

enum { WORDS_MAX = 200, HOST_MAX = 255 };

/* By which the store was asked, as far as that is a name: it is shown in commands. */
static const char *url_of(struct call *c)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:[]";
	const char *host = call_header(c, MHD_HTTP_HEADER_HOST), *proxy = call_header(c, "X-Forwarded-Proto");
	const union MHD_ConnectionInfo *tls = MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);

	if (!host || !*host || strlen(host) > HOST_MAX || host[strspn(host, allowed)])
		host = "localhost";
	return arena_printf(&c->arena, "%s://%s", (tls && tls->tls_session) || (proxy && !strcmp(proxy, "https")) ? "https" : "http", host);
}

static struct twin twin_of(struct call *c)
{
	struct storeweb *s = store_of(c);

	return (struct twin){ .from = twin_from_store(s->store, &c->arena), .db = s->db, .routes = &storeweb_routes, .boards = &s->boards, .url = url_of(c), .a = &c->arena };
}

static const char *path_of(const struct call *c)
{
	return c->web->routes.at[c->route].path;
}

/* ".json" behind the last part is the twin's address: taken off, and true. */
static bool take_suffix(char *part)
{
	size_t size = strlen(part);
	bool has = size > 5 && !strcmp(part + size - 5, ".json");

	if (has)
		part[size - 5] = '\0';
	return has;
}

/* The page of that name, or the twin; takes that. */
static enum MHD_Result send_twin(struct call *c, const char *name, json_t *twin, bool as_json)
{
	struct text page = { 0 };
	struct err e;

	if (as_json || accept_prefers(call_header(c, MHD_HTTP_HEADER_ACCEPT), JSON, HTML)) {
		char *text = json_dumps(twin, JSON_COMPACT | JSON_ENSURE_ASCII);
		enum MHD_Result rc = text ? storeweb_send_page(c, (struct bytes){ (const uint8_t *)text, strlen(text) }, JSON) : MHD_NO;

		free(text);
		json_decref(twin);
		return rc;
	}
	int rc = pages_render(name, twin, &c->arena, &page, &e);
	json_decref(twin);
	return rc < 0 ? storeweb_trouble(c, &e) : storeweb_send_page(c, (struct bytes){ (const uint8_t *)page.at, page.size }, HTML "; charset=utf-8");
}

/* What cannot be shown, and what to do. */
static enum MHD_Result refuse(struct call *c, unsigned status, const char *title, const char *detail, const char *fix)
{
	struct err e;

	err_set(&e, ERR_OPERANDS, "%s", detail);
	err_fix(&e, "%s", fix);
	return call_failed(c, status, title, &e);
}

/* The same when the twin was looked for: `found` 1, 0 or negative. */
static enum MHD_Result send_found(struct call *c, int found, const char *name, json_t *twin, bool as_json, const char *missing, const struct err *e)
{
	if (found < 0)
		return storeweb_trouble(c, e);
	return found ? send_twin(c, name, twin, as_json) : refuse(c, MHD_HTTP_NOT_FOUND, missing, "there is nothing of that name, or nothing that everybody may see", "look for it by a word of its name: /services?q=WORD");
}

/* A number in the address, or `otherwise` where there is none; false for what is none. */
static bool take_number(const struct call *c, const char *name, uint64_t otherwise, uint64_t *out)
{
	const char *said = call_argument(c, name);

	*out = otherwise;
	return !said || route_number(said, out);
}

static enum MHD_Result not_a_number(struct call *c, const char *name)
{
	return refuse(c, MHD_HTTP_BAD_REQUEST, "not-understood", arena_printf(&c->arena, "'%s' is what the page before said, a number", name), arena_printf(&c->arena, "leave '%s' out, and go on by the links of the page", name));
}

static bool is_target(const char *name)
{
	return !*name || target_number((struct bytes){ (const uint8_t *)name, strlen(name) });
}

static bool is_long(const char *said)
{
	return said && strlen(said) > WORDS_MAX;
}

static const char *wish(const struct call *c, const char *name)
{
	const char *said = call_argument(c, name);

	return said ? said : "";
}

/* Of a wish that there is none of: those that there are. */
static const char *targets_there(struct arena *a)
{
	struct text t = { 0 };

	for (unsigned i = 0; i < 32; i++)
		if (target_name((uint8_t)i))
			text_add(&t, a, "%s%s", t.size ? ", " : "take one of these: ", target_name((uint8_t)i));
	return t.at;
}

static const char *categories_there(struct arena *a)
{
	struct text t = { 0 };

	for (unsigned i = 0; i < 32; i++)
		if (category_name(i))
			text_add(&t, a, "%s%s", t.size ? ", " : "take one of these: ", category_name(i));
	return t.at;
}

static const char *boards_there(const struct storeboards *b, struct arena *a)
{
	struct text t = { 0 };

	text_add(&t, a, "%s", b->count ? "" : "it came without an SDK, so it knows none");
	for (size_t i = 0; i < b->count; i++)
		text_add(&t, a, "%s%s", i ? ", " : "take one of these: ", b->at[i]->name);
	return t.at;
}

enum MHD_Result get_page_market(struct call *c)
{
	struct twin_search s = { .words = wish(c, "q"), .target = wish(c, "target"), .license = wish(c, "license"), .publisher = wish(c, "publisher"), .category = wish(c, "category"), .fits = wish(c, "fits") };
	struct twin t = twin_of(c);
	json_t *twin = NULL;
	struct err e;

	if (!take_number(c, "cursor", 0, &s.after))
		return not_a_number(c, "cursor");
	if (is_long(s.words) || is_long(s.license) || is_long(s.publisher))
		return refuse(c, MHD_HTTP_BAD_REQUEST, "not-understood", "that is longer than anything that is here", "search for fewer words");
	if (!is_target(s.target))
		return refuse(c, MHD_HTTP_BAD_REQUEST, "no-such-target", "there is no such target", targets_there(&c->arena));
	if (*s.category && !category_bit(s.category))
		return refuse(c, MHD_HTTP_BAD_REQUEST, "no-such-category", "there is no such category", categories_there(&c->arena));
	if (*s.fits && !storeboards_find(&store_of(c)->boards, s.fits))
		return refuse(c, MHD_HTTP_BAD_REQUEST, "no-such-board", "this store knows no board of that name", boards_there(&store_of(c)->boards, &c->arena));
	int found = twin_market(&t, &s, &twin, &e);
	return send_found(c, found, "services", twin, !strcmp(path_of(c), "/services.json"), "", &e);
}

/* A page of a list that begins somewhere: `argument` of the address says where, or nothing does. */
struct listed { const char *page, *missing, *argument; uint64_t otherwise; };
typedef int make_fn(const struct twin *t, const struct call *c, uint64_t from, json_t **twin, struct err *e);

static enum MHD_Result send_listed(struct call *c, const struct listed *l, make_fn *make, bool as_json)
{
	struct twin t = twin_of(c);
	json_t *twin = NULL;
	uint64_t from;
	struct err e;

	if (!take_number(c, l->argument, l->otherwise, &from))
		return not_a_number(c, l->argument);
	int found = make(&t, c, from, &twin, &e);
	return send_found(c, found, l->page, twin, as_json, l->missing, &e);
}

static int make_service(const struct twin *t, const struct call *c, uint64_t from, json_t **twin, struct err *e)
{
	const char *version = c->parts.at[2];

	return twin_service(t, c->parts.at[0], c->parts.at[1], *version ? version : NULL, from, twin, e);
}

enum MHD_Result get_page_service(struct call *c)
{
	bool whole = *c->parts.at[2];

	return send_listed(c, &(struct listed){ "service", whole ? "no-such-version" : "no-such-service", "from", INT64_MAX }, make_service, take_suffix(c->parts.at[whole ? 2 : 1]));
}

static int make_publisher(const struct twin *t, const struct call *c, uint64_t from, json_t **twin, struct err *e)
{
	return twin_publisher(t, c->parts.at[0], from, twin, e);
}

enum MHD_Result get_page_publisher(struct call *c)
{
	return send_listed(c, &(struct listed){ "publisher", "no-such-publisher", "cursor", 0 }, make_publisher, take_suffix(c->parts.at[0]));
}

static int make_log(const struct twin *t, const struct call *c, uint64_t from, json_t **twin, struct err *e)
{
	(void)c;
	return twin_log(t, from, twin, e);
}

enum MHD_Result get_page_log(struct call *c)
{
	return send_listed(c, &(struct listed){ "log", "", "from", INT64_MAX }, make_log, !strcmp(path_of(c), "/log.json"));
}

enum MHD_Result get_page_about(struct call *c)
{
	const struct storeweb *s = store_of(c);
	const char *const limits[] = {
		"A package", "16 MiB", "A product that is searched for", "256 KiB", "Any other body", "4 KiB", "Changes, of each token or address", arena_printf(&c->arena, "%u a second on average, some more at once", s->rate.per_sec),
		"Connections of one address", arena_printf(&c->arena, "%u", c->web->per_address_max), "New name spaces", s->closed ? "given by an administrator" : "claimed by a key", NULL,
	};
	struct twin t = twin_of(c);

	return send_twin(c, "about", twin_about(&t, limits), !strcmp(path_of(c), "/about.json"));
}

static enum MHD_Result send_piece(struct call *c, const char *name)
{
	struct bytes content;
	const char *type;

	return pages_file(name, &content, &type) ? storeweb_send_page(c, content, type) : MHD_NO;
}

enum MHD_Result get_page_style(struct call *c)
{
	return send_piece(c, "style.css");
}

enum MHD_Result get_page_icon(struct call *c)
{
	return send_piece(c, "icon.svg");
}

enum MHD_Result get_sbom(struct call *c)
{
	struct twin t = twin_of(c);
	struct db_version v;
	enum MHD_Result rc;
	struct bytes sbom;
	struct err e;

	if (!storeweb_version(c, &v, &rc))
		return rc;
	if (storeindex_shows(v.state) && !storeindex_offers(v.state))
		return call_problem(c, v.state == LEAF_REMOVED ? MHD_HTTP_GONE : MHD_HTTP_FORBIDDEN, leaf_state_name(v.state), "its package is not given, and nothing of it");
	int found = twin_sbom(&t, v.package, &sbom, &e);
	if (!found)
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-path", "the package has no bill of materials");
	return found < 0 ? storeweb_trouble(c, &e) : storeweb_send_bytes(c, sbom, "application/vnd.cyclonedx+json; version=1.6");
}

struct MHD_Response *storeweb_show_problem(struct call *c, const json_t *problem)
{
	struct text page = { 0 };
	struct err e;

	if (!accept_prefers(call_header(c, MHD_HTTP_HEADER_ACCEPT), HTML, JSON))
		return NULL;
	struct twin t = twin_of(c);
	json_t *twin = twin_problem(&t, problem);
	int rc = pages_render("problem", twin, &c->arena, &page, &e);
	json_decref(twin);
	if (rc < 0) {
		out_warn("%s", e.text);
		return NULL;
	}
	struct MHD_Response *r = MHD_create_response_from_buffer(page.size, page.at, MHD_RESPMEM_MUST_COPY);
	if (!r)
		return NULL;
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, HTML "; charset=utf-8");
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	storeweb_guard(r);
	return r;
}
