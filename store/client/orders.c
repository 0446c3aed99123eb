/* SPDX-License-Identifier: Apache-2.0 */
/* ms store quarantine, hold, release, remove, and what goes with them: what administrators of a store do, over the network as anybody else. */
#include <string.h>
#include <time.h>

#include "connect.h"
#include "key.h"
#include "out.h"
#include "storecommand.h"

#define DIGEST "sha256:"
#define KEY "key:"

/* As the administrator, whose token is named or is the only one; or, with a vendor, as who acts for it. */
static int connect_as(const struct store_request *r, const char *vendor, struct arena *a, struct connection *out, struct err *e)
{
	const struct store_at at = { .url = r->url, .ca = r->ca, .token_file = r->token_file };

	return connect_store(&at, vendor, NEEDS_TOKEN, a, out, e);
}

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static int refuse_what(const char *what, struct err *e)
{
	err_set(e, ERR_OPERANDS, "'%s' does not say what of a store is meant", what);
	return err_fix(e, "VENDOR/NAME VERSION, sha256:HASH of a package, or VENDOR key:KID for all that a key has signed and will sign");
}

static void set(json_t *wish, const char *name, const char *text)
{
	if (text && *text)
		json_object_set_new(wish, name, out_string(text));
}

/* "sha256:HASH", "VENDOR key:KID" or "VENDOR/NAME VERSION". */
static int add_what(json_t *wish, const char *first, const char *second, struct arena *a, struct err *e)
{
	const char *slash = strchr(first, '/');
	uint8_t kid[COSE_KID_SIZE];

	if (starts(first, DIGEST) && !second && strspn(first + strlen(DIGEST), "0123456789abcdef") == 64 && strlen(first) == strlen(DIGEST) + 64) {
		set(wish, "package", first + strlen(DIGEST));
	} else if (second && starts(second, KEY) && !slash && key_kid_parse(second + strlen(KEY), kid) == MS_OK) {
		set(wish, "publisher", first);
		set(wish, "key", second + strlen(KEY));
	} else if (second && slash && slash > first && slash[1] && !strchr(slash + 1, '/') && !starts(second, KEY)) {
		set(wish, "publisher", arena_printf(a, "%.*s", (int)(slash - first), first));
		set(wish, "name", slash + 1);
		set(wish, "version", second);
	} else {
		return refuse_what(second && slash ? second : first, e);
	}
	return MS_OK;
}

/* A reason is a word for programs; a sentence is one for people, and then the word is "other". */
static void add_reason(json_t *wish, const struct store_request *r)
{
	bool word = r->reason && strspn(r->reason, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(r->reason);

	set(wish, "reason", word || !r->reason ? r->reason : "other");
	set(wish, "words", r->words || word ? r->words : r->reason);
}

static const char *day_of(json_int_t seconds, struct arena *a)
{
	time_t at = (time_t)seconds;
	char text[32] = "?";
	struct tm tm;

	if (gmtime_r(&at, &tm))
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M UTC", &tm);
	return arena_printf(a, "%s", text);
}

static void tell_version(const json_t *v, bool dry_run, struct arena *a)
{
	const char *name = arena_printf(a, "%s/%s", connect_text(v, "publisher", a), connect_text(v, "name", a)), *version = connect_text(v, "version", a);
	const char *before = connect_text(v, "before", a), *state = connect_text(v, "state", a);

	out_line("%s %s: %s, was %s%s", name, version, state, before, dry_run ? "; if it were done" : "");
	out_event("store_stopped", json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", out_string(name), "version", out_string(version), "before", out_string(before), "state", out_string(state),
					     "sha256", out_string(connect_text(v, "package", a))));
}

/* What came of one order.  Is there more of it? */
static bool tell(const json_t *o, uint64_t *count, struct arena *a)
{
	json_t *versions = json_object_get(o, "versions"), *one;
	bool dry_run = json_is_true(json_object_get(o, "dry_run"));
	const char *pending = connect_text(o, "pending", a), *key = connect_text(o, "key", a), *order = connect_text(o, "order", a);
	json_int_t all = json_integer_value(json_object_get(o, "count"));
	size_t i;

	json_array_foreach(versions, i, one)
		tell_version(one, dry_run || *pending, a);
	if (all > (json_int_t)json_array_size(versions))
		out_line("and %lld more", (long long)all - (long long)json_array_size(versions));
	*count += (uint64_t)all;
	if (*key && !dry_run && !*pending)
		out_say(!strcmp(order, "release") ? "what the key %s signs is taken again" : "nothing that the key %s signs is taken", key);
	if (json_is_true(json_object_get(o, "repeated")))
		out_say("that is so already");
	if (!strcmp(order, "remove") && all && !dry_run && !*pending)
		out_say("the bytes of what is removed are deleted after a day; hash, reason and the version's number stay for ever");
	if (*pending)
		out_say("another administrator has to agree, within a week: ms store confirm %s", pending);
	out_field("order", out_string(order));
	out_field("pending", *pending ? out_string(pending) : json_null());
	out_field("repeated", json_incref(json_object_get(o, "repeated")));
	return json_is_true(json_object_get(o, "more")) && !dry_run && !*pending;
}

/*
 * Once, or as often as there is more of it: an order takes a thousand versions.  What is confirmed is gone then: it is
 * said anew, and not asked again by itself where the line is cut.
 */
static int send_all(struct client *c, const char *path, const json_t *wish, uint64_t *count, struct arena *a, struct err *e)
{
	bool again = true;
	int rc = MS_OK;

	while (rc >= 0 && again) {
		json_t *o = NULL;

		rc = connect_post(c, path, json_deep_copy(wish), json_object_size(wish) > 0, a, &o, e);
		again = rc >= 0 && tell(o, count, a);
		if (again && !json_object_size(wish)) {
			out_say("there is more of it: say it once more");
			again = false;
		}
		json_decref(o);
	}
	return rc;
}

static int send(const struct store_request *r, const char *path, json_t *wish, struct arena *a, struct err *e)
{
	struct connection c = { 0 };
	uint64_t count = 0;

	int rc = connect_as(r, NULL, a, &c, e);
	if (rc >= 0)
		rc = send_all(c.client, path, wish, &count, a, e);
	json_decref(wish);
	client_close(c.client);
	if (rc < 0)
		return rc;
	out_field("versions", json_integer((json_int_t)count));
	out_field("dry_run", json_boolean(r->dry_run));
	return MS_OK;
}

static int order(const struct store_request *r, const char *name, bool needs_reason, struct arena *a, struct err *e)
{
	json_t *wish = json_pack("{s:s}", "order", name);

	int rc = add_what(wish, r->operands[0], r->operands[1], a, e);
	if (rc >= 0 && needs_reason && !(r->reason && *r->reason)) {
		err_set(e, ERR_OPERANDS, "it is not said why");
		rc = err_fix(e, "--reason malware, or another word; people who use the version see it");
	}
	if (rc < 0) {
		json_decref(wish);
		return rc;
	}
	add_reason(wish, r);
	if (r->dry_run)
		json_object_set_new(wish, "dry_run", json_true());
	return send(r, "v1/admin/orders", wish, a, e);
}

int command_quarantine(const struct store_request *r, struct arena *a, struct err *e)
{
	return order(r, "quarantine", true, a, e);
}

int command_hold(const struct store_request *r, struct arena *a, struct err *e)
{
	return order(r, "hold", true, a, e);
}

int command_release(const struct store_request *r, struct arena *a, struct err *e)
{
	return order(r, "release", false, a, e);
}

int command_remove(const struct store_request *r, struct arena *a, struct err *e)
{
	return order(r, "remove", true, a, e);
}

int command_confirm(const struct store_request *r, struct arena *a, struct err *e)
{
	return send(r, arena_printf(a, "v1/admin/orders/%s", client_escape(r->operands[0], a)), json_object(), a, e);
}

int command_drop(const struct store_request *r, struct arena *a, struct err *e)
{
	struct client_request q = { .method = "DELETE", .path = arena_printf(a, "v1/admin/orders/%s", client_escape(r->operands[0], a)) };
	struct client_answer answer;
	struct connection c = { 0 };

	int rc = connect_as(r, NULL, a, &c, e);
	if (rc >= 0)
		rc = client_ask(c.client, &q, a, &answer, e);
	client_close(c.client);
	if (rc < 0)
		return rc;
	out_line("%s: taken back", r->operands[0]);
	out_field("pending", out_string(r->operands[0]));
	return MS_OK;
}

/* What it is about, as one would type it. */
static const char *shown(const json_t *wish, struct arena *a)
{
	const char *publisher = connect_text(wish, "publisher", a), *package = connect_text(wish, "package", a), *key = connect_text(wish, "key", a);

	if (*package)
		return arena_printf(a, DIGEST "%s", package);
	if (*key)
		return arena_printf(a, "%s " KEY "%s", publisher, key);
	return arena_printf(a, "%s/%s %s", publisher, connect_text(wish, "name", a), connect_text(wish, "version", a));
}

static void tell_waiting(const json_t *p, struct arena *a)
{
	const json_t *wish = json_object_get(p, "wish");
	const char *id = connect_text(p, "id", a), *name = connect_text(wish, "order", a), *reason = connect_text(wish, "reason", a), *words = connect_text(wish, "words", a);

	out_line("%s: %s %s%s%s%s%s; wanted by %s, until %s", id, name, shown(wish, a), *reason ? ", " : "", reason, *words ? ": " : "", words, connect_text(p, "account", a),
		 day_of(json_integer_value(json_object_get(p, "ends")), a));
	out_event("store_order", json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", out_string(id), "order", out_string(name), "what", out_string(shown(wish, a)), "account", out_string(connect_text(p, "account", a)),
					   "ends", json_incref(json_object_get(p, "ends"))));
}

int command_status(const struct store_request *r, struct arena *a, struct err *e)
{
	struct connection c = { 0 };
	json_t *o = NULL, *one;
	size_t i;

	int rc = connect_as(r, NULL, a, &c, e);
	if (rc >= 0)
		rc = connect_json(c.client, &(struct client_request){ .path = "v1/admin/orders" }, a, &o, NULL, e);
	client_close(c.client);
	if (rc < 0)
		return rc;
	json_t *orders = json_object_get(o, "orders");
	json_int_t needed = json_integer_value(json_object_get(o, "administrators"));
	json_array_foreach(orders, i, one)
		tell_waiting(one, a);
	out_say("%s quarantines; %zu order%s wait%s", needed == 2 ? "it takes two administrators who" : "one administrator", json_array_size(orders), json_array_size(orders) == 1 ? "" : "s",
		json_array_size(orders) == 1 ? "s" : "");
	out_field("administrators", json_integer(needed));
	out_field("orders", json_integer((json_int_t)json_array_size(orders)));
	json_decref(o);
	return MS_OK;
}

/* VENDOR on|off: the owner of a name space says whether somebody else approves what is staged. */
int command_approval(const struct store_request *r, struct arena *a, struct err *e)
{
	bool on = !strcmp(r->operands[1], "on");
	struct connection c = { 0 };
	json_t *o = NULL;

	if (!on && strcmp(r->operands[1], "off")) {
		err_set(e, ERR_OPERANDS, "'%s' is neither on nor off", r->operands[1]);
		return err_fix(e, "ms store approval %s on", r->operands[0]);
	}
	int rc = connect_as(r, r->operands[0], a, &c, e);
	if (rc >= 0 && !r->dry_run)
		rc = connect_post(c.client, arena_printf(a, "v1/approval/%s", client_escape(r->operands[0], a)), json_pack("{s:b}", "on", on), true, a, &o, e);
	client_close(c.client);
	json_decref(o);
	if (rc < 0)
		return rc;
	out_line("%s: %s%s", r->operands[0], on ? "what is staged is approved by another person than who staged it" : "who stages may approve it, too", r->dry_run ? "; if it were done" : "");
	out_field("publisher", out_string(r->operands[0]));
	out_field("approval", json_boolean(on));
	out_field("dry_run", json_boolean(r->dry_run));
	return MS_OK;
}
