/* SPDX-License-Identifier: Apache-2.0 */
/* What there is: versions, services, name spaces. */
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "out.h"
#include "storeweb.h"
#include "target.h"

json_t *storeweb_targets(uint32_t mask)
{
	json_t *all = json_array();

	for (uint8_t t = 0; t < 32; t++)
		if (mask >> t & 1 && target_name(t))
			json_array_append_new(all, json_string(target_name(t)));
	return all;
}

json_t *storeweb_categories(uint32_t mask)
{
	json_t *all = json_array();

	for (unsigned i = 0; i < 32; i++)
		if (mask >> i & 1 && category_name(i))
			json_array_append_new(all, json_string(category_name(i)));
	return all;
}

static json_t *said(const char *text)
{
	return *text ? json_string(text) : json_null();
}

/* As in the index: of what nobody is given any more it is not said what it said of itself. */
static void add_facts(json_t *o, const struct db_version *v)
{
	bool stopped = v->state == LEAF_QUARANTINED || v->state == LEAF_REMOVED;

	json_object_set_new(o, "targets", storeweb_targets(stopped ? 0 : v->facts.targets));
	json_object_set_new(o, "categories", storeweb_categories(stopped ? 0 : v->facts.categories));
	json_object_set_new(o, "license", said(stopped ? "" : v->facts.license));
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
	json_object_set_new(o, "source", said(v->source));
	json_object_set_new(o, "source_size", *v->source ? json_integer((json_int_t)v->source_size) : json_null());
	json_object_set_new(o, "source_entry", *v->source ? json_integer((json_int_t)v->source_index) : json_null());
	json_object_set_new(o, "source_kid", said(v->source_kid));
	add_facts(o, v);
	return o;
}

enum MHD_Result storeweb_send_object(struct call *c, json_t *o)
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

	return storeweb_version(c, &v, &rc) ? storeweb_send_object(c, storeweb_version_json(&v)) : rc;
}

enum MHD_Result get_proof(struct call *c)
{
	const char *of = call_argument(c, "of");
	bool of_source = of && !strcmp(of, "source");
	struct bytes proof;
	struct db_version v;
	enum MHD_Result rc;
	struct err e;

	if (!storeweb_version(c, &v, &rc))
		return rc;
	if (of && !of_source && strcmp(of, "package"))
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "'of' is 'package' or 'source'");
	if (of_source && !*v.source)
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-source", "the source of that version is not here");
	if (log_proof(store_of(c)->store->log, of_source ? v.source_index : v.index, &c->arena, &proof, &e) < 0)
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
		return storeweb_send_object(c, json_pack("{s:s, s:s, s:o}", "publisher", c->parts.at[0], "name", c->parts.at[1], "versions", all));
	json_decref(all);
	return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-service", "there is no such service");
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
	return storeweb_page(c, &q) ? storeweb_found(c, &q, NULL) : call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "'limit' is 1 to 100, 'cursor' what the page before said");
}
