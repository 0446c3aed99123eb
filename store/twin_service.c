/* SPDX-License-Identifier: Apache-2.0 */
/* A service: one of its versions in full, and which others there are. */
#include <inttypes.h>
#include <string.h>

#include "manifest.h"
#include "out.h"
#include "storeindex.h"
#include "target.h"
#include "twin_parts.h"

static const char *text_in(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

static long long number_in(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

/* The number of that name, or null where the index says nothing. */
static json_t *said(const json_t *facts, const char *key)
{
	json_t *value = json_object_get(facts, key);

	return value ? json_incref(value) : json_null();
}

/* Rows up to TWIN_ROWS; what is more is counted. */
struct rows { json_t *list; size_t more; struct arena *a; };

static void add_row(struct rows *r, json_t *row)
{
	if (json_array_size(r->list) < TWIN_ROWS) {
		json_array_append_new(r->list, row);
		return;
	}
	json_decref(row);
	r->more++;
}

static void ask(struct rows *r, const char *kind, const char *name, const char *words)
{
	add_row(r, json_pack("{s:s, s:o, s:s}", "kind", kind, "what", twin_words(name, TWIN_WORDS_MAX), "words", words));
}

static void ask_devices(struct rows *r, const json_t *devices)
{
	size_t i;
	json_t *one;

	json_array_foreach(devices, i, one) {
		long long n = number_in(one, "interrupts");

		ask(r, "device", text_in(one, "name"), !n ? "Reads and writes its registers." : arena_printf(r->a, "Reads and writes its registers, and gets %lld interrupt%s of it.", n, n == 1 ? "" : "s"));
	}
}

static void ask_calls(struct rows *r, const json_t *calls)
{
	size_t i;
	json_t *one;

	json_array_foreach(calls, i, one)
		ask(r, "interface", text_in(one, "name"), arena_printf(r->a, "Calls it, in version %lld (SID 0x%08llx).%s", number_in(one, "version"), number_in(one, "sid"),
									json_is_true(json_object_get(one, "weak")) ? " It can do without." : ""));
}

static void ask_shared(struct rows *r, const json_t *shared)
{
	size_t i;
	json_t *one;

	json_array_foreach(shared, i, one) {
		long long size = number_in(one, "size");

		ask(r, "shared memory", text_in(one, "name"), size ? arena_printf(r->a, "A block of its own of %lld bytes, which it can lend.", size) : "Borrows this block from the service that has it.");
	}
}

/* Rights by number: the class says what they are of. */
static void ask_rights(struct rows *r, const json_t *rights)
{
	static const char *const classes[] = {
#define RULE_CLASS(number, name, operations, doc) [number] = doc,
#include "rule_classes.def"
#undef RULE_CLASS
	};
	size_t i;
	json_t *one;

	json_array_foreach(rights, i, one) {
		uint64_t object = (uint64_t)json_integer_value(json_array_get(one, 0)), class = object >> 24;
		const char *what = class < sizeof(classes) / sizeof(classes[0]) && classes[class] ? classes[class] : "?";

		ask(r, arena_printf(r->a, "%.*s", (int)strcspn(what, ":"), what), arena_printf(r->a, "0x%06llx", (unsigned long long)(object & 0xffffff)),
		    arena_printf(r->a, "Operations 0x%llx of it (%s).", (long long)json_integer_value(json_array_get(one, 1)), what));
	}
}

static void add_asks(const struct twin *t, const json_t *facts, json_t *twin)
{
	struct rows r = { json_array(), 0, t->a };

	ask_devices(&r, json_object_get(facts, "devices"));
	ask_calls(&r, json_object_get(facts, "calls"));
	ask_shared(&r, json_object_get(facts, "shared"));
	ask_rights(&r, json_object_get(facts, "requests"));
	twin_add(twin, json_pack("{s:b, s:o, s:o}", "has_asks", json_array_size(r.list) > 0, "more_asks", twin_more(r.more), "asks", r.list));
}

static void add_provides(const json_t *facts, json_t *twin)
{
	json_t *all = json_array(), *one;
	size_t i;

	json_array_foreach(json_object_get(facts, "provides"), i, one)
		json_array_append_new(all, json_pack("{s:o, s:I, s:I}", "name", twin_words(text_in(one, "name"), TWIN_WORDS_MAX), "sid", (json_int_t)number_in(one, "sid"), "version", (json_int_t)number_in(one, "version")));
	twin_add(twin, json_pack("{s:b, s:o}", "has_provides", json_array_size(all) > 0, "provides", all));
}

static const char *cores_of(const char *target)
{
#define MS_TARGET(number, name, text, mpu, doc) if (!strcmp(target, text)) return doc;
#include <ms/abi/targets.def>
#undef MS_TARGET
	return "";
}

static void add_targets(const json_t *facts, json_t *twin)
{
	json_t *all = json_array(), *one;
	size_t i;

	json_array_foreach(json_object_get(facts, "targets"), i, one)
		json_array_append_new(all, json_pack("{s:s, s:s, s:I, s:I, s:s}", "target", text_in(one, "target"), "cores", cores_of(text_in(one, "target")), "flash", (json_int_t)number_in(one, "flash"),
						     "ram", (json_int_t)number_in(one, "ram"), "digest", text_in(one, "image")));
	twin_add(twin, json_pack("{s:o}", "targets", all));
}

static json_t *log_place(const struct twin *t, const struct db_version *v)
{
	return twin_place(t, arena_printf(t->a, "/log?from=%" PRIu64, v->index));
}

static json_t *version_json(const struct twin *t, const struct db_version *v, const struct db_version *here)
{
	return json_pack("{s:o, s:o, s:b, s:o, s:o, s:s, s:I, s:o}", "version", out_string(v->version), "url", twin_place(t, twin_address(t, v->publisher, v->name, v->version)), "is_here", !strcmp(v->version, here->version),
			 "state", twin_state(t, v), "published", twin_time(v->published, t->a), "digest", v->package, "log_index", (json_int_t)v->index, "log_url", log_place(t, v));
}

static int add_versions(const struct twin *t, const struct db_version *here, const char *path, uint64_t from, json_t *twin, struct err *e)
{
	struct list newest = { 0 };
	json_t *all = json_array();
	const char *next = NULL;

	int rc = t->db->newest(t->db, here->publisher, here->name, from, TWIN_VERSIONS + 1, t->a, &newest, e);
	for (size_t i = 0; i < newest.count; i++) {
		const struct db_version *v = newest.at[i];

		if (i < TWIN_VERSIONS)
			json_array_append_new(all, version_json(t, v, here));
		else
			next = arena_printf(t->a, "%s?from=%" PRIu64, path, v->index);
	}
	twin_add(twin, json_pack("{s:o, s:o}", "versions", all, "pager", twin_pager(t, from < INT64_MAX ? path : NULL, next)));
	return rc;
}

/* By whom, and whether that key still counts here. */
static json_t *signer_json(const struct twin *t, const struct db_version *v)
{
	uint8_t kid[8] = { 0 };
	struct db_key k;
	struct err why;

	for (size_t i = 0; i < sizeof(kid) && strlen(v->kid) == 2 * sizeof(kid); i++)
		kid[i] = (uint8_t)strtoul(arena_printf(t->a, "%.2s", v->kid + 2 * i), NULL, 16);
	if (t->db->key(t->db, v->publisher, kid, t->a, &k, &why) == 1)
		return twin_key(t, &k);
	return json_pack("{s:s, s:o, s:n, s:n}", "kid", v->kid, "state", twin_mark("not known", true), "reason", "since");
}

/* Its source package, where it is given: where it is, and how it is taken and rebuilt. */
static json_t *source_json(const struct twin *t, const struct db_version *v, const char *api, const char *full)
{
	if (!*v->source || !storeindex_offers(v->state))
		return json_null();
	return json_pack("{s:s, s:s, s:I, s:s, s:s, s:o, s:I, s:o, s:o}", "file", arena_printf(t->a, "%s-%s-source.msp", v->name, v->version), "digest", v->source, "size", (json_int_t)v->source_size, "kid", v->source_kid,
			 "add", arena_printf(t->a, "ms add %s --source --store %s", full, t->url), "url", twin_place(t, arena_printf(t->a, "/blobs/sha256/%s", v->source)), "log_index", (json_int_t)v->source_index,
			 "log_url", twin_place(t, arena_printf(t->a, "/log?from=%" PRIu64, v->source_index)), "proof_url", twin_place(t, arena_printf(t->a, "%s/proof?of=source", api)));
}

/* Does somebody else approve what its publisher stages now?  Of this very version the log says who did, if anybody. */
static bool is_approved(const struct twin *t, const struct db_version *v)
{
	struct db_publisher p;
	struct err ignored;

	return t->db->claimed(t->db, v->publisher, t->a, &p, &ignored) == 1 && p.approval;
}

static void add_service(const struct twin *t, const struct db_version *v, const json_t *facts, json_t *twin)
{
	const char *api = arena_printf(t->a, "/v1%s", twin_address(t, v->publisher, v->name, v->version)), *full = arena_printf(t->a, "%s/%s@%s", v->publisher, v->name, v->version);
	bool offered = storeindex_offers(v->state);
	json_t *o = json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o}", "publisher", out_string(v->publisher), "publisher_url", twin_place(t, arena_printf(t->a, "/publishers/%s", v->publisher)), "name", out_string(v->name),
			      "version", out_string(v->version), "url", twin_place(t, twin_address(t, v->publisher, v->name, v->version)), "is_offered", (int)offered,
			      "summary", twin_words(text_in(facts, "summary"), TWIN_WORDS_MAX), "license", twin_words(offered ? v->facts.license : "", 300));

	twin_add(o, json_pack("{s:o, s:s, s:I, s:s, s:o, s:o, s:I, s:o, s:o}", "published", twin_time(v->published, t->a), "digest", v->package, "size", (json_int_t)v->size, "manifest", v->manifest,
			      "package_url", twin_place(t, arena_printf(t->a, "/blobs/sha256/%s", v->package)), "signer", signer_json(t, v), "log_index", (json_int_t)v->index, "log_url", log_place(t, v), "proof_url", twin_place(t, arena_printf(t->a, "%s/proof", api))));
	twin_add(o, json_pack("{s:o, s:o, s:o, s:s, s:o}", "stack", said(facts, "stack"), "heap", said(facts, "heap"), "security_counter", said(facts, "counter"),
			      "add", arena_printf(t->a, "ms add %s --store %s", full, t->url), "sbom_url", offered ? twin_place(t, arena_printf(t->a, "%s/sbom", api)) : json_null()));
	twin_add(o, json_pack("{s:o, s:s, s:s, s:o}", "index_url", twin_place(t, arena_printf(t->a, "/%s", storeindex_path(v->publisher, v->name, t->a))), "file", arena_printf(t->a, "%s-%s.msp", v->name, v->version), "abi", text_in(facts, "abi"), "state", twin_state(t, v)));
	json_object_set_new(o, "is_approved", json_boolean(is_approved(t, v)));
	json_object_set_new(o, "is_addable", json_boolean(v->state == LEAF_LIVE || v->state == LEAF_DEPRECATED));
	twin_add(o, json_pack("{s:b, s:o}", "has_categories", offered && v->facts.categories, "categories", twin_categories(t, offered ? v->facts.categories : 0)));
	json_object_set_new(o, "source", source_json(t, v, api, full));
	twin_add(twin, json_pack("{s:o}", "service", o));
}

static int find(const struct twin *t, const char *publisher, const char *name, const char *version, struct db_version *v, struct err *e)
{
	int rc = version ? t->db->version(t->db, publisher, name, version, t->a, v, e) : t->db->foremost(t->db, publisher, name, t->a, v, e);

	return rc == 1 && !storeindex_shows(v->state) ? 0 : rc;
}

int twin_service(const struct twin *t, const char *publisher, const char *name, const char *version, uint64_t from, json_t **out, struct err *e)
{
	struct db_version v;

	int rc = find(t, publisher, name, version, &v, e);
	if (rc != 1)
		return rc;
	const char *path = twin_address(t, publisher, name, version), *begun = from < INT64_MAX ? arena_printf(t->a, "?from=%" PRIu64, from) : NULL;
	const char *kept = "";

	rc = storeindex_offers(v.state) ? t->db->facts(t->db, v.package, t->a, &kept, e) : 0;
	if (rc < 0)
		return rc;
	json_t *facts = twin_facts(t, kept), *twin = twin_frame(t, arena_printf(t->a, "%s/%s %s", v.publisher, v.name, v.version), path, begun, "services");
	add_service(t, &v, facts, twin);
	add_asks(t, facts, twin);
	add_provides(facts, twin);
	add_targets(facts, twin);
	twin_boards(t, &v, kept, twin);
	twin_inside(t, &v, twin);
	json_decref(facts);
	/* A mirror has one list for all versions of a service. */
	rc = add_versions(t, &v, t->from.is_mirror ? twin_address(t, publisher, name, NULL) : path, from, twin, e);
	if (rc < 0) {
		json_decref(twin);
		return rc;
	}
	*out = twin;
	return 1;
}
