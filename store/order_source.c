/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Giving the source of a version that is published: a source package by a key of the same name space, which promises exactly the package that the log has.  It
 * is looked at as a package is, and not built: whether it keeps the promise everybody can try who takes it.
 */
#include <string.h>
#include <time.h>

#include "file.h"
#include "identity.h"
#include "ledger.h"
#include "order.h"
#include "release.h"
#include "source_archive.h"

static int verify(struct store *s, struct order *o, struct bytes package, struct source_report *r)
{
	struct order_keys keys = { .store = s, .order = o };
	const struct believer believer = order_believer(&keys);

	return order_believed(&keys, source_verify(package, "the source package", &believer, &o->arena, r, &o->why));
}

/* Others see it when they see the version: who may stage that may give its source. */
static int check_right(struct order *o)
{
	if (o->dry_run || order_may(o, o->of, DB_STAGE | DB_PUBLISH))
		return MS_OK;
	err_set(&o->why, ERR_STORE_RIGHT, "this token may not publish for '%s'", o->of ? o->of : "");
	err_fix(&o->why, "use a token of that name space, of scope 'publish' or 'stage'");
	return order_refuse(o, 403, "not-allowed");
}

static int find_version(struct store *s, struct order *o, struct db_version *v)
{
	int rc = s->db->version(s->db, o->of, o->name, o->version, &o->arena, v, &o->why);

	if (rc)
		return rc < 0 ? rc : MS_OK;
	err_set(&o->why, ERR_STORE_VERSION, "there is no %s/%s %s here yet, whose source this would be", o->of, o->name, o->version);
	err_fix(&o->why, "publish the package first: ms publish");
	return order_refuse(o, 404, "no-such-version");
}

/* The same source again is the same answer, whatever became of the version; another one is refused for ever. */
static int check_free(struct order *o, const struct db_version *v)
{
	if (!*v->source)
		return MS_OK;
	if (!strcmp(v->source, o->source)) {
		o->repeated = true;
		o->index = v->source_index;
		return MS_OK;
	}
	err_set(&o->why, ERR_EXISTS, "%s/%s %s has its source already, with other bytes", o->of, o->name, o->version);
	err_fix(&o->why, "the source of a version is given once: raise 'version' in ms.yaml, publish that, and give its source");
	return order_refuse(o, 409, "source-taken");
}

static int check_state(struct order *o, const struct db_version *v)
{
	if (o->repeated || ledger_takes_source(v->state))
		return MS_OK;
	err_set(&o->why, ERR_STORE_VERSION, "%s/%s %s is %s: no source of it is taken", o->of, o->name, o->version, leaf_state_name(v->state));
	err_fix(&o->why, v->state == LEAF_REJECTED || v->state == LEAF_REMOVED ? "publish another version, and give its source" : "ask who runs the store; give it once the version is released");
	return order_refuse(o, 409, "version-stopped");
}

/* What it promises is held against the log's own entry.  Hashes are said where they differ. */
static int check_promise(struct store *s, struct order *o, const struct db_version *v, const struct source_report *r)
{
	struct leaf publish;
	int rc = store_leaf(s, v->index, &o->arena, &publish, &o->why);
	const char *what = rc < 0 ? NULL : source_contradiction(r, &publish);

	if (!what)
		return rc;
	const char *given = release_hex(r->source->sha256, 32, &o->arena);
	const char *hashes = strcmp(given, v->package) ? arena_printf(&o->arena, ": one of SHA-256 %.16s..., not %.16s...", given, v->package) : "";
	err_set(&o->why, ERR_NOT_REBUILT, "the source package gives %s than the %s/%s %s that is published%s", what, o->of, o->name, o->version, hashes);
	err_fix(&o->why, "make it of the very project that gave the package: ms package --source, with what then was built; or raise 'version' and publish both");
	return order_refuse(o, 409, "another-package");
}

static void make_leaf(struct order *o, const struct source_report *r)
{
	o->leaves[0] = (struct leaf){
		.kind = LEAF_SOURCE, .time = (uint64_t)time(NULL), .publisher = leaf_text(o->of), .name = leaf_text(o->name), .version = leaf_text(o->version),
		.package = order_hash(o, o->package), .source = order_hash(o, o->source), .size = o->size, .kid = arena_copy(&o->arena, BYTES_OF(r->signer->kid)), .account = leaf_text(o->account),
	};
	o->leaf_count = 1;
}

static int check_version(struct store *s, struct order *o, const struct source_report *r)
{
	struct db_version v;

	o->name = arena_string(&o->arena, identity_name(r->manifest));
	o->version = arena_string(&o->arena, r->manifest->version_text);
	int rc = find_version(s, o, &v);
	if (rc >= 0)
		rc = check_free(o, &v);
	if (rc >= 0)
		rc = check_state(o, &v);
	if (rc >= 0)
		rc = check_promise(s, o, &v, r);
	if (rc >= 0)
		o->package = v.package;
	return rc;
}

int order_check_source(struct store *s, struct order *o)
{
	struct source_report *r = arena_new(&o->arena, struct source_report);
	struct db_publisher p;
	struct bytes package;

	int rc = check_right(o);
	if (rc >= 0)
		rc = order_check_publisher(s, o, &p);
	if (rc >= 0)
		rc = file_read(o->file, PACKAGE_SIZE_MAX, &o->arena, &package, &o->why);
	if (rc >= 0)
		rc = verify(s, o, package, r);
	if (rc >= 0)
		rc = check_version(s, o, r);
	if (rc < 0 || o->repeated || o->dry_run)
		return rc;
	make_leaf(o, r);
	return s->blobs.take(&s->blobs, o->source, o->file, &o->why);	/* settled before the log says that it is there */
}
