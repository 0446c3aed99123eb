/* SPDX-License-Identifier: Apache-2.0 */
/* The store as a server: the functions of routes.def, who asks, and how they answer. */
#ifndef STOREWEB_H
#define STOREWEB_H

#include "call.h"
#include "nonces.h"
#include "rate.h"
#include "reached.h"
#include "scribe.h"
#include "storeboards.h"

enum storeweb_who { ROUTE_ANYBODY, ROUTE_TOKEN };

extern const struct routes storeweb_routes;

struct storeweb {
	struct store *store;
	struct db *db;			/* of this thread, which reads */
	struct scribe *scribe;
	struct nonces nonces;
	struct rate rate;
	struct storeboards boards;
	struct reached reached;
	bool closed, proven_only;	/* name spaces are given by administrators; to who proves the domain */
	struct authorities *authorities;	/* whose certificates prove it, or NULL */
	uint64_t begun_nsec;
	atomic_uint_fast64_t uploads;
	uint32_t strangers;		/* bodies of packages that are on their way from nobody that is known */
	bool ending;			/* nothing is begun any more */
	int wake_fd;			/* an eventfd: there are answers of the writer's */
};

/* Make w lead to the store. */
void storeweb_init(struct web *w, struct storeweb *s);

/* What belongs to one request. */
struct asked {
	struct db_token token;		/* when c->user is set */
	struct order *order;		/* that was handed to the writer, or NULL */
	bool stranger;			/* counted in strangers */
};

static inline struct storeweb *store_of(const struct call *c)
{
	return c->web->context;
}

static inline struct asked *asked_of(const struct call *c)
{
	return c->subject;
}

/*
 * A new order of who asks; and the whole way of one: handed over the first time, its answer when the handler is called again.
 * So a handler begins with: if (asked_of(c)->order) return storeweb_result(c).
 */
struct order *storeweb_order(struct call *c, enum order_kind kind);
enum MHD_Result storeweb_hand_over(struct call *c, struct order *o);
enum MHD_Result storeweb_result(struct call *c);

/* Is ?name=1 said? */
bool storeweb_is_set(const struct call *c, const char *name);

/* Does somebody on this computer ask, and not through a proxy that says for whom? */
bool storeweb_is_from_here(const struct call *c);

/* May it be seen by who asks?  What is staged is there for those who may stage. */
bool storeweb_may_see(const struct call *c, const struct db_version *v);

/* The version that the path names: 1, or an answer was given, *rc. */
int storeweb_version(struct call *c, struct db_version *v, enum MHD_Result *rc);

/* Trouble with the database. */
enum MHD_Result storeweb_trouble(struct call *c, const struct err *e);

/* May an answer be kept by who gets it, and by what is on the way?  Asked each time, for ever, or not at all. */
enum storeweb_keep { KEEP_ASKING, KEEP_FOR_EVER, KEEP_NOT };

/* Bytes of a descriptor, which it takes, whole or the range that is asked for; `tag` is the entity's. */
enum MHD_Result storeweb_send_file(struct call *c, int fd, uint64_t size, const char *type, const char *tag, enum storeweb_keep keep);

/* Bytes, with a tag made from them. */
enum MHD_Result storeweb_send_bytes(struct call *c, struct bytes content, const char *type);

/* The same of a page, of its twin or of what it refers to: with what a browser must be told; and that alone. */
enum MHD_Result storeweb_send_page(struct call *c, struct bytes content, const char *type);
void storeweb_guard(struct MHD_Response *r);

/* A problem as a page for who prefers one (call.h). */
struct MHD_Response *storeweb_show_problem(struct call *c, const json_t *problem);

/* The bytes of a package or source package, if the version's state allows it. */
enum MHD_Result storeweb_send_blob(struct call *c, const char *digest, const char *type);

json_t *storeweb_version_json(const struct db_version *v);
json_t *storeweb_targets(uint32_t mask);
json_t *storeweb_categories(uint32_t mask);

/* An object, which it takes, with a tag: most that ask have it already. */
enum MHD_Result storeweb_send_object(struct call *c, json_t *o);

/* Take ?limit and ?cursor; false if they are none. */
bool storeweb_page(const struct call *c, struct db_query *q);

/* A page of what is found, of what fits into the frame (fit.h) if there is one; with ?facets=1 also how many there are of each kind. */
struct device;
enum MHD_Result storeweb_found(struct call *c, const struct db_query *q, const struct device *frame);

#define ROUTE(method, path, name, who, body, what) CALL_##method(name)
#define CALL_GET(name) call_fn get_##name;
#define CALL_POST(name) call_fn post_##name;
#define CALL_DELETE(name) call_fn delete_##name;
#include "routes.def"
#undef ROUTE
#undef CALL_GET
#undef CALL_POST
#undef CALL_DELETE

#endif
