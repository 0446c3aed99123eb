/* SPDX-License-Identifier: Apache-2.0 */
/* What administrators stop and let go on, and who approves what a name space publishes. */
#include <string.h>
#include <time.h>

#include "out.h"
#include "storeweb.h"

enum { REASON_MAX = 40, WORDS_MAX = 500 };

/* What counts of a wish, in one form: who says the same has said the same. */
static json_t *wish_of(const json_t *body)
{
	static const char *const names[] = { "order", "publisher", "name", "version", "package", "key", "reason", "words" };
	json_t *wish = json_object();

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *text = json_string_value(json_object_get(body, names[i]));

		if (text && *text)
			json_object_set_new(wish, names[i], json_string(text));
	}
	return wish;
}

static size_t size_of(const json_t *wish, const char *name)
{
	return json_string_length(json_object_get(wish, name));
}

enum MHD_Result post_orders(struct call *c)
{
	struct order *o;
	json_t *body;

	if (asked_of(c)->order)
		return storeweb_result(c);
	body = call_object(c);
	o = storeweb_order(c, ORDER_STOP);
	o->wish = wish_of(body);
	o->dry_run = json_is_true(json_object_get(body, "dry_run"));
	json_decref(body);
	if (size_of(o->wish, "reason") <= REASON_MAX && size_of(o->wish, "words") <= WORDS_MAX)
		return storeweb_hand_over(c, o);
	order_end(o);
	return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "'reason' is a word of at most 40 letters, 'words' have at most 500 bytes");
}

/* By its id. */
static enum MHD_Result about(struct call *c, enum order_kind kind)
{
	struct order *o;

	if (asked_of(c)->order)
		return storeweb_result(c);
	o = storeweb_order(c, kind);
	o->pending = arena_printf(&o->arena, "%s", c->parts.at[0]);
	return storeweb_hand_over(c, o);
}

enum MHD_Result post_order(struct call *c)
{
	return about(c, ORDER_STOP);
}

enum MHD_Result delete_order(struct call *c)
{
	return about(c, ORDER_DROP);
}

enum MHD_Result get_orders(struct call *c)
{
	struct storeweb *s = store_of(c);
	struct list waiting = { 0 };
	json_t *all;
	struct err e;

	if (!(asked_of(c)->token.scopes & DB_ADMIN))
		return call_problem(c, MHD_HTTP_FORBIDDEN, "not-allowed", "this token is no administrator's");
	if (s->db->pendings(s->db, &c->arena, &waiting, &e) < 0)
		return storeweb_trouble(c, &e);
	all = json_array();
	for (size_t i = 0; i < waiting.count; i++) {
		const struct db_pending *p = waiting.at[i];

		if ((uint64_t)time(NULL) < p->ends)
			json_array_append_new(all, json_pack("{s:s, s:o, s:I, s:I, s:o}", "id", p->id, "account", out_string(p->account), "made", (json_int_t)p->made,
							     "ends", (json_int_t)p->ends, "wish", json_loads(p->wish, 0, NULL)));
	}
	return call_json(c, MHD_HTTP_OK, json_pack("{s:i, s:o}", "administrators", s->store->two_admins ? 2 : 1, "orders", all));
}

enum MHD_Result post_approval(struct call *c)
{
	struct order *o;
	json_t *body, *on;

	if (asked_of(c)->order)
		return storeweb_result(c);
	body = call_object(c);
	on = json_object_get(body, "on");
	bool understood = json_is_boolean(on), is_on = json_is_true(on);
	json_decref(body);
	if (!understood)
		return call_problem(c, MHD_HTTP_BAD_REQUEST, "not-understood", "the body is to be {\"on\": true}, or false");
	o = storeweb_order(c, ORDER_APPROVAL);
	o->of = arena_printf(&o->arena, "%s", c->parts.at[0]);
	o->on = is_on;
	return storeweb_hand_over(c, o);
}
