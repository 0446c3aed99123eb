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

static int verify(struct store *s, struct order *o, struct bytes package, struct archive_report *r)
{
	struct order_keys keys = { .store = s, .order = o };
	const struct believer believer = order_believer(&keys);

	return order_believed(&keys, archive_verify(package, "the package", &believer, &o->arena, r, &o->why));
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

static void make_leaf(struct order *o, const struct archive_report *r)
{
	struct leaf *l = &o->leaves[0];

	*l = (struct leaf){
		.kind = LEAF_PUBLISH, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .name = leaf_text(o->name), .version = leaf_text(o->version),
		.package = order_hash(o, o->package), .size = o->size, .manifest = arena_copy(&o->arena, BYTES_OF(r->manifest_sha256)), .kid = arena_copy(&o->arena, BYTES_OF(r->signer->kid)), .state = o->state,
		.account = leaf_text(o->stage ? o->account : NULL),
	};
	o->oci_manifest = oci_manifest(l, &o->arena, &o->oci);
	o->leaf_count = 1;
}

/* Here before the log says so, and settled by then with all that come together. */
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

/* Do they say that somebody else approves it? */
static int check_known(struct store *s, struct order *o)
{
	struct db_publisher p;
	int rc = order_check_publisher(s, o, &p);

	if (rc < 0 || !p.approval || o->stage)
		return rc;
	err_set(&o->why, ERR_STORE_RIGHT, "what '%s' publishes is approved by somebody else first", o->of);
	err_fix(&o->why, "stage it: ms publish --stage; then another person says: ms publish --approve PACKAGE");
	return order_refuse(o, 403, "needs-approval");
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
