/* SPDX-License-Identifier: Apache-2.0 */
/* How the store is, for those who watch over it, and who it is. */
#include <inttypes.h>
#include <string.h>
#include <sys/statvfs.h>

#include "archive.h"
#include "head.h"
#include "process.h"
#include "storeweb.h"

enum MHD_Result get_livez(struct call *c)
{
	return call_text(c, "alive\n");
}

/* For one more package, however large it may be; what cannot be looked up is no reason. */
static bool has_room(const struct storeweb *s)
{
	struct statvfs disk;

	return statvfs(s->store->folder, &disk) || (uint64_t)disk.f_bavail * disk.f_frsize > PACKAGE_SIZE_MAX;
}

enum MHD_Result get_readyz(struct call *c)
{
	struct storeweb *s = store_of(c);
	uint64_t entries;
	struct err e;

	if (!scribe_is_well(s->scribe) || s->db->position(s->db, &entries, &e) < 0)
		return call_problem(c, MHD_HTTP_SERVICE_UNAVAILABLE, "trouble", "the last that was to be written was not");
	if (!has_room(s))
		return call_problem(c, MHD_HTTP_SERVICE_UNAVAILABLE, "no-room", "its disk has no room for a package of the largest size");
	return call_text(c, "ready\n");
}

static void add(struct text *t, struct arena *a, const char *name, const char *type, const char *what, uint64_t value)
{
	text_add(t, a, "# HELP store_%s %s\n# TYPE store_%s %s\nstore_%s %" PRIu64 "\n", name, what, name, type, name, value);
}

enum MHD_Result get_metrics(struct call *c)
{
	struct storeweb *s = store_of(c);
	uint64_t groups, orders;
	struct db_counts n = { 0 };
	struct text t = { 0 };
	struct err e;

	/* A web page on this computer can reach it under a name of its own, which it points here. */
	if (!storeweb_is_from_here(c) || !head_host_is_here(call_header(c, MHD_HTTP_HEADER_HOST)))
		return call_problem(c, MHD_HTTP_NOT_FOUND, "no-such-path", "there is nothing of that name");
	if (s->db->counts(s->db, &n, &e) < 0)
		return storeweb_trouble(c, &e);
	scribe_counts(s->scribe, &groups, &orders);
	add(&t, &c->arena, "publishers", "gauge", "Name spaces.", n.publishers);
	add(&t, &c->arena, "services", "gauge", "Services.", n.services);
	add(&t, &c->arena, "versions", "gauge", "Versions, in whatever state.", n.versions);
	add(&t, &c->arena, "tokens", "gauge", "Tokens that are known.", n.tokens);
	add(&t, &c->arena, "log_entries", "gauge", "Entries of the log.", log_size(s->store->log));
	add(&t, &c->arena, "orders_total", "counter", "Changes that were asked for since the start, refused ones too.", orders);
	add(&t, &c->arena, "groups_total", "counter", "Times that changes were written together.", groups);
	add(&t, &c->arena, "requests_total", "counter", "Requests since the start.", c->web->requests);
	add(&t, &c->arena, "refused_total", "counter", "Requests that were answered by a problem.", c->web->refused);
	add(&t, &c->arena, "up_seconds", "gauge", "Since the start.", (process_now_nsec() - s->begun_nsec) / 1000000000);
	return call_text(c, t.at);
}

/* Who shows a token hears whose it is: people have several. */
enum MHD_Result get_store(struct call *c)
{
	struct storeweb *s = store_of(c);
	json_t *o = json_pack("{s:s, s:s, s:s, s:I, s:s}", "protocol", "store/1", "name", s->store->name, "key", log_key(s->store->log, &c->arena),
			      "entries", (json_int_t)log_size(s->store->log), "claims", s->closed ? "closed" : s->proven_only ? "proven" : "open");

	if (c->user)
		json_object_set_new(o, "publisher", json_string(c->user));
	return call_json(c, MHD_HTTP_OK, o);
}
