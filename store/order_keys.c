/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a store believes about what is published: the keys of the name space, as the database has them. */
#include <string.h>

#include "key.h"
#include "order.h"

/* A key of the name space that it is published for. */
static bool find_key(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	struct order_keys *w = context;
	struct arena *a = &w->order->arena;
	struct db_key k;
	int there = role == TRUST_DEVELOPER ? w->store->db->key(w->store->db, w->order->of, kid, a, &k, &w->why) : 0;

	*out = (struct believed){ 0 };
	if (there < 0)
		w->trouble = there;
	if (there != 1)
		return false;
	if (k.revoked) {
		out->revoked = arena_printf(a, "the key %s of '%s' was revoked in this store: %s", key_kid_text(kid, a), w->order->of, k.revoked);
		return false;
	}
	if (k.stopped) {
		out->revoked = arena_printf(a, "the key %s of '%s' is quarantined in this store: %s", key_kid_text(kid, a), w->order->of, k.stopped);
		return false;
	}
	key_public_from_point(&out->key, k.point);
	out->label = out->vendor = w->order->of;
	return true;
}

struct believer order_believer(struct order_keys *k)
{
	return (struct believer){ find_key, k };
}

int order_believed(struct order_keys *k, int verdict)
{
	struct order *o = k->order;

	if (k->trouble) {	/* that says nothing about the package */
		o->why = k->why;
		return k->trouble;
	}
	if (verdict >= 0)
		return MS_OK;
	if (!o->why.fix[0])
		err_fix(&o->why, "publish what 'ms package' made, signed with a key that this store knows for '%s'", o->of);
	return order_refuse(o, verdict == -MS_EINCOMPATIBLE ? 422 : 403, verdict == -MS_EINCOMPATIBLE ? "not-compatible" : "not-believed");
}

struct bytes order_hash(struct order *o, const char *digits)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t *out = arena_take(&o->arena, 32);

	for (size_t i = 0; i < 32; i++)
		out[i] = (uint8_t)((strchr(hex, digits[2 * i]) - hex) << 4 | (strchr(hex, digits[2 * i + 1]) - hex));
	return (struct bytes){ out, 32 };
}

int order_check_publisher(struct store *s, struct order *o, struct db_publisher *p)
{
	int rc = o->of ? s->db->claimed(s->db, o->of, &o->arena, p, &o->why) : 0;

	if (rc)
		return rc < 0 ? rc : MS_OK;
	err_set(&o->why, ERR_NO_FILE, "nobody has the name space '%s' in this store", o->of ? o->of : "");
	err_fix(&o->why, "claim it with the developer's key: ms publish --claim, or ms login URL --claim VENDOR");
	return order_refuse(o, 404, "no-such-publisher");
}
