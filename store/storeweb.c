/* SPDX-License-Identifier: Apache-2.0 */
#include "storeweb.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "out.h"
#include "process.h"
#include "release.h"
#include "token.h"

enum { STRANGERS_MAX = 8 };	/* packages to be looked at only, on their way at once: each may be 16 MiB of the disk */

static const struct route rows[] = {
#define ROUTE(method, path, name, who, body, what) { #method, path, ROUTE_##who, body, what },
#include "routes.def"
#undef ROUTE
};

const struct routes storeweb_routes = { rows, sizeof(rows) / sizeof(*rows) };

static call_fn *const handlers[] = {
#define ROUTE(method, path, name, who, body, what) CALL_##method(name),
#define CALL_GET(name) get_##name
#define CALL_POST(name) post_##name
#define CALL_DELETE(name) delete_##name
#include "routes.def"
#undef ROUTE
};

bool storeweb_is_set(const struct call *c, const char *name)
{
	const char *said = call_argument(c, name);

	return said && !strcmp(said, "1");
}

/* To have a package looked at is everybody's. */
static bool needs_token(const struct call *c)
{
	return rows[c->route].who != ROUTE_ANYBODY || (handlers[c->route] == post_publish && !storeweb_is_set(c, "dry-run"));
}

/* A token that is shown must be good, also where none is needed. */
static void check_token(struct call *c)
{
	const char *header = call_header(c, MHD_HTTP_HEADER_AUTHORIZATION), *token = token_of_header(TOKEN_OF_STORE, header);
	struct asked *q = asked_of(c);
	struct err e;

	c->user = NULL;
	if (!header && !needs_token(c))
		return;
	int rc = token ? store_of(c)->db->token(store_of(c)->db, token_hash(token, &c->arena), &c->arena, &q->token, &e) : 0;
	if (rc == 1 && token_is(token, q->token.hash) && (uint64_t)time(NULL) < q->token.ends)
		c->user = *q->token.publisher ? q->token.publisher : "administrator";
	else if (rc < 0)
		call_refuse(c, MHD_HTTP_SERVICE_UNAVAILABLE, "trouble", "the store cannot look tokens up now");
	else
		call_refuse(c, MHD_HTTP_UNAUTHORIZED, "not-authorised", header ? "the token is none of this store's, its time is over, or the key by which it was claimed is quarantined" : "a token is needed");
}

static const struct sockaddr *address_of(const struct call *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	return info ? info->client_addr : NULL;
}

static bool is_loopback(const struct sockaddr *from)
{
	if (from && from->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)from)->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	return from && from->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)from)->sin6_addr);
}

bool storeweb_is_from_here(const struct call *c)
{
	if (call_header(c, "X-Forwarded-For") || call_header(c, "Forwarded"))
		return false;	/* a proxy on this computer says for whom it asks */
	return c->local || is_loopback(address_of(c));
}

static uint64_t who_asks(const struct call *c)
{
	const struct sockaddr *from = address_of(c);

	if (c->user)
		return rate_who(asked_of(c)->token.hash, strlen(asked_of(c)->token.hash));
	if (from && from->sa_family == AF_INET)
		return rate_who(&((const struct sockaddr_in *)from)->sin_addr, sizeof(struct in_addr));
	if (from && from->sa_family == AF_INET6)	/* who has one address has a network of them */
		return rate_who(&((const struct sockaddr_in6 *)from)->sin6_addr, 8);
	return 1;
}

static void check(struct call *c)
{
	if (!c->subject)
		c->subject = arena_new(&c->arena, struct asked);
	if (asked_of(c)->order)
		return;
	check_token(c);
	if (!c->status && !c->whole && handlers[c->route] == post_publish && !c->user && store_of(c)->strangers >= STRANGERS_MAX)
		call_refuse(c, MHD_HTTP_SERVICE_UNAVAILABLE, "busy", "many packages are looked at now: ask again");
	bool changes = strcmp(rows[c->route].method, "GET") || c->status == MHD_HTTP_UNAUTHORIZED;
	if (changes && !c->whole && !rate_take(&store_of(c)->rate, who_asks(c), process_now_nsec()))
		call_refuse(c, MHD_HTTP_TOO_MANY_REQUESTS, "too-often", "that was asked too often: wait some seconds");
}

static const char *upload(struct call *c)
{
	struct storeweb *s = store_of(c);

	if (handlers[c->route] != post_publish)
		return NULL;
	asked_of(c)->stranger = !c->user;
	s->strangers += asked_of(c)->stranger;
	return arena_printf(&c->arena, "%s/incoming/%" PRIuFAST64, s->store->folder, atomic_fetch_add(&s->uploads, 1));
}

static void forget(struct call *c)
{
	store_of(c)->strangers -= c->subject && asked_of(c)->stranger;
	if (c->subject && asked_of(c)->order)
		order_end(asked_of(c)->order);
}

struct order *storeweb_order(struct call *c, enum order_kind kind)
{
	struct arena own = { 0 };
	struct order *o = arena_new(&own, struct order);
	const struct db_token *t = &asked_of(c)->token;

	*o = (struct order){ .kind = kind, .arena = own, .context = c };
	if (c->user) {
		o->publisher = arena_printf(&o->arena, "%s", t->publisher);
		o->scopes = t->scopes;
		o->account = arena_printf(&o->arena, "%s", t->account);
		o->by = arena_printf(&o->arena, "%s", t->hash);
	}
	return o;
}

/* In the writer's thread.  libmicrohttpd wakes nobody who waits in a loop of his own: without the last line the answer would lie until something else comes. */
static void resume(struct order *o)
{
	struct call *c = o->context;
	int wake = store_of(c)->wake_fd;

	MHD_resume_connection(c->connection);	/* from here on the request may be gone */
	eventfd_write(wake, 1);
}

enum MHD_Result storeweb_hand_over(struct call *c, struct order *o)
{
	if (store_of(c)->ending) {
		order_end(o);
		return call_problem(c, MHD_HTTP_SERVICE_UNAVAILABLE, "ending", "the store is being ended: nothing of it was done");
	}
	asked_of(c)->order = o;
	o->done = resume;
	MHD_suspend_connection(c->connection);
	scribe_add(store_of(c)->scribe, o);
	return MHD_YES;
}

enum MHD_Result storeweb_result(struct call *c)
{
	struct order *o = asked_of(c)->order;
	json_t *body = o->body;

	if (o->status >= 500) {
		out_warn("%s", o->why.text);	/* what it says of this computer is not for who asked */
		return call_problem(c, o->status, o->title, o->status == 507 ? "the store's disk is full: nothing was kept" : "the store has trouble with its files: it is not sure that anything was kept; ask again");
	}
	if (o->title)
		return call_failed(c, o->status, o->title, &o->why);
	o->body = NULL;
	return call_json(c, o->status, body);
}

enum MHD_Result storeweb_trouble(struct call *c, const struct err *e)
{
	out_warn("%s", e->text);
	return call_problem(c, MHD_HTTP_SERVICE_UNAVAILABLE, "trouble", "the store has trouble with its files; who runs it is told");
}

bool storeweb_may_see(const struct call *c, const struct db_version *v)
{
	const struct db_token *t = &asked_of(c)->token;

	return order_sees(c->user ? t->publisher : NULL, t->scopes, v);
}

int storeweb_version(struct call *c, struct db_version *v, enum MHD_Result *rc)
{
	struct db *d = store_of(c)->db;
	struct err e;
	int there = d->version(d, c->parts.at[0], c->parts.at[1], c->parts.at[2], &c->arena, v, &e);

	if (there == 1 && storeweb_may_see(c, v))
		return 1;
	*rc = there < 0 ? storeweb_trouble(c, &e) : call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-version", "there is no such version");
	return 0;
}

static const struct call_fix fixes[] = {
#define PROBLEM(title, fix) { title, fix },
#include "problems.def"
#undef PROBLEM
	{ NULL, NULL },
};

void storeweb_init(struct web *w, struct storeweb *s)
{
	*w = (struct web){
		.realm = "store", .routes = storeweb_routes, .handlers = handlers, .connections_max = 1000, .per_address_max = 256,
		.check = check, .upload = upload, .forget = forget, .show_problem = storeweb_show_problem, .fixes = fixes, .context = s,
	};
}
