/* SPDX-License-Identifier: Apache-2.0 */
/* What there is: versions, services, a search for them. */
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "storeweb.h"
#include "target.h"

static json_t *targets_json(uint32_t mask)
{
	json_t *all = json_array();

	for (uint8_t t = 0; t < 32; t++)
		if (mask >> t & 1 && target_name(t))
			json_array_append_new(all, json_string(target_name(t)));
	return all;
}

static json_t *said(const char *text)
{
	return *text ? json_string(text) : json_null();
}

json_t *storeweb_version_json(const struct db_version *v)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "publisher", v->publisher, "name", v->name, "version", v->version, "state", leaf_state_name(v->state),
			      "package", v->package, "manifest", v->manifest, "kid", v->kid, "size", (json_int_t)v->size, "published", (json_int_t)v->published, "index", (json_int_t)v->index);

	json_object_set_new(o, "changed", json_integer((json_int_t)v->changed));
	json_object_set_new(o, "reason", said(v->reason));
	json_object_set_new(o, "words", said(v->words));
	json_object_set_new(o, "replacement", said(v->replacement));
	json_object_set_new(o, "oci", json_string(v->oci));
	json_object_set_new(o, "targets", targets_json(v->facts.targets));
	json_object_set_new(o, "license", said(v->facts.license));
	return o;
}

/* With a tag: most that ask have it already. */
static enum MHD_Result send_object(struct call *c, json_t *o)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII);
	enum MHD_Result rc = text ? storeweb_send_bytes(c, (struct bytes){ (const uint8_t *)text, strlen(text) }, "application/json") : MHD_NO;

	free(text);
	json_decref(o);
	return rc;
}

enum MHD_Result get_version(struct call *c)
{
	struct db_version v;
	enum MHD_Result rc;

	return storeweb_version(c, &v, &rc) ? send_object(c, storeweb_version_json(&v)) : rc;
}

enum MHD_Result get_proof(struct call *c)
{
	struct bytes proof;
	struct db_version v;
	enum MHD_Result rc;
	struct err e;

	if (!storeweb_version(c, &v, &rc))
		return rc;
	if (log_proof(store_of(c)->store->log, v.index, &c->arena, &proof, &e) < 0)
		return storeweb_trouble(c, &e);
	return storeweb_send_bytes(c, proof, "text/plain; charset=utf-8");
}

enum MHD_Result get_service(struct call *c)
{
	struct db *d = store_of(c)->db;
	struct list versions = { 0 };
	json_t *all;
	struct err e;

	if (d->versions(d, c->parts.at[0], c->parts.at[1], &c->arena, &versions, &e) < 0)
		return storeweb_trouble(c, &e);
	all = json_array();
	for (size_t i = 0; i < versions.count; i++)
		if (storeweb_may_see(c, versions.at[i]))
			json_array_append_new(all, storeweb_version_json(versions.at[i]));
	if (json_array_size(all))
		return send_object(c, json_pack("{s:s, s:s, s:o}", "publisher", c->parts.at[0], "name", c->parts.at[1], "versions", all));
	json_decref(all);
	return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-service", "there is no such service");
}

static json_t *hit_json(const struct db_hit *h)
{
	return json_pack("{s:s, s:s, s:s, s:o, s:o}", "publisher", h->publisher, "name", h->name, "version", h->version, "targets", targets_json(h->facts.targets), "license", said(h->facts.license));
}

/* A page of what is found, and where the next begins if there may be one. */
static enum MHD_Result send_found(struct call *c, const struct db_query *q)
{
	struct db *d = store_of(c)->db;
	struct list hits = { 0 };
	json_t *all;
	struct err e;

	if (d->search(d, q, &c->arena, &hits, &e) < 0)
		return storeweb_trouble(c, &e);
	all = json_array();
	for (size_t i = 0; i < hits.count; i++)
		json_array_append_new(all, hit_json(hits.at[i]));
	const struct db_hit *last = hits.count == q->most ? hits.at[hits.count - 1] : NULL;
	return send_object(c, json_pack("{s:o, s:o}", "services", all, "next", last ? json_sprintf("%llu", (unsigned long long)last->at) : json_null()));
}

static bool take_page(const struct call *c, struct db_query *q)
{
	const char *cursor = call_argument(c, "cursor"), *limit = call_argument(c, "limit");
	uint64_t most = 20;

	if ((cursor && !route_number(cursor, &q->after)) || (limit && !route_number(limit, &most)) || !most || most > DB_FOUND_MAX)
		return false;
	q->most = (uint32_t)most;
	return true;
}

enum MHD_Result get_publisher(struct call *c)
{
	struct db_query q = { .publisher = c->parts.at[0] };
	struct db *d = store_of(c)->db;
	struct err e;
	int rc = d->publisher(d, c->parts.at[0], &e);

	if (rc < 0)
		return storeweb_trouble(c, &e);
	if (!rc)
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-publisher", "nobody has that name space here");
	return take_page(c, &q) ? send_found(c, &q) : call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "'limit' is 1 to 100, 'cursor' what the page before said");
}

enum MHD_Result get_search(struct call *c)
{
	const char *target = call_argument(c, "target");
	struct db_query q = { .words = call_argument(c, "q"), .publisher = call_argument(c, "publisher"), .license = call_argument(c, "license") };

	if (!take_page(c, &q))
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "'limit' is 1 to 100, 'cursor' what the page before said");
	if (target) {
		uint8_t t = target_number((struct bytes){ (const uint8_t *)target, strlen(target) });

		if (t >= 32 || !target_name(t))
			return call_problem(c, MHD_HTTP_BAD_REQUEST, "no-such-target", "there is no such target");
		q.targets = 1u << t;
	}
	return send_found(c, &q);
}
