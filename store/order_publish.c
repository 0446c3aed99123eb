/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing: the package is believed by the keys of its name space alone, and a version is given once. */
#include <string.h>
#include <time.h>

#include "archive.h"
#include "file.h"
#include "identity.h"
#include "oci.h"
#include "order.h"
#include "release.h"

struct whose { struct store *store; struct order *order; int trouble; struct err why; };	/* of what could not be looked up */

/* A key of the name space that it is published for. */
static bool find_key(void *context, const uint8_t kid[COSE_KID_SIZE], enum trust_role role, struct believed *out)
{
	struct whose *w = context;
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

static int verify(struct store *s, struct order *o, struct bytes package, struct archive_report *r)
{
	struct whose w = { .store = s, .order = o };
	const struct believer believer = { find_key, &w };

	int rc = archive_verify(package, "the package", &believer, &o->arena, r, &o->why);
	if (w.trouble) {	/* that says nothing about the package */
		o->why = w.why;
		return w.trouble;
	}
	if (rc >= 0)
		return MS_OK;
	if (!o->why.fix[0])
		err_fix(&o->why, "publish what 'ms package' made, signed with a key that this store knows for '%s'", o->of);
	return order_refuse(o, rc == -MS_EINCOMPATIBLE ? 422 : 403, rc == -MS_EINCOMPATIBLE ? "not-compatible" : "not-believed");
}

/* What the version is, from the package that is believed by now. */
static int take_facts(struct order *o, struct bytes package, const struct archive_report *r)
{
	o->name = arena_string(&o->arena, identity_name(r->manifest));
	o->version = arena_string(&o->arena, r->manifest->version_text);
	return store_facts(package, &o->arena, &o->facts, &o->why);
}

/* The same bytes again are the same answer; others are refused for ever. */
static int check_free(struct store *s, struct order *o)
{
	struct db_version there;

	int rc = s->db->version(s->db, o->of, o->name, o->version, &o->arena, &there, &o->why);
	if (rc <= 0)
		return rc;
	if (!strcmp(there.package, o->package)) {
		o->repeated = true;
		o->state = there.state;
		o->index = there.index;
		o->oci = there.oci;
		return MS_OK;
	}
	err_set(&o->why, ERR_EXISTS, "%s/%s %s is there already, with other bytes", o->of, o->name, o->version);
	err_fix(&o->why, "a version is given once: raise 'version' in ms.yaml, build and package again");
	return order_refuse(o, 409, "version-taken");
}

static void take_hex(const char *digits, uint8_t out[32])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < 32; i++)
		out[i] = (uint8_t)((strchr(hex, digits[2 * i]) - hex) << 4 | (strchr(hex, digits[2 * i + 1]) - hex));
}

static void make_leaf(struct order *o, const struct archive_report *r)
{
	uint8_t *package = arena_take(&o->arena, 32);
	struct leaf *l = &o->leaves[0];

	take_hex(o->package, package);
	*l = (struct leaf){
		.kind = LEAF_PUBLISH, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .name = leaf_text(o->name), .version = leaf_text(o->version),
		.package = { package, 32 }, .size = o->size, .manifest = arena_copy(&o->arena, BYTES_OF(r->manifest_sha256)), .kid = arena_copy(&o->arena, BYTES_OF(r->signer->kid)), .state = o->state,
		.account = leaf_text(o->stage ? o->account : NULL),
	};
	o->oci_manifest = oci_manifest(l, &o->arena, &o->oci);
	o->leaf_count = 1;
}

/* Durable before the log says that it is there. */
static int keep(struct store *s, struct order *o)
{
	int rc = s->blobs.take(&s->blobs, o->package, o->file, &o->why);

	return rc < 0 ? rc : s->blobs.add(&s->blobs, o->oci, o->oci_manifest, &o->why);
}

static int check_right(struct order *o)
{
	if (o->dry_run || order_may(o, o->of, o->stage ? DB_STAGE | DB_PUBLISH : DB_PUBLISH))
		return MS_OK;
	err_set(&o->why, ERR_STORE_RIGHT, "this token may not publish for '%s'%s", o->of ? o->of : "", o->scopes & DB_STAGE ? ": it may stage" : "");
	err_fix(&o->why, o->scopes & DB_STAGE ? "stage it, and let somebody approve it: --stage" : "use a token of that name space");
	return order_refuse(o, 403, "not-allowed");
}

/* Is it somebody's; and do they say that somebody else approves it? */
static int check_known(struct store *s, struct order *o)
{
	struct db_publisher p;
	int rc = o->of ? s->db->claimed(s->db, o->of, &o->arena, &p, &o->why) : 0;

	if (rc > 0 && p.approval && !o->stage) {
		err_set(&o->why, ERR_STORE_RIGHT, "what '%s' publishes is approved by somebody else first", o->of);
		err_fix(&o->why, "stage it: ms publish --stage; then another person says: ms publish --approve PACKAGE");
		return order_refuse(o, 403, "needs-approval");
	}
	if (rc)
		return rc < 0 ? rc : MS_OK;
	err_set(&o->why, ERR_NO_FILE, "nobody has the name space '%s' in this store", o->of ? o->of : "");
	err_fix(&o->why, "claim it with the developer's key: ms publish --claim, or ms login URL --claim VENDOR");
	return order_refuse(o, 404, "no-such-publisher");
}

int order_check_publish(struct store *s, struct order *o)
{
	struct archive_report *r = arena_new(&o->arena, struct archive_report);
	struct bytes package;

	int rc = check_right(o);
	if (rc >= 0)
		rc = check_known(s, o);
	if (rc >= 0)
		rc = file_read(o->file, PACKAGE_SIZE_MAX, &o->arena, &package, &o->why);
	if (rc >= 0)
		rc = verify(s, o, package, r);
	if (rc >= 0)
		rc = take_facts(o, package, r);
	if (rc < 0)
		return rc;
	o->state = o->stage ? LEAF_STAGED : LEAF_LIVE;
	rc = check_free(s, o);
	if (rc < 0 || o->repeated)
		return rc;
	make_leaf(o, r);
	if (o->dry_run)
		o->leaf_count = 0;
	return o->dry_run ? MS_OK : keep(s, o);
}
